//! The Redis, the auth servers and the server that each test starts for itself.

mod certificates;
mod clock;
mod data;
mod gn_auth;
mod local_server;
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
pub(crate) use clock::ManualClock;
pub(crate) use data::{
    FlaskSession, MessyCase, Person, Record, flask_sessions, messy, people, sample,
};
pub(crate) use gn_auth::GnAuth;
pub(crate) use port::free_port;
pub(crate) use process::{ServerProcess, command};
pub(crate) use proxy::{FaultPoint, Proxy, ProxyFault};
pub(crate) use redis::{Redis, without_timeouts};
pub(crate) use say::{long, say, seed};
pub(crate) use sentinel::Sentinel;
pub(crate) use server::{ApiResponse, Setup, bearer};
pub(crate) use signer::{Signer, SigningKey, unix_now};
pub(crate) use token_endpoint::{
    AuthServerKind, CLIENT_ID, CLIENT_SECRET, ClientAuthentication, TokenEndpoint, code,
};
pub(crate) use user_endpoint::{Behavior, UserEndpoint, token};
pub(crate) use within::within;
