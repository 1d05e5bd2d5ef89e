//! Splits the module of the page into what is needed at the first look and parts that are loaded apart.
//!
//! The split has to happen between the linker and wasm-bindgen, and trunk knows no step there. So trunk finds this very program
//! under the name of wasm-bindgen ([`stand_in`]). Called by that name, it splits the client's module, makes the parts as small as
//! trunk makes the rest, gives them names with a hash of their content, and only then lets wasm-bindgen work ([`run`]). Where
//! the parts begin is said in `client/src/later.rs`; `client/build.rs` has the linker keep what the split needs.

use super::hash;
use crate::{process::Stop, tools::cargo, workspace::Workspace};
use anyhow::{Context, Result};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What trunk looks for on `PATH`.
const NAME: &str = "wasm-bindgen";

/// The module that is split, by the name that trunk gives to wasm-bindgen.
const MODULE: &str = "client";

/// Tells `client/build.rs` and the stand-in that the page is split; `draft` saves the time to make the parts small.
const SPLIT: &str = "GNC_PAGE_SPLIT";

/// Tells the stand-in where the real one is.
const REAL: &str = "GNC_WASM_BINDGEN";

/// Lies where wasm-bindgen puts its output; only what is in it now belongs to the page.
const FOLDER: &str = "parts";

/// Stands between the names of parts that share a module.
pub(super) const SHARED: &str = "_";

/// The script that loads the parts, as the splitter calls it.
const LOADER: &str = "__wasm_split.js";

/// What trunk needs in its environment, besides a `PATH` with its tools, to build a page of parts.
pub(super) fn stand_in(
    workspace: &Workspace,
    stop: &Stop,
    draft: bool,
    path: &OsStr,
) -> Result<[(&'static str, OsString); 3]> {
    let folder = workspace.notes().join("page-tools");
    let link = folder.join(NAME);
    fs::create_dir_all(&folder)?;
    match fs::remove_file(&link) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    std::os::unix::fs::symlink(env::current_exe()?, &link)?;
    let real = cargo::install(workspace, stop, &cargo::wasm_bindgen(workspace)?)?.join(NAME);
    let profile = if draft { "draft" } else { "release" };
    let path = env::join_paths(std::iter::once(folder).chain(env::split_paths(path)))?;
    Ok([("PATH", path), (SPLIT, profile.into()), (REAL, real.into())])
}

/// Whether this program was started under the name of wasm-bindgen.
pub(crate) fn is_stand_in() -> bool {
    let name = env::args_os().next();
    name.is_some_and(|name| Path::new(&name).file_name() == Some(OsStr::new(NAME)))
}

/// Does what wasm-bindgen is asked for, and splits the client's module before.
pub(crate) fn run(stop: &Stop) -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let real = env::var_os(REAL).with_context(|| format!("{REAL} is not set"))?;
    let value = |option: &str| {
        arguments
            .iter()
            .find_map(|argument| argument.strip_prefix(option))
    };
    let input = arguments
        .iter()
        .position(|argument| !argument.starts_with('-'));
    let (Some(MODULE), Some(folder), Some(input)) =
        (value("--out-name="), value("--out-dir="), input)
    else {
        return stop.run(Command::new(real).args(arguments));
    };
    let folder = Path::new(folder);
    let parts = folder.join(FOLDER);
    if parts.exists() {
        fs::remove_dir_all(&parts)?;
    }
    let work = tempfile::tempdir_in(folder)?;
    split(stop, Path::new(&arguments[input]), work.path())?;
    let mut loader = fs::read_to_string(work.path().join(LOADER))?;
    fs::create_dir_all(&parts)?;
    for part in modules(work.path())? {
        if env::var_os(SPLIT).is_some_and(|profile| profile == "release") {
            optimise(stop, &part)?;
        }
        let content = fs::read(&part)?;
        let before = part.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let after = hashed(before, &loader, &content)
            .with_context(|| format!("the loader does not know {before}"))?;
        loader = loader.replace(before, &after);
        fs::write(parts.join(after), content)?;
    }
    let main = work.path().join(format!("{MODULE}.wasm"));
    let mut with_main = arguments.clone();
    with_main[input] = main.to_string_lossy().into_owned();
    // The parts use what the linker exports of the main module.
    stop.run(Command::new(real).arg("--keep-lld-exports").args(with_main))?;
    fs::write(folder.join(LOADER), loader)?;
    bundle(stop, folder)
}

fn split(stop: &Stop, module: &Path, to: &Path) -> Result<()> {
    stop.run(
        Command::new("wasm-split-cli")
            .args([module, to])
            .args(["--out-name", MODULE]),
    )
}

/// The parts in this folder, in the order of their names.
fn modules(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut modules = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_main = path.file_stem() == Some(OsStr::new(MODULE));
        if path.extension() == Some(OsStr::new("wasm")) && !is_main {
            modules.push(path);
        }
    }
    modules.sort();
    Ok(modules)
}

/// `split_review.wasm` becomes `client-review-0123456789abcdef.wasm`. What several parts share, `chunk_3.wasm`, is called by all of
/// them (`client-receipt_review-…`), as the loader names them in the comment above it. `None` if the loader does not load it.
fn hashed(name: &str, loader: &str, content: &[u8]) -> Option<String> {
    let (before, _) = loader.split_once(&format!("\"./{name}\""))?;
    let parts = if let Some(part) = name.strip_prefix("split_") {
        part.strip_suffix(".wasm")?.to_owned()
    } else {
        let (_, comment) = before.rsplit_once("/*")?;
        let (parts, _) = comment.split_once("*/")?;
        parts.trim().replace(", ", SHARED)
    };
    Some(format!("{MODULE}-{parts}-{}.wasm", hash(content)))
}

/// Makes a part small with the options that trunk takes for the rest of the page.
fn optimise(stop: &Stop, part: &Path) -> Result<()> {
    let page = fs::read_to_string("index.html").context("cannot read index.html")?;
    let (level, options) = optimiser_options(&page).context(
        "index.html does not say how the client is optimised (data-wasm-opt, data-wasm-opt-params)",
    )?;
    // It does not know all of the names that the splitter leaves, and says so.
    stop.run_quietly(
        Command::new("wasm-opt")
            .arg(format!("-O{level}"))
            .args(options)
            .arg("-o")
            .args([part, part]),
    )
}

/// Level and further options in the page's `<link data-bin="client" …>`.
fn optimiser_options(page: &str) -> Option<(&str, Vec<&str>)> {
    let link = page
        .split("<link")
        .find(|link| link.contains(&format!("data-bin=\"{MODULE}\"")))?;
    let attribute = |name: &str| {
        let (_, rest) = link.split_once(&format!("{name}=\""))?;
        Some(rest.split_once('"')?.0)
    };
    let options = attribute("data-wasm-opt-params")?.split_whitespace();
    Some((attribute("data-wasm-opt")?, options.collect()))
}

/// Makes one script of that of wasm-bindgen and the loader, which it imports: a second one would be another wait for whoever
/// opens the page.
fn bundle(stop: &Stop, folder: &Path) -> Result<()> {
    let script = folder.join(format!("{MODULE}.js"));
    stop.run(
        Command::new("esbuild")
            .args(["--bundle", "--format=esm", "--log-level=warning"])
            // wasm-bindgen names the loader once for each part.
            .arg("--log-override:duplicate-object-key=silent")
            .arg("--allow-overwrite")
            .arg(format!("--outfile={}", script.display()))
            .arg(&script),
    )
}

/// Puts the parts of the page that was just built beside its other files.
pub(super) fn add(workspace: &Workspace, draft: bool, dist: &Path) -> Result<()> {
    let profile = if draft { "debug" } else { "release" };
    let folder = workspace.cargo_target.join(NAME).join(profile).join(FOLDER);
    for part in fs::read_dir(&folder).context("the page has no parts")? {
        let part = part?;
        fs::copy(part.path(), dist.join(part.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_made_small_as_the_page_is() {
        let (level, options) = optimiser_options(include_str!("../../../index.html")).unwrap();
        assert_eq!(level, "z");
        assert!(options.contains(&"--low-memory-unused"), "{options:?}");
    }

    #[test]
    fn another_content_has_another_name() {
        let loader = r#"/* receipt, review */
const __chunk_2 = makeLoad(() => fetch("./chunk_2.wasm"), []);
export const a = makeLoad(() => fetch("./split_review.wasm"), [__chunk_2]);"#;
        let name = hashed("split_review.wasm", loader, b"a");
        assert_eq!(name.as_deref(), Some("client-review-ca978112ca1bbdca.wasm"));
        assert_ne!(name, hashed("split_review.wasm", loader, b"b"));
        let shared = hashed("chunk_2.wasm", loader, b"a");
        assert_eq!(
            shared.as_deref(),
            Some("client-receipt_review-ca978112ca1bbdca.wasm")
        );
        assert_eq!(hashed("split_other.wasm", loader, b"a"), None);
    }
}
