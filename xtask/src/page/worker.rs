//! Renames the files of the Web Worker to names with a hash of their content. Browsers cache such
//! files forever, and a page loads the worker that was built with it, also after a new
//! deployment.
//!
//! Trunk names all other files this way, but not the worker, whose name `index.html` would have
//! to know before the build. This step replaces the name in `index.html` afterwards.

use crate::workspace::content_hash;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// The files that trunk writes to `dist/`: the script of wasm-bindgen, the module, and the script
/// that starts them (`static/worker_loader.js`).
const SCRIPT: &str = "worker.js";
const MODULE: &str = "worker_bg.wasm";
const LOADER: &str = "worker_loader.js";

/// The import of the script in the loader. The content of the script replaces it, which saves a
/// request.
const IMPORT: &str = "importScripts(\"/worker.js\");";

/// Renames the worker in `dist`, and names it in `index.html`.
pub(super) fn name(dist: &Path) -> Result<()> {
    let read = |name: &str| {
        let path = dist.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let module = fs::read(dist.join(MODULE)).context("the page has no worker")?;
    let module_name = format!("worker-{}_bg.wasm", content_hash(&module));
    let loader = replaced(&read(LOADER)?, IMPORT, &read(SCRIPT)?)?;
    let script = replaced(&loader, MODULE, &module_name)?;
    let script_name = format!("worker-{}.js", content_hash(script.as_bytes()));
    let page = replaced(&read("index.html")?, LOADER, &script_name)?;
    fs::write(dist.join(module_name), module)?;
    fs::write(dist.join(script_name), script)?;
    fs::write(dist.join("index.html"), page)?;
    for name in [SCRIPT, MODULE, LOADER] {
        fs::remove_file(dist.join(name))?;
    }
    Ok(())
}

/// Replaces the only occurrence of `place`.
fn replaced(text: &str, place: &str, by: &str) -> Result<String> {
    let places = text.matches(place).count();
    ensure!(
        places == 1,
        "{place} should be there once, not {places} times"
    );
    Ok(text.replacen(place, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns names and contents of page, script and module, after the renaming.
    fn named(script: &str, module: &str) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path();
        fs::write(dist.join(SCRIPT), script).unwrap();
        fs::write(dist.join(MODULE), module).unwrap();
        fs::write(
            dist.join(LOADER),
            include_str!("../../../static/worker_loader.js"),
        )
        .unwrap();
        let page = "<meta name=worker content=/worker_loader.js>";
        fs::write(dist.join("index.html"), page).unwrap();
        name(dist).unwrap();
        let mut files: Vec<_> = fs::read_dir(dist)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let content = fs::read_to_string(entry.path()).unwrap();
                (entry.file_name().into_string().unwrap(), content)
            })
            .collect();
        files.sort_by_key(|(name, _)| name.rsplit('.').next().map(str::to_owned));
        files
    }

    #[test]
    fn page_names_the_script_and_script_names_the_module() {
        let files = named("let wasm_bindgen;", "module");
        let [(_, page), (script_name, script), (module_name, module)] = &*files else {
            panic!("{files:?}");
        };
        assert_eq!(*page, format!("<meta name=worker content=/{script_name}>"));
        assert!(script.contains("let wasm_bindgen;"), "{script}");
        assert!(script.contains(&format!("\"/{module_name}\"")), "{script}");
        assert!(!script.contains("importScripts"), "{script}");
        assert_eq!(module, "module");
    }

    #[test]
    fn names_depend_on_the_contents_only() {
        let names = |script, module| {
            let files = named(script, module).into_iter();
            files.map(|(name, _)| name).collect::<Vec<_>>()
        };
        let first = names("a", "b");
        assert_eq!(names("a", "b"), first);
        let [_, script, module] = &*names("a", "c") else {
            panic!("three files");
        };
        assert!(*script != first[1] && *module != first[2]);
        let [_, script, module] = &*names("c", "b") else {
            panic!("three files");
        };
        assert!(*script != first[1] && *module == first[2]);
    }

    #[test]
    fn page_that_names_no_worker_is_refused() {
        assert!(replaced("<meta>", LOADER, "worker-1.js").is_err());
        assert!(replaced("a a", "a", "b").is_err());
    }
}
