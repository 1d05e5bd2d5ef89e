//! The service worker: the page's own script, with the files of this build written into it.

use super::has_hash;
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use std::io;
use std::path::Path;

/// What `static/service-worker.js` has where the build belongs.
const PLACE: &str = "const BUILD = null;";

/// Where the script lies in the build, and where it is served.
pub(super) const SCRIPT: &str = "service-worker.js";

/// What the script is told.
#[derive(Serialize)]
struct Build {
    /// Another build, and another script, has another one.
    version: String,
    /// Hex SHA-256 of the page.
    page: String,
    /// Paths of all files that the page may load, sorted.
    files: Vec<String>,
}

/// The script for the build in this folder, whose page is `html`; `None` for a build without one.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn service_worker(static_dir: &Path, html: &str) -> io::Result<Option<String>> {
    let script = match std::fs::read_to_string(static_dir.join(SCRIPT)) {
        Ok(script) => script,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    collect(static_dir, "", &mut files)?;
    files.sort();
    let page = hex(&Sha256::digest(html));
    let mut version = Sha256::new();
    version.update(format!("{page} {} {script}", files.join(" ")));
    for unhashed in files.iter().filter(|path| !has_hash(path)) {
        version.update(std::fs::read(static_dir.join(&unhashed[1..]))?);
    }
    let version = hex(&version.finalize()[..8]);
    let build = Build {
        version,
        page,
        files,
    };
    let filled = format!("const BUILD = {};", serde_json::to_string(&build)?);
    Ok(Some(script.replacen(PLACE, &filled, 1)))
}

/// Everything the page may load: files whose names carry a hash, and scripts and modules without one. Copies for
/// other encodings are no files of their own.
fn collect(folder: &Path, path: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let path = format!("{path}/{name}");
        let extension = Path::new(name).extension().and_then(|text| text.to_str());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if matches!(extension, Some("js" | "wasm" | "css" | "svg" | "woff2"))
            && (has_hash(&path) || matches!(extension, Some("js" | "wasm")))
            && name != SCRIPT
        {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_names_every_file_of_the_build_and_changes_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &str| {
            std::fs::write(folder.path().join(name), content).expect("written");
        };
        let made = || service_worker(folder.path(), "<p>").expect("readable");
        assert_eq!(made(), None);
        write(SCRIPT, "const BUILD = null;\nstart(BUILD);");
        write("index.html", "<p>");
        write("app-0123456789abcdef.js", "");
        write("app-0123456789abcdef.js.br", "");
        write("worker.wasm", "");
        write("robots.txt", "");
        let first = made().expect("a script");
        assert!(first.ends_with(
            r#""files":["/app-0123456789abcdef.js","/worker.wasm"]};
start(BUILD);"#
        ));
        assert_eq!(made().as_ref(), Some(&first));
        write("worker.wasm", "another");
        let second = made();
        assert_ne!(second, Some(first));
        write("app-0123456789abcde0.js", "");
        assert_ne!(made(), second);
    }

    #[test]
    fn our_own_script_has_the_place_for_the_build() {
        let script = include_str!("../../../../static/service-worker.js");
        assert_eq!(script.matches(PLACE).count(), 1);
    }
}
