//! Sign-in by OAuth2 authorization code with PKCE. The only place that touches a token.
//!
//! - [`flow`]: the pure state machine: events in, commands out
//! - [`callback`]: reads and checks what the sign-in server sent back
//! - [`attempt`]: one attempt to sign in; [`pending`] keeps attempts in this tab
//! - [`return_path`]: where to go afterwards: one of our own routes
//! - [`tokens`]: what the token endpoint gave, redacted; [`credentials`] puts it on a request
//! - [`departure`]: addresses of the sign-in server to go to; [`exchange`] calls its endpoints
//! - [`machine`]: runs the commands of [`flow`] on the edges above
//!
//! A token lives in memory only; an attempt's verifier in sessionStorage until its first use.

pub mod attempt;
pub mod callback;
pub mod credentials;
pub mod departure;
pub mod error;
pub mod exchange;
pub mod flow;
pub mod machine;
pub mod pending;
pub mod return_path;
pub mod tokens;

#[cfg(test)]
pub(crate) mod fixtures;

pub use credentials::Credentials;
pub use error::SignInError;
pub use machine::Machine;
pub use return_path::ReturnPath;
