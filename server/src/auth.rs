//! From a bearer token to a verified user. Only this module touches a token.
//!
//! - [`token`]: the token as it was presented; redacts itself
//! - [`user`]: who it speaks for
//! - [`validator`]: the question put to an auth server, as a trait
//! - [`userinfo`]: asks the user endpoint
//! - [`jwt`]: reads the token itself, signed with one of the [`jwks`]
//! - [`introspection`]: asks the introspection endpoint
//! - [`choose`]: the one that the configuration names
//! - [`profile`], [`claims`]: what auth servers say of people and of tokens
//! - [`cache`]: answers are remembered briefly, and asked for once at a time
//! - [`endpoints`]: where the auth server's endpoints are, given or discovered
//! - [`client`]: what this deployment asks the auth server as a client of it
//! - [`mediated`]: sign-in by our server, for auth servers that only know confidential clients
//! - [`extract`]: what handlers ask for: [`extract::SignedIn`]

pub mod cache;
pub mod choose;
mod claims;
pub mod client;
pub mod endpoints;
pub mod extract;
pub mod introspection;
pub mod jwks;
pub mod jwt;
pub mod key;
pub mod mediated;
mod profile;
pub mod token;
pub mod user;
pub mod userinfo;
pub mod validator;

pub use extract::SignedIn;
pub use mediated::MediationError;
pub use user::VerifiedUser;
pub use validator::{AuthError, TokenValidator};
