//! Messages that stand on the page.

use crate::api::ApiError;
use crate::text::errors::{self, Words};
use shared::problem::Slug;
use std::rc::Rc;
use yew::prelude::*;

/// How grave a message is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// For information; part of the page.
    #[default]
    Plain,
    /// Something does not work for the moment; announced when there is nothing else to say.
    Caution,
    /// Something else has to be decided first; announced at once.
    Warning,
    /// Something asked for did not happen; announced at once.
    Danger,
}

/// Properties of [`Notice`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// How grave it is.
    #[prop_or_default]
    pub tone: Tone,
    /// What happened.
    pub title: AttrValue,
    /// What that means and what to do next.
    #[prop_or_default]
    pub children: Html,
}

/// A message with a heading.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (class, role) = match props.tone {
        Tone::Plain => ("notice", None),
        Tone::Caution => ("notice notice--caution", Some("status")),
        Tone::Warning => ("notice notice--caution", Some("alert")),
        Tone::Danger => ("notice notice--danger", Some("alert")),
    };
    html! {
        <div {class} {role}>
            <h2>{ &*props.title }</h2>
            { props.children.clone() }
        </div>
    }
}

/// Properties of [`Failure`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct FailureProps {
    /// What went wrong.
    pub error: Rc<ApiError>,
    /// What can be done about it, besides waiting.
    #[prop_or_default]
    pub children: Html,
}

/// Says why something could not be fetched. Nothing was asked to change, so it is never an alarm.
#[component]
pub fn Failure(props: &FailureProps) -> Html {
    let Words { title, body } = errors::api(&props.error);
    // An address that is not verified yet is no fault, and nothing has to be done about it in a hurry.
    let tone = match props.error.slug() {
        Some(Slug::EmailNotVerified) => Tone::Plain,
        _ => Tone::Caution,
    };
    html! {
        <Notice {tone} {title}>
            <p>{ body }</p>
            { props.children.clone() }
        </Notice>
    }
}
