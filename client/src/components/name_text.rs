//! Names in running text. A name is free text in any script and direction and of any length.

use crate::text::format::short;
use crate::text::general::NO_NAME;
use yew::prelude::*;

/// Renders a name isolated from the text direction around it.
pub fn isolated_name(name: &str) -> Html {
    let is_blank = name.trim().is_empty();
    html! { <bdi translate="no">{ if is_blank { NO_NAME } else { name } }</bdi> }
}

/// Renders a text with the name in place of `{name}`.
pub fn text_with_name(text: &str, name: Option<&str>) -> Html {
    match (text.split_once("{name}"), name) {
        (Some((before, after)), Some(name)) => html! {
            <>{ before }<b>{ isolated_name(&short(name)) }</b>{ after }</>
        },
        _ => html! { { text } },
    }
}
