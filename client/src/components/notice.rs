//! Messages that are part of the page.

use crate::api::ApiError;
use crate::text::errors::{self, NoticeText};
use crate::text::general::SIGN_IN_AGAIN_TO_SEE;
use shared::problem::Slug;
use yew::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Information; not announced to screen readers.
    Info,
    /// Something does not work at the moment; announced when nothing else is being read.
    Caution,
    /// The user has to decide something first; announced at once.
    Warning,
    /// An action of the user failed; announced at once.
    Danger,
}

pub fn notice(severity: Severity, title: &str, body: Html) -> Html {
    let (class, role) = match severity {
        Severity::Info => ("notice", None),
        Severity::Caution => ("notice notice--caution", Some("status")),
        Severity::Warning => ("notice notice--caution", Some("alert")),
        Severity::Danger => ("notice notice--danger", Some("alert")),
    };
    html! {
        <div {class} {role}>
            <h2>{ title }</h2>
            { body }
        </div>
    }
}

/// Says why something could not be fetched. `action` is what the user can do about it besides
/// waiting. The top of every page says that the sign-in has expired, so this does not.
pub fn api_error_notice(error: &ApiError, action: Html) -> Html {
    if error.requires_sign_in() {
        return html! { <><p class="soft">{ SIGN_IN_AGAIN_TO_SEE }</p>{ action }</> };
    }
    let NoticeText { title, body } = errors::api_error(error);
    // An address that is not verified yet is no fault and not urgent.
    let severity = match error.slug() {
        Some(Slug::EmailNotVerified) => Severity::Info,
        _ => Severity::Caution,
    };
    notice(severity, title, html! { <><p>{ body }</p>{ action }</> })
}

/// Says in a form why its submission failed.
pub fn form_error(error: &NoticeText, action: &Html) -> Html {
    html! {
        <>
            <p class="field__error" role="alert">
                <strong>{ error.title }{ ". " }</strong>
                { &error.body }
            </p>
            { action.clone() }
        </>
    }
}
