//! Sign-in by OAuth2 authorization code with PKCE. Only this module handles tokens.
//!
//! - [`flow`]: the pure state machine: its state, events and commands; [`transitions`] maps each
//!   event to the next state
//! - [`runtime`]: executes the commands and reports back with events
//! - [`redirect`]: goes to the sign-in server and back; [`authorize_url`]: its addresses;
//!   [`authorization_response`]: checks what it sends; [`response_parameters`]: its query
//! - [`sign_in_attempt`]: a sign-in that waits for its response; [`attempt_storage`]: keeps it in
//!   this tab
//! - [`token_endpoint`]: calls the sign-in server; [`server_session`]: signs in through our server
//! - [`tokens`], [`credentials`], [`renewal`]: holds tokens, lends them to requests, renews them
//! - [`confirmation`]: whether the person is asked who they are
//! - [`pending_session`]: the unsettled state of a sign-in through our server;
//!   [`remembered_user`]: who was signed in
//! - [`tab_messages`]: messages between tabs; [`logout`]: ends the session on all servers
//! - [`return_path`]: the page to return to after the sign-in
//!
//! Tokens stay in memory. A code verifier stays in sessionStorage until its first use.

pub mod attempt_storage;
pub mod authorization_response;
pub mod authorize_url;
pub mod confirmation;
pub mod credentials;
pub mod error;
pub mod flow;
mod logout;
pub mod pending_session;
pub mod redirect;
pub mod remembered_user;
mod renewal;
mod response_parameters;
pub mod return_path;
pub mod runtime;
pub mod server_session;
pub mod sign_in_attempt;
pub mod tab_messages;
pub mod token_endpoint;
pub mod tokens;
mod transitions;

#[cfg(test)]
pub(crate) mod fixtures;

pub use credentials::Credentials;
pub use error::SignInError;
pub use return_path::ReturnPath;
pub use runtime::AuthRuntime;
