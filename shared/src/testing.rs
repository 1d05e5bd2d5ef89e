//! Random inputs for the engine, and the laws that hold for every one of them.
//!
//! Property tests, fuzzing and the fault tests of the server share this: all of them turn bytes into the
//! same odd data and ask for the same promises. Compiled for tests and with the feature `testing` only.
//!
//! - [`cookie`]: what must hold for the check of the session cookie
//! - `corpus`: what fuzzing found worth keeping, replayed
//! - [`dice`]: decisions taken from bytes
//! - [`entries`]: stored lists, sound and broken, that collide in names, ids and members
//! - [`formats`]: collections for files, and what must hold for every format
//! - [`inputs`]: what a transfer is planned on, choices, and collections of a browser
//! - [`setops`]: collections that overlap, and the laws of their algebra
//! - [`tally`]: where every member of every collection went
//! - [`laws`]: what must hold for plan, apply and undo
//! - [`reading`]: what must hold for the reader

pub mod cookie;
#[cfg(test)]
mod corpus;
pub mod dice;
pub mod entries;
pub mod formats;
pub mod inputs;
pub mod laws;
pub mod reading;
pub mod setops;
pub mod tally;
