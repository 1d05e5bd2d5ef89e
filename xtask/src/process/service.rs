//! A program that runs until it is told to end: started, watched, and ended with whoever holds it.

use super::{Event, end, keeper::Keeper, pid_of};
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

/// How often we look whether a service answers.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A running program. Dropping it ends it and waits until it is gone.
pub(crate) struct Service {
    name: &'static str,
    pid: Pid,
    log: PathBuf,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    // Dropped last: it keeps what `drop` has not ended.
    _keeper: Keeper,
}

impl Service {
    /// Starts a program that writes what it has to say to `log`. Its end is told to `events`.
    pub(crate) fn start(
        name: &'static str,
        command: &mut Command,
        log: PathBuf,
        events: Sender<Event>,
    ) -> Result<Self> {
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start the {name}"))?;
        let pid = pid_of(&child);
        let keeper = Keeper::of(pid).inspect_err(|_| end(pid))?;
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || {
            if let Ok(status) = child.wait() {
                // Nobody listens any more when we are ending ourselves.
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
            _keeper: keeper,
        })
    }

    /// The process id.
    pub(crate) fn pid(&self) -> i32 {
        self.pid.as_raw()
    }

    /// Asks `answer` again and again until it answers something; fails when the service ends before, when `patience` is
    /// over, or with the error of `answer`.
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
            if let Ok(status) = self.ended.recv_timeout(LOOK_AGAIN) {
                self.status = Some(status);
                bail!(
                    "the {} ended ({status}): {}",
                    self.name,
                    last_lines(&self.log)
                );
            }
            if Instant::now() > deadline {
                bail!(
                    "the {} does not answer: {}",
                    self.name,
                    last_lines(&self.log)
                );
            }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Its process id may belong to somebody else by now.
        if self.status.is_some() || self.ended.try_recv().is_ok() {
            return;
        }
        end(self.pid);
        if self.ended.recv_timeout(GRACE).is_err() {
            // Fails only when it has ended just now.
            let _ = killpg(self.pid, Signal::SIGKILL);
            let _ = self.ended.recv();
        }
    }
}

/// The last lines of a log, to say why a program failed.
fn last_lines(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = lines
        .get(lines.len().saturating_sub(3)..)
        .unwrap_or_default();
    if last.is_empty() {
        format!("nothing in {}", log.display())
    } else {
        last.join(" | ")
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
    fn dropping_a_service_ends_it() {
        let (_folder, service, events) = start("exec sleep 600");
        drop(service);
        assert!(matches!(
            events.recv().unwrap(),
            Event::Ended("test service", _)
        ));
    }

    #[test]
    fn a_service_that_was_stopped_by_a_signal_ends_too() {
        let (_folder, service, events) = start("exec sleep 600");
        killpg(service.pid, Signal::SIGSTOP).unwrap();
        drop(service);
        let Event::Ended(_, status) = events.recv().unwrap() else {
            panic!("not its end");
        };
        assert_eq!(status, "signal: 15 (SIGTERM)", "not killed in the end");
    }

    #[test]
    fn a_service_that_ends_while_we_wait_is_reported_with_its_last_words() {
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
