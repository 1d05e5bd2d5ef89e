//! What cargo checks by itself: formatting, lints, documentation, and the native tests.

use super::Context;
use crate::tools::{rust, system};
use anyhow::Result;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// Formatting.
pub(super) fn fmt(context: &Context<'_>) -> Result<()> {
    context.cargo(&["fmt", "--all", "--check"])
}

/// Lints of everything that is compiled, tests too.
pub(super) fn clippy(context: &Context<'_>) -> Result<()> {
    rust::wasm_target(context.workspace, context.stop)?;
    let deny = ["--", "--deny", "warnings"];
    let native = [
        "clippy",
        "--locked",
        "--workspace",
        "--exclude",
        "client",
        "--exclude",
        "worker",
        "--all-targets",
        "--all-features",
    ];
    context.cargo(&[&native[..], &deny].concat())?;
    let client = [
        "clippy",
        "--locked",
        "--package",
        "client",
        "--package",
        "worker",
        "--all-targets",
        "--target",
        WASM,
    ];
    context.cargo(&[&client[..], &deny].concat())
}

/// Documentation, private items too: it is written for those who read the code.
pub(super) fn doc(context: &Context<'_>) -> Result<()> {
    rust::wasm_target(context.workspace, context.stop)?;
    let common = ["doc", "--locked", "--no-deps", "--document-private-items"];
    for which in [
        // The programs of server and worker are of the same name as their libraries, or have nothing to document.
        &["--workspace", "--exclude", "client", "--exclude", "worker"][..],
        &[
            "--package",
            "client",
            "--package",
            "worker",
            "--lib",
            "--target",
            WASM,
        ],
    ] {
        let mut command = context.command("cargo");
        context.stop.run(
            command
                .args(common)
                .args(which)
                .env("RUSTDOCFLAGS", "--deny warnings"),
        )?;
    }
    Ok(())
}

/// Unit and property tests of what needs nothing around it.
pub(super) fn unit(context: &Context<'_>) -> Result<()> {
    context.cargo(&[
        "test",
        "--locked",
        "--package",
        "shared",
        "--package",
        "xtask",
        "--all-features",
    ])
}

/// Tests of the server; they start a Redis of their own.
pub(super) fn server(context: &Context<'_>) -> Result<()> {
    system::find(context.stop, system::REDIS)?;
    context.cargo(&["test", "--locked", "--package", "server", "--all-features"])
}

impl Context<'_> {
    /// A program that runs in the checkout and knows whether the long runs are wanted.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.workspace.root);
        if self.long {
            command.env("GNC_TEST_LONG", "1");
        }
        command
    }

    pub(super) fn cargo(&self, arguments: &[&str]) -> Result<()> {
        self.stop.run(self.command("cargo").args(arguments))
    }
}
