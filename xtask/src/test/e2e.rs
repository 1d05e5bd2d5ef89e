//! Playwright against the whole demo, which the tests start themselves.

use super::context::Context;
use crate::{
    demo,
    tools::{node, system},
};
use anyhow::Result;

/// Runs all tests of `e2e/tests` in the system's Chromium, and some in its Firefox.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let Context {
        workspace, stop, ..
    } = context;
    let playwright = node::packages(workspace, stop)?.join("playwright");
    let chromium = system::find(stop, system::CHROMIUM)?;
    let firefox = system::find(stop, system::FIREFOX)?;
    system::find(stop, system::REDIS)?;
    // Several demos start at the same time: they must find nothing to build.
    let server = demo::build(workspace, stop)?;
    let mut command = context.command(&playwright.to_string_lossy());
    command
        .arg("test")
        .current_dir(workspace.e2e())
        .env("GNC_E2E_CHROMIUM", chromium)
        .env("GNC_E2E_FIREFOX", firefox)
        // The tests start the demo with this program.
        .env("GNC_E2E_XTASK", &workspace.xtask)
        // The server that one of them starts without a demo.
        .env("GNC_E2E_SERVER", server);
    stop.run(&mut command)
}
