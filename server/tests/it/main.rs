//! Integration tests: the whole server over HTTP, on a real Redis that each test starts for itself.
//!
//! - [`harness`]: Redis, a user endpoint, the server
//! - `contract`: every endpoint's answers and refusals
//! - `people`: the eight people of the sample data
//! - `storms`: many requests at once
//! - `transfers`: once and only once, whatever happens around it
//! - `undo`: taking them back
//! - `acl`: what the server may do in Redis
//! - `audit`: what was done and what was refused, and nothing about people
//! - `edits`: creating, changing and deleting an account's collections
//! - `repeated`: edits whose answer was lost
//! - `writers`: many edits at once, and gn-auth between them
//! - `faults`: connections cut, server and Redis killed, at every command
//! - `foreign_writer`: another program writes the same list
//! - `large`: lists far larger than anybody's
//! - `watched`: somebody writes while a large transfer is made
//! - `legacy_index`: accounts found by address, in one round trip
//! - `messy`: malformed and unusual records
//! - `metrics`: what Prometheus is told
//! - `replication`: the primary dies and a replica takes over
//! - `tls`: Redis behind TLS
//! - `soak`: mixed load for minutes
//! - `imports`: collections made without signing in
//! - `sessions`: collections of GN2's anonymous sessions
//! - `interop`: gn-auth can read what is written
//! - `limits`: how often, how much, how slowly
//! - `logs`: what must never be logged
//! - `mediated`: sign-in through our server
//! - `operator`: commands for those who run it
//! - `outages`: Redis or the auth server gone
//! - `openapi`: the description of the API
//! - `delivery`: compression and connections
//! - `doctor`: what operators ask when something does not work
//! - `refusals`: tokens and auth servers that are not believed
//! - `validators`: the three ways to check a token
//! - `process`: the command as operators run it

mod acl;
mod audit;
mod contract;
mod delivery;
mod doctor;
mod edits;
mod faults;
mod foreign_writer;
mod harness;
mod history;
mod imports;
mod interop;
mod large;
mod legacy_index;
mod limits;
mod logs;
mod mediated;
mod messy;
mod metrics;
mod openapi;
mod operator;
mod outages;
mod people;
mod process;
mod refusals;
mod repeated;
mod replication;
mod sessions;
mod soak;
mod storms;
mod tls;
mod transfers;
mod undo;
mod validators;
mod watched;
mod writers;
