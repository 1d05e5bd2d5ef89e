//! The checkout, the options, and the ways to run a program that all parts share.

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use std::process::Command;

pub(super) struct Context<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) stop: &'a Stop,
    pub(super) long: bool,
}

impl Context<'_> {
    /// Returns a program that runs in the checkout, with `GNC_TEST_LONG` for the long runs.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.workspace.root);
        if self.long {
            command.env("GNC_TEST_LONG", "1");
        }
        command
    }

    /// Runs cargo with arguments that are separated by spaces.
    pub(super) fn cargo(&self, arguments: &str) -> Result<()> {
        let mut command = self.command("cargo");
        self.stop.run(command.args(arguments.split_whitespace()))
    }
}
