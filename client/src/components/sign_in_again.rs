//! Signing in again from a dialog, which covers the button at the top of the page.

use crate::components::button;
use crate::hooks::{SessionStatus, use_session};
use crate::text::general::SIGN_IN_AGAIN;
use yew::prelude::*;

/// Renders a button that signs in again in a second window; nothing unless the sign-in has expired.
#[hook]
pub fn use_sign_in_again() -> Html {
    let session = use_session();
    if !matches!(session.status, SessionStatus::Expired(_)) {
        return Html::default();
    }
    button("", SIGN_IN_AGAIN, &session.sign_in)
}
