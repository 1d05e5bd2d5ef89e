//! The session of the person who is signed in.

use crate::state::session::{CallbackOutcome, Session};
use yew::prelude::*;

/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_session() -> Session {
    use_context().expect("Session comes from Providers")
}

/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_callback_outcome() -> CallbackOutcome {
    use_session().callback
}
