//! The wish to stop: Ctrl-C, SIGTERM or a closed terminal, told to whoever waits.

use super::{end, keeper::Keeper, pid_of};
use anyhow::{Context, Result, bail};
use nix::unistd::Pid;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};
use std::{
    collections::BTreeSet,
    fmt,
    os::unix::process::CommandExt,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc::Sender},
    thread,
};

/// Something that a running demo must act on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// We were asked to stop.
    Stop,
    /// A service ended, asked or not: its name and how it ended.
    Ended(&'static str, String),
}

/// The error of work that was cut short because we were asked to stop.
#[derive(Debug)]
pub(crate) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// Handle on the wish to stop. Clones share it.
#[derive(Clone)]
pub(crate) struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    requested: bool,
    /// Programs that [`Stop::run`] waits for: nobody else would end them.
    running: BTreeSet<Pid>,
    listener: Option<Sender<Event>>,
}

impl Stop {
    /// Takes over the signals that ask a program to end.
    pub(crate) fn on_signals() -> Result<Self> {
        let stop = Self(Arc::default());
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot listen for signals")?;
        let told = stop.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                told.request();
            }
        });
        Ok(stop)
    }

    fn request(&self) {
        let mut state = self.state();
        state.requested = true;
        state.running.iter().copied().for_each(end);
        if let Some(listener) = &state.listener {
            // A listener that is gone has nothing left to stop.
            let _ = listener.send(Event::Stop);
        }
    }

    /// Tells `listener` of the wish to stop, at once if it was uttered before.
    pub(crate) fn tell(&self, listener: Sender<Event>) {
        let mut state = self.state();
        if state.requested {
            let _ = listener.send(Event::Stop);
        }
        state.listener = Some(listener);
    }

    /// Fails with [`Stopped`] once we were asked to stop.
    pub(crate) fn check(&self) -> Result<()> {
        if self.state().requested {
            bail!(Stopped);
        }
        Ok(())
    }

    /// Runs a program to its end; it prints where we print. Fails unless it succeeds.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        let (child, guard) = self.start(command)?;
        self.finish(command, child, guard)?;
        Ok(())
    }

    /// Runs a program to its end and answers what it wrote to stdout.
    pub(crate) fn read(&self, command: &mut Command) -> Result<String> {
        let (child, guard) = self.start(command.stdout(Stdio::piped()))?;
        let output = self.finish(command, child, guard)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs a program to its end; shows what it wrote to stderr only if it fails.
    pub(crate) fn run_quietly(&self, command: &mut Command) -> Result<()> {
        let (child, guard) = self.start(command.stderr(Stdio::piped()))?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
        }
        self.judge(command, &output, guard)
    }

    fn start(&self, command: &mut Command) -> Result<(Child, Running<'_>)> {
        // Held while the program starts, so that a wish to stop comes before or after, never in between.
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
        let keeper = Keeper::of(group).inspect_err(|_| end(group))?;
        state.running.insert(group);
        let running = Running {
            stop: self,
            group,
            _keeper: keeper,
        };
        Ok((child, running))
    }

    fn finish(&self, command: &Command, child: Child, guard: Running<'_>) -> Result<Output> {
        let output = child.wait_with_output()?;
        self.judge(command, &output, guard)?;
        Ok(output)
    }

    /// Fails where the program failed, or we were asked to stop meanwhile.
    fn judge(&self, command: &Command, output: &Output, guard: Running<'_>) -> Result<()> {
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
struct Running<'a> {
    stop: &'a Stop,
    group: Pid,
    _keeper: Keeper,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.stop.state().running.remove(&self.group);
    }
}

/// `program first-argument second-argument`, enough to know which one it was.
fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let words = program
        .file_name()
        .into_iter()
        .chain(command.get_args().take(2));
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named() {
        let stop = Stop(Arc::default());
        let error = stop
            .run(Command::new("sh").args(["-c", "exit 3"]))
            .unwrap_err();
        assert_eq!(error.to_string(), "sh -c exit 3 failed (exit status: 3)");
    }

    #[test]
    fn a_wish_to_stop_ends_what_runs_and_lets_nothing_start() {
        let stop = Stop(Arc::default());
        let (child, guard) = stop.start(Command::new("sleep").arg("600")).unwrap();
        stop.request();
        let command = Command::new("sleep");
        assert!(
            stop.finish(&command, child, guard)
                .unwrap_err()
                .is::<Stopped>()
        );
        assert!(
            stop.run(&mut Command::new("true"))
                .unwrap_err()
                .is::<Stopped>()
        );
    }
}
