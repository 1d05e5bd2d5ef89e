//! A point in time, readable by people and programs: in the browser's locale and time zone, or as it is.

use crate::text::collections::CHANGED;
use crate::text::format::{date, date_time};
use shared::timestamp::Timestamp;
use yew::prelude::*;

/// The date on which something last changed.
pub fn changed(at: Timestamp) -> Html {
    html! { <span>{ CHANGED }{ " " }<time datetime={at.to_rfc3339()}>{ date(at) }</time></span> }
}

/// The date and the time of day, where that matters.
pub fn minute(at: Timestamp) -> Html {
    html! { <time datetime={at.to_rfc3339()}>{ date_time(at) }</time> }
}
