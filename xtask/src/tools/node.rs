//! Node, the packages that `e2e/package-lock.json` names, and Lighthouse.

use super::system::{self, Program};
use crate::{
    process::Stop,
    workspace::{Workspace, hex, write_atomically},
};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf, process::Command};

/// The oldest supported major version.
const OLDEST: u32 = 20;

const NODE: Program = Program {
    names: &["node", "nodejs"],
    package: "nodejs",
};
const NPM: Program = Program {
    names: &["npm"],
    package: "npm",
};

/// Returns the path of Node; fails if it is too old.
pub(crate) fn program(stop: &Stop) -> Result<PathBuf> {
    let node = system::find(stop, NODE)?;
    let version = stop.read(Command::new(&node).arg("--version"))?;
    match major(version.trim()) {
        Some(major) if major >= OLDEST => Ok(node),
        _ => bail!(
            "Node {} is too old: version {OLDEST} or newer is needed (https://nodejs.org)",
            version.trim()
        ),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the locked packages, unless they are there, and returns the folder of their programs.
pub(crate) fn packages(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    program(stop)?;
    let e2e = workspace.e2e();
    let installed = e2e.join("node_modules");
    let stamp = installed.join(".locked");
    let lock =
        fs::read(e2e.join("package-lock.json")).context("cannot read e2e/package-lock.json")?;
    let checksum = hex(&Sha256::digest(lock));
    if fs::read_to_string(&stamp).ok().as_deref() != Some(checksum.as_str()) {
        println!("installing the Node packages of e2e/");
        let npm = system::find(stop, NPM)?;
        stop.run(
            Command::new(npm)
                .args(["ci", "--no-audit", "--no-fund"])
                .current_dir(&e2e)
                // The tests use the system's Chromium.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )?;
        write_atomically(&stamp, checksum.as_bytes())?;
    }
    Ok(installed.join(".bin"))
}

/// The last version of Lighthouse for Node 20.
const LIGHTHOUSE: &str = "12.8.2";

/// Installs Lighthouse, once for this user, and returns its folder. Lighthouse depends on 150
/// packages, so it is installed only for the measurement of the page.
pub(crate) fn lighthouse(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    let folder = workspace
        .tool_cache
        .join(format!("lighthouse-{LIGHTHOUSE}"));
    let stamp = folder.join(".installed");
    if !stamp.is_file() {
        println!("installing Lighthouse {LIGHTHOUSE}, once for this user");
        fs::create_dir_all(&folder)?;
        let npm = system::find(stop, NPM)?;
        stop.run(
            Command::new(npm)
                .args(["install", "--no-audit", "--no-fund", "--no-save"])
                .arg("--prefix")
                .arg(&folder)
                .arg(format!("lighthouse@{LIGHTHOUSE}"))
                .current_dir(&folder),
        )?;
        write_atomically(&stamp, LIGHTHOUSE.as_bytes())?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn first_number_is_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("twenty"), None);
    }
}
