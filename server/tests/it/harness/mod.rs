//! What every test starts: its own Redis, its own user endpoint, its own server.

mod certificates;
mod clock;
mod data;
mod port;
mod process;
mod proxy;
mod redis;
mod say;
mod sentinel;
mod server;
mod signer;
mod token_endpoint;
mod user_endpoint;
mod within;

pub(crate) use certificates::Certificates;
pub(crate) use clock::Turned;
pub(crate) use data::{MessyCase, Person, Record, messy, people, sample};
pub(crate) use port::free_port;
pub(crate) use process::{Serving, command};
pub(crate) use proxy::{Ambush, Moment, Proxy};
pub(crate) use redis::{Redis, patient};
pub(crate) use say::{long, say, seed};
pub(crate) use sentinel::Sentinel;
pub(crate) use server::{Answer, Setup, bearer};
pub(crate) use signer::{Signer, SigningKey, unix_now};
pub(crate) use token_endpoint::{CLIENT_ID, CLIENT_SECRET, Manner, Proof, TokenEndpoint, code};
pub(crate) use user_endpoint::{Mood, UserEndpoint, token};
pub(crate) use within::within;
