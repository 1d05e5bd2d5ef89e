//! The tests of the two auth servers, with Node's own test runner.

use super::context::Context;
use crate::tools::node;
use anyhow::Result;

/// Runs every `*.test.mjs` of the auth servers.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let program = node::program(context.stop)?;
    node::packages(context.workspace, context.stop)?;
    let mut command = context.command(&program.to_string_lossy());
    command
        .args(["--test", "identity-provider", "gn-auth-like"])
        .current_dir(context.workspace.e2e());
    context.stop.run(&mut command)
}
