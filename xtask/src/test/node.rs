//! Tests of the two auth servers of demo and browser tests, by Node's own test runner.

use super::Context;
use crate::tools::node;
use anyhow::Result;

/// Runs every `*.test.mjs` beside them.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let program = node::program(context.stop)?;
    node::packages(context.workspace, context.stop)?;
    let mut command = context.command(&program.to_string_lossy());
    context.stop.run(
        command
            .args(["--test", "identity-provider", "gn-auth-like"])
            .current_dir(context.workspace.e2e()),
    )
}
