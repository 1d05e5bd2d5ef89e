//! Builds the page with trunk, splits it into the first load and chunks, and measures it.

pub(crate) mod chunks;
mod first_load;
mod inputs;
mod worker;

use crate::{
    process::Stop,
    tools,
    workspace::{Workspace, write_atomically},
};
use anyhow::{Context, Result};
use first_load::Sizes;
use serde::{Deserialize, Serialize};
use std::{
    env,
    ffi::OsString,
    fs::{self, File, TryLockError},
    path::Path,
    process::Command,
};

/// If set, the page and the demo's server are built without optimisation: faster to build, slower
/// to load, not measured. Meant for work on the page and its browser tests.
const DRAFT: &str = "GNC_PAGE_DRAFT";

/// Hides trunk's warnings that it cannot minify the scripts; a hook in Trunk.toml does.
const LOG: &str = "error,trunk=info,trunk::processing::minify=error";

pub(crate) fn is_draft() -> bool {
    env::var_os(DRAFT).is_some()
}

/// The inputs and sizes of the last build.
#[derive(Serialize, Deserialize)]
struct Built {
    inputs: String,
    #[serde(default)]
    draft: bool,
    sizes: Sizes,
}

/// Builds the page into `dist/`, unless it is up to date; prints the size of a first visit, and
/// fails when it is above the limit.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<()> {
    let path = tools::for_page_build(workspace, stop)?;
    let stamp = workspace.output_folder().join("page.json");
    let dist = workspace.root.join("dist");
    let _alone = alone(workspace)?;
    let inputs = inputs::fingerprint(&workspace.root)?;
    let draft = is_draft();
    let built = match last(&stamp) {
        Some(built)
            if built.inputs == inputs
                && built.draft == draft
                && dist.join("index.html").is_file() =>
        {
            built
        }
        _ => {
            println!(
                "building the page{}",
                if draft { ", as a draft" } else { "" }
            );
            trunk(workspace, stop, &path, draft)?;
            chunks::add(workspace, draft, &dist)?;
            worker::name(&dist)?;
            let sizes = if draft {
                Sizes::default()
            } else {
                first_load::measure(stop, &dist)?
            };
            let built = Built {
                inputs,
                draft,
                sizes,
            };
            write_atomically(&stamp, &serde_json::to_vec(&built)?)?;
            built
        }
    };
    if draft {
        return Ok(());
    }
    print!("{}", built.sizes);
    built.sizes.check()
}

/// Locks the build of the page in this checkout, because two builds would delete each other's
/// files.
fn alone(workspace: &Workspace) -> Result<File> {
    let lock = File::create(workspace.output_folder().join("page.lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("waiting for another build of the page");
            lock.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    Ok(lock)
}

fn last(stamp: &Path) -> Option<Built> {
    serde_json::from_slice(&fs::read(stamp).ok()?).ok()
}

fn trunk(workspace: &Workspace, stop: &Stop, path: &OsString, draft: bool) -> Result<()> {
    let program = std::env::split_paths(path)
        .next()
        .context("PATH begins with the folder of trunk")?
        .join("trunk");
    stop.run(
        Command::new(program)
            .args(["build", "--offline", "--log", LOG])
            .args((!draft).then_some("--release"))
            .current_dir(&workspace.root)
            .envs(chunks::stand_in(workspace, stop, draft, path)?)
            // trunk rejects the usual `NO_COLOR=1` as a wrong argument.
            .env_remove("NO_COLOR"),
    )
}
