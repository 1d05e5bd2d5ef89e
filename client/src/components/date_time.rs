//! Points in time, in the locale and time zone of the browser.

use crate::text::collections::CHANGED;
use crate::text::format::{date, date_time};
use shared::timestamp::Timestamp;
use yew::prelude::*;

pub fn changed_date(at: Timestamp) -> Html {
    html! { <span>{ CHANGED }{ " " }<time datetime={at.to_rfc3339()}>{ date(at) }</time></span> }
}

pub fn date_and_time(at: Timestamp) -> Html {
    html! { <time datetime={at.to_rfc3339()}>{ date_time(at) }</time> }
}
