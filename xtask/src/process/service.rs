//! A program that runs until it is told to end: [`Service`] starts and watches it, and ends it when
//! dropped.

use super::{Event, end, pid_of, watchdog::Watchdog};
use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::{
    fs::{self, File},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

/// How long a service may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// Time between two checks whether a service answers.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// A running program. Dropping it ends it and waits until it is gone.
pub(crate) struct Service {
    name: &'static str,
    pid: Pid,
    log: PathBuf,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    // Dropped last: it ends what `drop` has not ended.
    _keeper: Watchdog,
}

impl Service {
    /// Starts a program with its output in `log`, and sends its end to `events`.
    pub(crate) fn start(
        name: &'static str,
        command: &mut Command,
        log: PathBuf,
        events: Sender<Event>,
    ) -> Result<Self> {
        fs::create_dir_all(log.parent().context("a file lies in a folder")?)?;
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start the {name}"))?;
        let pid = pid_of(&child);
        let watchdog = Watchdog::start(pid).inspect_err(|_| end(pid))?;
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || {
            if let Ok(status) = child.wait() {
                // There is no listener any more when xtask itself ends.
                let _ = tell.send(status);
                let _ = events.send(Event::Ended(name, status.to_string()));
            }
        });
        Ok(Self {
            name,
            pid,
            log,
            ended,
            status: None,
            _keeper: watchdog,
        })
    }

    pub(crate) fn pid(&self) -> i32 {
        self.pid.as_raw()
    }

    /// Calls `answer` with the log until it returns a value; fails when the service ends before,
    /// when `patience` is over, or with the error of `answer`.
    pub(crate) fn wait_for<T>(
        &mut self,
        patience: Duration,
        mut answer: impl FnMut(&Path) -> Result<Option<T>>,
    ) -> Result<T> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(found) = answer(&self.log)? {
                return Ok(found);
            }
            if let Ok(status) = self.ended.recv_timeout(POLL_INTERVAL) {
                self.status = Some(status);
                let log = last_lines(&self.log);
                bail!("the {} ended ({status}): {log}", self.name);
            }
            if Instant::now() > deadline {
                let log = last_lines(&self.log);
                bail!("the {} does not answer: {log}", self.name);
            }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Once it has ended, another process may have its id.
        if self.status.is_some() || self.ended.try_recv().is_ok() {
            return;
        }
        end(self.pid);
        if self.ended.recv_timeout(GRACE).is_err() {
            // Fails only when the service has ended just now.
            let _ = killpg(self.pid, Signal::SIGKILL);
            let _ = self.ended.recv();
        }
    }
}

/// Returns the last three lines of a log, which tell why a program failed.
fn last_lines(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.collect();
    match &lines[lines.len().saturating_sub(3)..] {
        [] => format!("nothing in {}", log.display()),
        last => last.join(" | "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(script: &str) -> (tempfile::TempDir, Service, Receiver<Event>) {
        let folder = tempfile::tempdir().unwrap();
        let (tell, events) = mpsc::channel();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let service = Service::start(
            "test service",
            &mut command,
            folder.path().join("log"),
            tell,
        )
        .unwrap();
        (folder, service, events)
    }

    #[test]
    fn dropped_service_ends() {
        let (_folder, service, events) = start("exec sleep 600");
        drop(service);
        assert!(matches!(
            events.recv().unwrap(),
            Event::Ended("test service", _)
        ));
    }

    #[test]
    fn suspended_service_ends_when_dropped() {
        let (_folder, service, events) = start("exec sleep 600");
        killpg(service.pid, Signal::SIGSTOP).unwrap();
        drop(service);
        let Event::Ended(_, status) = events.recv().unwrap() else {
            panic!("not its end");
        };
        assert_eq!(status, "signal: 15 (SIGTERM)", "not killed in the end");
    }

    #[test]
    fn service_that_ends_early_is_reported_with_its_log() {
        let (_folder, mut service, _events) = start("echo no such thing >&2; exit 4");
        let error = service
            .wait_for::<()>(Duration::from_mins(1), |_| Ok(None))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the test service ended (exit status: 4): no such thing"
        );
    }
}
