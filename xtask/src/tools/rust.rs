//! The Rust target of the page, and the sources of the crates.

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use std::{path::Path, process::Command};

const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn wasm_target(workspace: &Workspace, stop: &Stop) -> Result<()> {
    let sysroot = stop.read(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(&workspace.root),
    )?;
    let installed = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET);
    if installed.is_dir() {
        return Ok(());
    }
    println!("adding the Rust target {TARGET}");
    stop.run(
        Command::new("rustup")
            .args(["target", "add", TARGET])
            .current_dir(&workspace.root),
    )
}

/// Downloads the locked crates, because trunk builds without the network.
pub(crate) fn crates(workspace: &Workspace, stop: &Stop) -> Result<()> {
    stop.run(
        Command::new("cargo")
            .args(["fetch", "--locked", "--quiet"])
            .current_dir(&workspace.root),
    )
}
