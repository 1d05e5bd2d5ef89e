//! Names in running text. A name is free text: any script and direction, HTML, any length.

use crate::text::format::short;
use crate::text::general::NO_NAME;
use yew::prelude::*;

/// A name as stored, set apart from the direction of the text around it.
pub fn isolated_name(name: &str) -> Html {
    let name = if name.trim().is_empty() {
        NO_NAME
    } else {
        name
    };
    html! { <bdi>{ name }</bdi> }
}

/// A sentence of the catalogue, with a name that stands out from it where the sentence says `{name}`.
pub fn sentence(text: &str, name: Option<&str>) -> Html {
    match (text.split_once("{name}"), name) {
        (Some((before, after)), Some(name)) => html! {
            <>{ before }<b>{ isolated_name(&short(name)) }</b>{ after }</>
        },
        _ => html! { { text } },
    }
}
