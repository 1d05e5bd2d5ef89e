//! What can be done, within a dialog, about an error that an expired sign-in has caused: what is behind the dialog is out of
//! reach.

use crate::hooks::{SessionStatus, use_navigator, use_session};
use crate::route::Route;
use crate::text::general::SIGN_IN_AGAIN;
use yew::prelude::*;

/// A button that signs in again, in a second window; nothing while the sign-in is good.
#[hook]
pub fn use_remedy() -> Html {
    let (session, navigator) = (use_session(), use_navigator());
    if !matches!(session.status, SessionStatus::Expired(_)) {
        return Html::default();
    }
    let onclick = session
        .sign_in
        .reform(move |_: MouseEvent| match &navigator {
            Some(navigator) => navigator.path().to_string(),
            None => Route::Collections.to_path(),
        });
    html! { <button type="button" class="button" {onclick}>{ SIGN_IN_AGAIN }</button> }
}
