//! What every test starts: its own Redis, its own user endpoint, its own server.

mod data;
mod redis;
mod server;
mod user_endpoint;

pub(crate) use data::{MessyCase, Person, Record, messy, people, sample};
pub(crate) use redis::Redis;
pub(crate) use server::{Answer, Setup, bearer};
pub(crate) use user_endpoint::{Mood, UserEndpoint};
