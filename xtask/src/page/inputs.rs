//! A fingerprint of all inputs of the page, which tells whether it has to be built again.

use crate::workspace::hex;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

const INPUTS: [&str; 11] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "client",
    "index.html",
    "rust-toolchain.toml",
    "shared",
    "static",
    "styles",
    "xtask/src/page",
];

/// Returns the SHA-256 of the paths and contents of all inputs, in hex. It ignores modification
/// times, so every checkout of a commit has the same fingerprint.
pub(super) fn fingerprint(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let path = file.strip_prefix(root)?.as_os_str().as_encoded_bytes();
        // The lengths distinguish "ab" + "c" from "a" + "bc".
        for part in [path, &content] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    Ok(hex(&hash.finalize()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_changes_with_names_and_contents() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let print = || fingerprint(root).unwrap();
        fs::create_dir(root.join("styles")).unwrap();
        let mut seen = vec![print()];
        let mut changed = || {
            let now = fingerprint(root).unwrap();
            assert!(!seen.contains(&now));
            seen.push(now);
        };
        fs::write(root.join("styles/base.css"), "a{}").unwrap();
        changed();
        fs::write(root.join("styles/base.css"), "b{}").unwrap();
        changed();
        fs::rename(root.join("styles/base.css"), root.join("styles/page.css")).unwrap();
        changed();
        fs::write(root.join("README.md"), "not part of the page").unwrap();
        assert_eq!(print(), *seen.last().unwrap());
    }
}
