//! Messages that stand on the page.

use crate::api::ApiError;
use crate::text::errors::{self, Words};
use crate::text::general::AFTER_SIGN_IN;
use shared::problem::Slug;
use yew::prelude::*;

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information; part of the page.
    Plain,
    /// Something does not work for the moment; announced when there is nothing else to say.
    Caution,
    /// Something else has to be decided first; announced at once.
    Warning,
    /// Something asked for did not happen; announced at once.
    Danger,
}

/// A message: its heading says what happened, its body what that means and what to do next.
pub fn notice(tone: Tone, title: &str, body: Html) -> Html {
    let (class, role) = match tone {
        Tone::Plain => ("notice", None),
        Tone::Caution => ("notice notice--caution", Some("status")),
        Tone::Warning => ("notice notice--caution", Some("alert")),
        Tone::Danger => ("notice notice--danger", Some("alert")),
    };
    html! {
        <div {class} {role}>
            <h2>{ title }</h2>
            { body }
        </div>
    }
}

/// Says why something could not be fetched, and what can be done about it besides waiting, if anything.
/// Nothing was asked to change, so it is never an alarm. That the sign-in has expired is said at the top of every page, so it
/// is not said here as well.
pub fn failure(error: &ApiError, remedy: Html) -> Html {
    if error.is_unauthenticated() {
        return html! { <><p class="soft">{ AFTER_SIGN_IN }</p>{ remedy }</> };
    }
    let Words { title, body } = errors::api(error);
    // An address that is not verified yet is no fault, and nothing has to be done about it in a hurry.
    let tone = match error.slug() {
        Some(Slug::EmailNotVerified) => Tone::Plain,
        _ => Tone::Caution,
    };
    notice(tone, title, html! { <><p>{ body }</p>{ remedy }</> })
}
