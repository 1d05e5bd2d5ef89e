//! Playwright over the whole demo, which the tests start themselves.

use super::Context;
use crate::{
    demo,
    tools::{node, system},
};
use anyhow::Result;
use std::env;

/// Runs all tests of `e2e/tests` in the system's Chromium.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let Context {
        workspace, stop, ..
    } = context;
    let playwright = node::packages(workspace, stop)?.join("playwright");
    let chromium = system::find(stop, system::CHROMIUM)?;
    system::find(stop, system::REDIS)?;
    // Several demos are started side by side: they must find nothing to build.
    demo::build(workspace, stop)?;
    stop.run(
        context
            .command(&playwright.to_string_lossy())
            .arg("test")
            .current_dir(workspace.e2e())
            .env("GNC_E2E_CHROMIUM", chromium)
            // The tests start the demo by this very program.
            .env("GNC_E2E_XTASK", env::current_exe()?),
    )
}
