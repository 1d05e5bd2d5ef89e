//! The tests of the client: pure code natively, the rest in headless Chromium.

use super::context::Context;
use crate::{
    tools::{cargo, rust, system},
    workspace::path_with_folders,
};
use anyhow::Result;

/// Runs `cargo test` with the runner of wasm-bindgen, which finds the browser by chromedriver and
/// `client/webdriver.json`.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let Context {
        workspace, stop, ..
    } = context;
    context.cargo("test --locked --package client --package worker --lib")?;
    rust::wasm_target(workspace, stop)?;
    let runner = cargo::install(workspace, stop, &cargo::wasm_bindgen(workspace)?)?;
    system::find(stop, system::CHROMIUM)?;
    let driver = system::find(stop, system::CHROMEDRIVER)?;
    stop.run(
        context
            .command("cargo")
            .args(["test", "--locked", "--package", "client"])
            .args(["--target", "wasm32-unknown-unknown"])
            // On a busy machine the properties take longer than the default of twenty seconds.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("CHROMEDRIVER", driver)
            .env("PATH", path_with_folders([runner])?),
    )
}
