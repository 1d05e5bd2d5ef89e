//! Authentication: turns a bearer token into a verified user. No other module reads a token.
//!
//! - [`token`]: the token of a request; its `Debug` output hides it
//! - [`user`]: the person a token belongs to
//! - [`validator`]: the trait of everything that checks tokens
//! - [`userinfo`], [`jwt`], [`introspection`]: the three validators
//! - [`jwks`], [`key`]: the auth server's public keys, for [`jwt`]
//! - [`choose`]: the validator that the configuration names
//! - [`profile`], [`claims`]: the auth server's statements about people and tokens
//! - [`refusal`]: the auth server's error responses to a token
//! - [`cache`]: remembers validation results briefly
//! - [`endpoints`]: the auth server's endpoints, configured or discovered
//! - [`client`]: requests of this deployment as an OAuth2 client
//! - [`mediated`]: sign-in by this server, for auth servers without public clients

pub mod cache;
pub mod choose;
mod claims;
pub mod client;
pub mod endpoints;
pub mod introspection;
pub mod jwks;
pub mod jwt;
pub mod key;
pub mod mediated;
mod profile;
pub mod refusal;
pub mod token;
pub mod user;
pub mod userinfo;
pub mod validator;

pub use mediated::MediationError;
pub use user::VerifiedUser;
pub use validator::{AuthError, TokenValidator};
