//! Ends a program when xtask is gone without having ended it, as after SIGKILL or a crash.
//!
//! A shell waits for the end of a pipe whose other side only xtask holds: the system closes it when
//! xtask ends for any reason.

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

/// Watches over a process group until the watchdog is dropped, or xtask is gone.
pub(super) struct Watchdog(Child);

impl Watchdog {
    pub(super) fn start(group: Pid) -> Result<Self> {
        let watchdog = Command::new("sh")
            .args(["-c", SCRIPT, "watchdog", &group.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A Ctrl-C in the terminal is for xtask only.
            .process_group(0)
            .spawn();
        watchdog.map(Self).context("cannot start sh")
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // Killed before its pipe is closed, so that it does nothing.
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
    fn program_ends_when_xtask_is_gone() {
        let mut program = sleeping();
        let mut watchdog = Watchdog::start(pid_of(&program)).unwrap();
        // The system does this when a process ends.
        drop(watchdog.0.stdin.take());
        let status = program.wait().unwrap();
        assert_eq!(status.to_string(), "signal: 15 (SIGTERM)");
    }

    #[test]
    fn program_runs_on_when_its_watchdog_is_dropped() {
        let mut program = sleeping();
        drop(Watchdog::start(pid_of(&program)).unwrap());
        assert!(program.try_wait().unwrap().is_none());
        program.kill().unwrap();
        program.wait().unwrap();
    }
}
