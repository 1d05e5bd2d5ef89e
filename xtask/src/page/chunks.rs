//! Splits the page's WebAssembly module into the first load and chunks that are loaded lazily.
//!
//! The split has to happen between the linker and wasm-bindgen, where trunk has no hook. So trunk
//! finds this program under the name `wasm-bindgen` ([`stand_in`]). Started by that name, it
//! splits the client's module, optimises the chunks, names them by the hash of their content, and
//! then runs the real wasm-bindgen ([`run`]). The chunks are declared in
//! `client/src/pages/chunks/`; `client/build.rs` makes the linker keep what the split needs.

use crate::{
    process::Stop,
    tools::cargo,
    workspace::{Workspace, content_hash},
};
use anyhow::{Context, Result};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The program that trunk looks for on `PATH`.
const NAME: &str = "wasm-bindgen";

/// The module to split, by the name that trunk passes to wasm-bindgen.
const MODULE: &str = "client";

/// Tells `client/build.rs` and the stand-in that the page is split; with `draft` the chunks are not
/// optimised.
const SPLIT: &str = "GNC_PAGE_SPLIT";

/// Tells the stand-in the path of the real wasm-bindgen.
const REAL: &str = "GNC_WASM_BINDGEN";

/// The folder of the chunks, beside the output of wasm-bindgen.
const FOLDER: &str = "chunks";

/// Separates the names of the chunks that share a module.
pub(super) const SHARED: &str = ".";

/// The script that loads the chunks, as named by wasm-split-cli.
const LOADER: &str = "__wasm_split.js";

/// Returns the environment variables with which trunk builds a split page; `path` has its tools.
pub(super) fn stand_in(
    workspace: &Workspace,
    stop: &Stop,
    draft: bool,
    path: &OsStr,
) -> Result<[(&'static str, OsString); 3]> {
    let folder = workspace.output_folder().join("page-tools");
    let link = folder.join(NAME);
    fs::create_dir_all(&folder)?;
    match fs::remove_file(&link) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    std::os::unix::fs::symlink(&workspace.xtask, &link)?;
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

/// Splits the client's module and runs the real wasm-bindgen.
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
    let chunks = folder.join(FOLDER);
    if chunks.exists() {
        fs::remove_dir_all(&chunks)?;
    }
    let work = tempfile::tempdir_in(folder)?;
    split(stop, Path::new(&arguments[input]), work.path())?;
    let mut loader = fs::read_to_string(work.path().join(LOADER))?;
    fs::create_dir_all(&chunks)?;
    for chunk in modules(work.path())? {
        if env::var_os(SPLIT).is_some_and(|profile| profile == "release") {
            optimise(stop, &chunk)?;
        }
        let content = fs::read(&chunk)?;
        let before = chunk
            .file_name()
            .and_then(OsStr::to_str)
            .unwrap_or_default();
        let after = hashed(before, &loader, &content)
            .with_context(|| format!("the loader does not know {before}"))?;
        loader = loader.replace(before, &after);
        fs::write(chunks.join(after), content)?;
    }
    let main = work.path().join(format!("{MODULE}.wasm"));
    let mut with_main = arguments.clone();
    with_main[input] = main.to_string_lossy().into_owned();
    // The chunks use symbols that the linker exports from the main module.
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

/// Returns the chunks in this folder, sorted by name.
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

/// Returns the name with a hash: `split_review.wasm` becomes `client-review-0123456789abcdef.wasm`.
/// `chunk_3.wasm`, which several chunks share, gets the names of all of them
/// (`client-receipt.review-…`), from the comment above it in the loader. `None` if the loader does
/// not load it.
fn hashed(name: &str, loader: &str, content: &[u8]) -> Option<String> {
    let (before, _) = loader.split_once(&format!("\"./{name}\""))?;
    let chunks = if let Some(chunk) = name.strip_prefix("split_") {
        chunk.strip_suffix(".wasm")?.to_owned()
    } else {
        let (_, comment) = before.rsplit_once("/*")?;
        let (names, _) = comment.split_once("*/")?;
        names.trim().replace(", ", SHARED)
    };
    Some(format!("{MODULE}-{chunks}-{}.wasm", content_hash(content)))
}

/// Optimises a chunk with the options that trunk uses for the rest of the page.
fn optimise(stop: &Stop, chunk: &Path) -> Result<()> {
    let page = fs::read_to_string("index.html").context("cannot read index.html")?;
    let (level, options) = optimiser_options(&page).context(
        "index.html does not say how the client is optimised (data-wasm-opt, data-wasm-opt-params)",
    )?;
    // wasm-opt warns about names that the splitter leaves.
    stop.run_quietly(
        Command::new("wasm-opt")
            .arg(format!("-O{level}"))
            .args(options)
            .arg("-o")
            .args([chunk, chunk]),
    )
}

/// Returns level and options from the page's `<link data-bin="client" …>`.
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

/// Bundles the script of wasm-bindgen with the loader it imports, which saves a request.
fn bundle(stop: &Stop, folder: &Path) -> Result<()> {
    let script = folder.join(format!("{MODULE}.js"));
    stop.run(
        Command::new("esbuild")
            .args(["--bundle", "--format=esm", "--log-level=warning"])
            // wasm-bindgen lists the loader once for each chunk.
            .arg("--log-override:duplicate-object-key=silent")
            .arg("--allow-overwrite")
            .arg(format!("--outfile={}", script.display()))
            .arg(&script),
    )
}

/// Copies the chunks of the last build into `dist`.
pub(super) fn add(workspace: &Workspace, draft: bool, dist: &Path) -> Result<()> {
    let profile = if draft { "debug" } else { "release" };
    let folder = workspace.cargo_target.join(NAME).join(profile).join(FOLDER);
    for chunk in fs::read_dir(&folder).context("the page has no chunks")? {
        let chunk = chunk?;
        fs::copy(chunk.path(), dist.join(chunk.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_optimised_like_the_page() {
        let (level, options) = optimiser_options(include_str!("../../../index.html")).unwrap();
        assert_eq!(level, "z");
        assert!(options.contains(&"--low-memory-unused"), "{options:?}");
    }

    #[test]
    fn file_name_depends_on_the_content() {
        let loader = r#"/* receipt, review */
const __chunk_2 = makeLoad(() => fetch("./chunk_2.wasm"), []);
export const a = makeLoad(() => fetch("./split_review.wasm"), [__chunk_2]);"#;
        let name = hashed("split_review.wasm", loader, b"a");
        assert_eq!(name.as_deref(), Some("client-review-ca978112ca1bbdca.wasm"));
        assert_ne!(name, hashed("split_review.wasm", loader, b"b"));
        let shared = hashed("chunk_2.wasm", loader, b"a");
        assert_eq!(
            shared.as_deref(),
            Some("client-receipt.review-ca978112ca1bbdca.wasm")
        );
        assert_eq!(hashed("split_other.wasm", loader, b"a"), None);
    }
}
