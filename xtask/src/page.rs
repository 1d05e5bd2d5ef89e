//! What visitors download: built by trunk, split into what is needed at first and the rest, measured after the build.

mod first_load;
mod inputs;
pub(crate) mod parts;
mod styles;
mod worker;

use crate::{
    process::Stop,
    tools,
    workspace::{Workspace, hex, write_whole},
};
use anyhow::{Context, Result};
use first_load::Sizes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    env,
    ffi::OsString,
    fs::{self, File, TryLockError},
    path::Path,
    process::Command,
};

/// Set to anything, the page (and the demo's server) is built without optimisation: quick to build, slow to load, never
/// measured. For those who work on the page and its browser tests.
const DRAFT: &str = "GNC_PAGE_DRAFT";

/// What trunk says. It cannot minify today's scripts and warns of each, but they are small already: see Trunk.toml.
const LOG: &str = "error,trunk=info,trunk::processing::minify=error";

/// Whether a draft is asked for.
pub(crate) fn is_draft() -> bool {
    env::var_os(DRAFT).is_some()
}

/// What is remembered of the last build.
#[derive(Serialize, Deserialize)]
struct Built {
    inputs: String,
    #[serde(default)]
    draft: bool,
    sizes: Sizes,
}

/// Builds the page into `dist/` in release mode, unless nothing changed since the last time; prints what the first
/// visit downloads, and fails when that is too much.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<()> {
    let path = tools::for_the_page(workspace, stop)?;
    let stamp = workspace.notes().join("page.json");
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
            parts::add(workspace, draft, &dist)?;
            styles::join(&dist)?;
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
            write_whole(&stamp, &serde_json::to_vec(&built)?)?;
            built
        }
    };
    if draft {
        return Ok(());
    }
    print!("{}", built.sizes);
    built.sizes.check()
}

/// Waits until nobody else builds the page in this checkout: two builds would take each other's files away. It is free again when the
/// answer drops, or with the process.
fn alone(workspace: &Workspace) -> Result<File> {
    let lock = File::create(workspace.notes().join("page.lock"))?;
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

/// What names carry of a content; the server keeps files with such names for good.
fn hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..8])
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
            .envs(parts::stand_in(workspace, stop, draft, path)?)
            // trunk takes the usual `NO_COLOR=1` for a wrong argument.
            .env_remove("NO_COLOR"),
    )
}
