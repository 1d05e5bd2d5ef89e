//! Starts other programs, and ends them when this one is asked to end.
//!
//! Every program runs in a process group of its own: a Ctrl-C in the terminal then reaches only
//! xtask, which ends the others in the right order. [`run`](Stop::run) is for a program that ends
//! by itself, [`Service`] for one that runs until it is told to end. A [`watchdog`] ends either
//! when xtask is killed.

mod service;
mod stop;
mod watchdog;

pub(crate) use service::Service;
pub(crate) use stop::{Event, Stop, Stopped};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// Tells a process group to end.
fn end(group: Pid) {
    // A suspended process takes a signal only once it continues. Both calls fail only when the
    // group is gone already.
    let _ = killpg(group, Signal::SIGTERM);
    let _ = killpg(group, Signal::SIGCONT);
}

fn pid_of(child: &std::process::Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}
