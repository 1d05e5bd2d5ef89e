//! Sign-in by OAuth2 authorization code with PKCE. The only place that touches a token.
//!
//! - [`flow`]: the pure state machine: events in, commands out; [`machine`] runs it on the edges below
//! - [`callback`]: reads and checks what the sign-in server sent back
//! - [`attempt`]: one attempt to sign in; [`pending`] keeps attempts in this tab
//! - [`return_path`]: where to go afterwards: one of our own routes
//! - [`tokens`]: what was issued, redacted; [`credentials`] lends it to requests, [`renewal`] renews it
//! - [`departure`]: addresses of the sign-in server to go to; [`exchange`] calls its endpoints
//! - [`mediated`]: the same by our own server; [`mark`]: what must outlive the page then
//! - [`tabs`]: what tabs tell each other; [`session_end`]: the end, everywhere
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
pub mod mark;
pub mod mediated;
pub mod pending;
mod renewal;
pub mod return_path;
mod session_end;
pub mod tabs;
pub mod tokens;

#[cfg(test)]
pub(crate) mod fixtures;

pub use credentials::Credentials;
pub use error::SignInError;
pub use machine::Machine;
pub use return_path::ReturnPath;
