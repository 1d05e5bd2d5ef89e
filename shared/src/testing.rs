//! Random inputs for the engine, and the laws that hold for every one of them.
//!
//! Property tests, fuzzing and the server's fault tests share this module. They turn bytes into the
//! same unusual data and check the same laws. It is compiled for tests and with the feature
//! `testing` only.
//!
//! - [`byte_source`]: decisions made from bytes
//! - [`conservation`]: counts the members that a transfer loses or duplicates
//! - [`cookie`]: the laws of the session cookie
//! - `corpus`: replays the inputs that fuzzing kept
//! - [`entries`]: valid and broken stored lists that collide in names, ids and members
//! - [`flask_session`]: the laws of GN2's sessions and their cookie
//! - [`formats`]: collections for files, and the laws of every format
//! - [`inputs`]: inputs of transfers, choices, and collections of a browser
//! - [`laws`]: the laws of plan, apply and undo
//! - [`reader`]: the laws of the reader
//! - [`setops`]: overlapping collections, and the laws of their algebra

pub mod byte_source;
pub mod conservation;
pub mod cookie;
#[cfg(test)]
mod corpus;
pub mod entries;
pub mod flask_session;
pub mod formats;
pub mod inputs;
pub mod laws;
pub mod reader;
pub mod setops;
