//! The tools that chores need beside Rust, installed when they are missing.
//!
//! [`rust`] installs the wasm target and the crates, [`cargo`] programs from crates.io, [`system`]
//! Debian packages, [`node`] the packages of `e2e/` and [`valkey`] a server that tests use beside
//! Redis.

pub(crate) mod cargo;
pub(crate) mod node;
pub(crate) mod rust;
pub(crate) mod system;
pub(crate) mod valkey;

use crate::{
    process::Stop,
    workspace::{Workspace, path_with_folders},
};
use anyhow::Result;
use std::ffi::OsString;

/// Installs the tools that build the page, and returns the `PATH` on which trunk finds them.
pub(crate) fn for_page_build(workspace: &Workspace, stop: &Stop) -> Result<OsString> {
    rust::wasm_target(workspace, stop)?;
    rust::crates(workspace, stop)?;
    let wasm_bindgen = cargo::install(workspace, stop, &cargo::wasm_bindgen(workspace)?)?;
    let trunk = cargo::install(workspace, stop, &cargo::TRUNK)?;
    let splitter = cargo::install(workspace, stop, &cargo::WASM_SPLIT)?;
    let packages = node::packages(workspace, stop)?;
    path_with_folders([trunk, wasm_bindgen, splitter, packages])
}
