//! The service worker of the page, completed with the list of this build's files.

use super::file_name::has_hash;
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use std::io;
use std::path::Path;

/// The line of `static/service-worker.js` that the server replaces.
const PLACEHOLDER: &str = "const BUILD = null;";

/// Path in the build and on the server.
pub const SCRIPT: &str = "service-worker.js";

/// The constant that the script receives.
#[derive(Serialize)]
struct Build {
    /// Changes with the build and with the script.
    version: String,
    /// Hex SHA-256 of the page.
    page: String,
    /// Paths of all files that the page may load, sorted.
    files: Vec<String>,
}

/// Returns the script for the build in this folder, or `None` for a build without one.
pub(super) fn fill_in(static_dir: &Path, html: &str) -> io::Result<Option<String>> {
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
    Ok(Some(script.replacen(PLACEHOLDER, &filled, 1)))
}

/// Collects the files that the page may load: files with a hash in their name, and scripts and
/// modules without one. Compressed copies are not listed.
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
    fn service_worker_lists_all_files_and_changes_with_the_build() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &str| {
            std::fs::write(folder.path().join(name), content).expect("written");
        };
        let script = || fill_in(folder.path(), "<p>").expect("readable");
        assert_eq!(script(), None);
        write(SCRIPT, "const BUILD = null;\nstart(BUILD);");
        write("index.html", "<p>");
        write("app-0123456789abcdef.js", "");
        write("app-0123456789abcdef.js.br", "");
        write("worker.wasm", "");
        write("robots.txt", "");
        let first = script().expect("a script");
        assert!(first.ends_with(
            r#""files":["/app-0123456789abcdef.js","/worker.wasm"]};
start(BUILD);"#
        ));
        assert_eq!(script().as_ref(), Some(&first));
        write("worker.wasm", "another");
        let second = script();
        assert_ne!(second, Some(first));
        write("app-0123456789abcde0.js", "");
        assert_ne!(script(), second);
    }

    #[test]
    fn script_contains_the_placeholder_once() {
        let script = include_str!("../../../static/service-worker.js");
        assert_eq!(script.matches(PLACEHOLDER).count(), 1);
    }
}
