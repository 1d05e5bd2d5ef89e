//! A point in time, readable by people and programs.

use crate::text::format::{date, date_time};
use shared::timestamp::Timestamp;
use yew::prelude::*;

/// Properties of [`When`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct WhenProps {
    /// The point in time.
    pub at: Timestamp,
    /// Whether the time of day matters.
    #[prop_or_default]
    pub minute: bool,
}

/// A date, or a date with its time of day, in the browser's locale and time zone.
#[component]
pub fn When(props: &WhenProps) -> Html {
    let words = if props.minute {
        date_time(props.at)
    } else {
        date(props.at)
    };
    html! { <time datetime={props.at.to_rfc3339()}>{ words }</time> }
}
