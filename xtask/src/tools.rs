//! What chores need beside Rust, installed when it is missing.
//!
//! One file a kind of tool: [`rust`] (the wasm target and the crates), [`cargo`] (programs compiled from crates.io),
//! [`system`] (Debian packages) and [`node`] (Node and the packages of `e2e/`).

pub(crate) mod cargo;
pub(crate) mod node;
pub(crate) mod rust;
pub(crate) mod system;

use crate::{
    process::Stop,
    workspace::{Workspace, path_with},
};
use anyhow::Result;
use std::ffi::OsString;

/// Makes sure that the page can be built, and answers the `PATH` on which trunk finds what it needs.
pub(crate) fn for_the_page(workspace: &Workspace, stop: &Stop) -> Result<OsString> {
    rust::wasm_target(workspace, stop)?;
    rust::crates(workspace, stop)?;
    let wasm_bindgen = cargo::install(workspace, stop, &cargo::wasm_bindgen(workspace)?)?;
    let trunk = cargo::install(workspace, stop, &cargo::TRUNK)?;
    let splitter = cargo::install(workspace, stop, &cargo::WASM_SPLIT)?;
    let packages = node::packages(workspace, stop)?;
    path_with([trunk, wasm_bindgen, splitter, packages])
}
