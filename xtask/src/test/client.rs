//! Tests of the client: what is pure natively, the rest in headless Chromium.

use super::Context;
use crate::{
    tools::{self, cargo, rust, system},
    workspace::path_with,
};
use anyhow::Result;

/// `cargo test` with the runner of wasm-bindgen, which finds the browser by chromedriver and `client/webdriver.json`.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let Context {
        workspace, stop, ..
    } = context;
    context.cargo(&[
        "test",
        "--locked",
        "--package",
        "client",
        "--package",
        "worker",
        "--lib",
    ])?;
    rust::wasm_target(workspace, stop)?;
    let runner = tools::cargo::install(workspace, stop, &cargo::wasm_bindgen(workspace)?)?;
    system::find(stop, system::CHROMIUM)?;
    let driver = system::find(stop, system::CHROMEDRIVER)?;
    stop.run(
        context
            .command("cargo")
            .args([
                "test",
                "--locked",
                "--package",
                "client",
                "--target",
                "wasm32-unknown-unknown",
            ])
            // The properties take longer than the twenty seconds that it waits by itself, on a busy machine.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("CHROMEDRIVER", driver)
            .env("PATH", path_with([runner])?),
    )
}
