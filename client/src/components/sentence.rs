//! Names in running text. A name is free text: any script and direction, HTML, any length.

use crate::text::format::short;
use crate::text::general::NO_NAME;
use yew::prelude::*;

/// Properties of [`Name`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NameProps {
    /// The name as stored.
    pub value: AttrValue,
}

/// A name, set apart from the direction of the text around it.
#[component]
pub fn Name(props: &NameProps) -> Html {
    let name = if props.value.trim().is_empty() {
        NO_NAME
    } else {
        &props.value
    };
    html! { <bdi>{ name }</bdi> }
}

/// Properties of [`Sentence`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SentenceProps {
    /// The sentence, with `{name}` where the name goes.
    pub text: AttrValue,
    /// The name.
    #[prop_or_default]
    pub name: Option<AttrValue>,
}

/// A sentence of the catalogue, filled with a name that stands out from it.
#[component]
pub fn Sentence(props: &SentenceProps) -> Html {
    match (props.text.split_once("{name}"), &props.name) {
        (Some((before, after)), Some(name)) => html! {
            <>{ before }<b><Name value={short(name)} /></b>{ after }</>
        },
        _ => html! { { &*props.text } },
    }
}
