//! Signing in again from a dialog, which covers the button at the top of the page.

use crate::components::button;
use crate::hooks::{SessionStatus, use_address, use_session};
use crate::text::general::SIGN_IN_AGAIN;
use yew::prelude::*;

/// Renders a button that signs in again in a second window; nothing unless the sign-in has expired.
#[hook]
pub fn use_sign_in_again() -> Html {
    let (session, address) = (use_session(), use_address());
    if !matches!(session.status, SessionStatus::Expired(_)) {
        return Html::default();
    }
    let on_click = session.sign_in.reform(move |()| address.clone());
    button("", SIGN_IN_AGAIN, &on_click)
}
