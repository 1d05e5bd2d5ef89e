//! Requests to stop, by Ctrl-C, SIGTERM or a closed terminal, and programs that end with them.

use super::{end, pid_of, watchdog::Watchdog};
use anyhow::{Context, Result, bail};
use nix::unistd::Pid;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};
use std::{
    collections::BTreeSet,
    os::unix::process::CommandExt,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc::Sender},
    thread,
};

/// An event that a running demo must act on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// xtask was asked to stop.
    Stop,
    /// A service ended: its name and its exit status.
    Ended(&'static str, String),
}

/// The error of work that was cut short because xtask was asked to stop.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(crate) struct Stopped;

/// Knows whether xtask was asked to stop. Clones share their state.
#[derive(Clone)]
pub(crate) struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    requested: bool,
    /// Programs that [`Stop::run`] waits for.
    running: BTreeSet<Pid>,
    listener: Option<Sender<Event>>,
}

impl Stop {
    /// Handles the signals that ask a program to end.
    pub(crate) fn on_signals() -> Result<Self> {
        let stop = Self(Arc::default());
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot listen for signals")?;
        let handler = stop.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                handler.request();
            }
        });
        Ok(stop)
    }

    fn request(&self) {
        let mut state = self.state();
        state.requested = true;
        state.running.iter().copied().for_each(end);
        if let Some(listener) = &state.listener {
            let _ = listener.send(Event::Stop);
        }
    }

    /// Sends [`Event::Stop`] to `listener`, at once if xtask was asked to stop before.
    pub(crate) fn notify(&self, listener: Sender<Event>) {
        let mut state = self.state();
        if state.requested {
            let _ = listener.send(Event::Stop);
        }
        state.listener = Some(listener);
    }

    /// Fails with [`Stopped`] once xtask was asked to stop.
    pub(crate) fn check(&self) -> Result<()> {
        if self.state().requested {
            bail!(Stopped);
        }
        Ok(())
    }

    /// Runs a program to its end, with the output of xtask. Fails unless the program succeeds.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        let (child, guard) = self.start(command)?;
        self.finish(command, child, guard)?;
        Ok(())
    }

    /// Runs a program to its end and returns its output.
    pub(crate) fn read(&self, command: &mut Command) -> Result<String> {
        let (child, guard) = self.start(command.stdout(Stdio::piped()))?;
        let output = self.finish(command, child, guard)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs a program to its end, and prints its errors only if it fails.
    pub(crate) fn run_quietly(&self, command: &mut Command) -> Result<()> {
        let (child, guard) = self.start(command.stderr(Stdio::piped()))?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
        }
        self.check_status(command, &output, guard)
    }

    fn start(&self, command: &mut Command) -> Result<(Child, ProcessGuard<'_>)> {
        // Locked while the program starts: a request to stop comes before or after, never in
        // between.
        let mut state = self.state();
        if state.requested {
            bail!(Stopped);
        }
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot run {}", name(command)))?;
        let group = pid_of(&child);
        let watchdog = Watchdog::start(group).inspect_err(|_| end(group))?;
        state.running.insert(group);
        let running = ProcessGuard {
            stop: self,
            group,
            _keeper: watchdog,
        };
        Ok((child, running))
    }

    fn finish(&self, command: &Command, child: Child, guard: ProcessGuard<'_>) -> Result<Output> {
        let output = child.wait_with_output()?;
        self.check_status(command, &output, guard)?;
        Ok(output)
    }

    /// Fails if the program failed, or xtask was asked to stop meanwhile.
    fn check_status(
        &self,
        command: &Command,
        output: &Output,
        guard: ProcessGuard<'_>,
    ) -> Result<()> {
        drop(guard);
        self.check()?;
        if !output.status.success() {
            bail!("{} failed ({})", name(command), output.status);
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A program that has not ended yet.
struct ProcessGuard<'a> {
    stop: &'a Stop,
    group: Pid,
    _keeper: Watchdog,
}

impl Drop for ProcessGuard<'_> {
    fn drop(&mut self) {
        self.stop.state().running.remove(&self.group);
    }
}

/// Returns `program first-argument second-argument`, which is enough for an error message.
fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_name().into_iter();
    let words = program.chain(command.get_args().take(2));
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_program_is_named() {
        let stop = Stop(Arc::default());
        let error = stop
            .run(Command::new("sh").args(["-c", "exit 3"]))
            .unwrap_err();
        assert_eq!(error.to_string(), "sh -c exit 3 failed (exit status: 3)");
    }

    #[test]
    fn request_to_stop_ends_programs_and_starts_no_others() {
        let stop = Stop(Arc::default());
        let (child, guard) = stop.start(Command::new("sleep").arg("600")).unwrap();
        stop.request();
        let running = stop.finish(&Command::new("sleep"), child, guard);
        assert!(running.unwrap_err().is::<Stopped>());
        let next = stop.run(&mut Command::new("true"));
        assert!(next.unwrap_err().is::<Stopped>());
    }
}
