//! What visitors download: built by trunk, measured after the build.

mod first_load;
mod inputs;

use crate::{
    process::Stop,
    tools,
    workspace::{Workspace, write_whole},
};
use anyhow::{Context, Result};
use first_load::Sizes;
use serde::{Deserialize, Serialize};
use std::{ffi::OsString, fs, path::Path, process::Command};

/// What is remembered of the last build.
#[derive(Serialize, Deserialize)]
struct Built {
    inputs: String,
    sizes: Sizes,
}

/// Builds the page into `dist/` in release mode, unless nothing changed since the last time; prints what the first
/// visit downloads, and fails when that is too much.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<()> {
    let path = tools::for_the_page(workspace, stop)?;
    let stamp = workspace.notes().join("page.json");
    let dist = workspace.root.join("dist");
    let inputs = inputs::fingerprint(&workspace.root)?;
    let built = match last(&stamp) {
        Some(built) if built.inputs == inputs && dist.join("index.html").is_file() => built,
        _ => {
            println!("building the page");
            trunk(workspace, stop, &path)?;
            let built = Built {
                inputs,
                sizes: first_load::measure(stop, &dist)?,
            };
            write_whole(&stamp, &serde_json::to_vec(&built)?)?;
            built
        }
    };
    print!("{}", built.sizes);
    built.sizes.check()
}

fn last(stamp: &Path) -> Option<Built> {
    serde_json::from_slice(&fs::read(stamp).ok()?).ok()
}

fn trunk(workspace: &Workspace, stop: &Stop, path: &OsString) -> Result<()> {
    let program = std::env::split_paths(path)
        .next()
        .context("PATH begins with the folder of trunk")?
        .join("trunk");
    stop.run(
        Command::new(program)
            .args(["build", "--release", "--offline"])
            .current_dir(&workspace.root)
            .env("PATH", path)
            // trunk takes the usual `NO_COLOR=1` for a wrong argument.
            .env_remove("NO_COLOR"),
    )
}
