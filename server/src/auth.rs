//! From a bearer token to a verified user. Only this module touches a token.
//!
//! - [`token`]: the token as it was presented; redacts itself
//! - [`user`]: who it speaks for
//! - [`validator`]: the question put to an auth server, as a trait
//! - [`userinfo`]: asks the user endpoint
//! - [`cache`]: answers are remembered briefly, and asked for once at a time
//! - [`endpoints`]: where the auth server's endpoints are, given or discovered
//! - [`extract`]: what handlers ask for: [`extract::SignedIn`]

pub mod cache;
pub mod endpoints;
pub mod extract;
pub mod token;
pub mod user;
pub mod userinfo;
pub mod validator;

pub use extract::SignedIn;
pub use user::VerifiedUser;
pub use validator::{AuthError, TokenValidator};
