//! Who is signed in.

use crate::state::session::{CallbackOutcome, Session};
use yew::prelude::*;

/// The sign-in and the means to change it.
///
/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_session() -> Session {
    use_context().expect("Session comes from Providers")
}

/// What became of the return from the sign-in server.
///
/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_callback_outcome() -> CallbackOutcome {
    use_session().callback
}
