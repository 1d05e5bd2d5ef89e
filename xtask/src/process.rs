//! Starts other programs, and ends them when this one is asked to end.
//!
//! Every program runs in a process group of its own: a Ctrl-C in the terminal then reaches only us, and we end the
//! others in the order that suits. [`run`](Stop::run) is for a program that does its work and ends, [`Service`] for one
//! that runs until it is told to end. A [`keeper`] ends either when we are killed.

mod keeper;
mod service;
mod stop;

pub(crate) use service::Service;
pub(crate) use stop::{Event, Stop, Stopped};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// Tells a process group to end.
fn end(group: Pid) {
    // A stopped process takes a signal only once it goes on. Both fail only when the group is gone, which is the aim.
    let _ = killpg(group, Signal::SIGTERM);
    let _ = killpg(group, Signal::SIGCONT);
}

fn pid_of(child: &std::process::Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}
