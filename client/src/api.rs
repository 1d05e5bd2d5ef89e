//! HTTP requests to our server.
//!
//! - [`public`]: requests without a sign-in
//! - [`authorised`]: requests that need a sign-in
//! - [`collections`]: reads and changes the collections of the account
//! - [`error`]: how a request can fail
//! - [`retry`]: repeats requests after transient errors

pub mod authorised;
pub mod collections;
pub mod error;
pub(crate) mod http;
pub mod public;
pub mod retry;

pub use authorised::AuthorisedApi;
pub use collections::Versioned;
pub use error::ApiError;
pub use public::PublicApi;
