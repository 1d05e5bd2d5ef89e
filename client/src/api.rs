//! The only place that speaks HTTP with our server.
//!
//! - [`public`]: what anyone may ask
//! - [`authorised`]: what needs a sign-in; it cannot be made without one
//! - [`collections`]: the account's own collections, read and changed
//! - [`error`]: how a request can fail
//! - [`retry`]: asks again after an error that will pass

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
