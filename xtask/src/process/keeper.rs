//! Ends a program when we are gone without having ended it, as after SIGKILL or a crash.
//!
//! A shell waits for the end of a pipe whose other side only we hold: the system closes it whatever we die of.

use anyhow::{Context, Result};
use nix::unistd::Pid;
use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// Asks the group to end, as [`super::end`] does, and ends it after five seconds.
const SCRIPT: &str = r#"
read -r _
kill -s TERM -- "-$1" || exit 0
kill -s CONT -- "-$1"
for _ in 1 2 3 4 5; do
    sleep 1
    kill -s 0 -- "-$1" || exit 0
done
kill -s KILL -- "-$1"
"#;

/// Watches over a process group until it is dropped, or we are gone.
pub(super) struct Keeper(Child);

impl Keeper {
    /// Of a group that runs now.
    pub(super) fn of(group: Pid) -> Result<Self> {
        let keeper = Command::new("sh")
            .args(["-c", SCRIPT, "keeper", &group.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A Ctrl-C in the terminal is for us to hear.
            .process_group(0)
            .spawn();
        keeper.map(Self).context("cannot start sh")
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Before its pipe is closed, so that it does nothing. It can only have ended already, which is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::pid_of;

    fn sleeping() -> Child {
        let mut command = Command::new("sleep");
        command.arg("600").process_group(0).spawn().unwrap()
    }

    #[test]
    fn what_is_kept_ends_when_we_are_gone() {
        let mut program = sleeping();
        let mut keeper = Keeper::of(pid_of(&program)).unwrap();
        // What the system does when a process ends.
        drop(keeper.0.stdin.take());
        let status = program.wait().unwrap();
        assert_eq!(status.to_string(), "signal: 15 (SIGTERM)");
    }

    #[test]
    fn what_is_kept_goes_on_when_nobody_needs_to_keep_it() {
        let mut program = sleeping();
        drop(Keeper::of(pid_of(&program)).unwrap());
        assert!(program.try_wait().unwrap().is_none());
        program.kill().unwrap();
        program.wait().unwrap();
    }
}
