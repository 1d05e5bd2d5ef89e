//! Tests of the architecture: import cycles, layers, invariants, doc comments and sizes.
//!
//! [`crate_tree`] parses the modules of a crate and resolves every path to the file that defines
//! the name. [`imports`] searches these edges for cycles, [`layers`] compares them with the rules
//! of ARCHITECTURE.md. [`comments`] and [`sizes`] read each file by itself.

mod comments;
mod crate_tree;
mod imports;
mod invariants;
mod layers;
mod lazy_chunks;
mod paths;
mod sizes;

use crate_tree::CrateTree;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every crate of the workspace; a library and the program beside it are two.
static CRATES: LazyLock<Vec<CrateTree>> = LazyLock::new(|| {
    let read = |path: &str| fs::read_to_string(root().join(path)).ok();
    let roots = [
        ("client", "client/src/lib.rs"),
        ("client", "client/src/main.rs"),
        ("worker", "client/worker/src/lib.rs"),
        ("server", "server/src/lib.rs"),
        ("server", "server/src/main.rs"),
        ("shared", "shared/src/lib.rs"),
        ("xtask", "xtask/src/main.rs"),
    ];
    let trees = roots.map(|(name, root)| CrateTree::load(name, root, &read));
    trees.into()
});

/// The text of all Rust files of the workspace, tests too, by their paths from the top folder.
fn rust_files() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for folder in ["client", "server", "shared", "xtask", "fuzz/targets"] {
        collect_rust_files(Path::new(folder), &mut paths);
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(root().join(&path)).expect("the file is readable");
        (path.to_string_lossy().into_owned(), text)
    };
    paths.into_iter().map(read).collect()
}

fn collect_rust_files(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(root().join(folder)).expect("the folder is readable") {
        let name = entry.expect("the entry is readable").file_name();
        let path = folder.join(name);
        if root().join(&path).is_dir() {
            collect_rust_files(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Fails with the list of violations.
fn assert_none(rule: &str, violations: &[String]) {
    let list = violations.join("\n  ");
    assert!(violations.is_empty(), "{rule}:\n  {list}");
}
