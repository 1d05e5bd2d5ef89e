//! Tests of the identity provider, by Node's own test runner.

use super::Context;
use crate::tools::node;
use anyhow::Result;

/// Runs every `*.test.mjs` beside the identity provider.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let program = node::program(context.stop)?;
    node::packages(context.workspace, context.stop)?;
    let mut command = context.command(&program.to_string_lossy());
    context.stop.run(
        command
            .args(["--test", "identity-provider"])
            .current_dir(context.workspace.e2e()),
    )
}
