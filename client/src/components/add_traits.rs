//! Adding traits by typing or pasting them, with a report of what would be added before anything is.
//!
//! - [`mod@parse`]: what was written, piece by piece

pub mod parse;

use crate::hooks::light::{use_effect_with, use_state};
use crate::text::collection as text;
use crate::text::collections::TRAITS_HINT;
use parse::{Parsed, parse};
use std::collections::HashSet;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// How many of the pieces that are left out are listed.
const LISTED: usize = 5;

/// Properties of [`AddTraits`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AddTraitsProps {
    /// What the collection holds.
    pub members: Rc<[String]>,
    /// Whether the last addition is being stored.
    pub busy: bool,
    /// The user wants to add these; none of them is in the collection.
    pub on_add: Callback<Vec<String>>,
}

/// The form that adds traits. It empties itself once what it held is in the collection.
#[component]
pub fn AddTraits(props: &AddTraitsProps) -> Html {
    let written = use_state(String::new);
    // What was written when traits were last sent off, and these traits.
    let sent = use_mut_ref(|| None::<(String, Vec<String>)>);
    let parsed = use_memo(
        ((*written).clone(), props.members.clone()),
        |(written, members)| parse(written, members),
    );
    {
        let (written, sent) = (written.clone(), sent.clone());
        use_effect_with(props.members.clone(), move |members| {
            let mut sent = sent.borrow_mut();
            // That they are in the collection is the proof that they were stored.
            let stored = sent
                .as_ref()
                .filter(|(_, traits)| all_in(traits, members))
                .map(|(text, _)| *text == *written);
            if let Some(unchanged) = stored {
                *sent = None;
                if unchanged {
                    written.set(String::new());
                }
            }
        });
    }
    let oninput = {
        let written = written.setter();
        Callback::from(move |event: InputEvent| {
            written.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let onsubmit = {
        let (parsed, sent, on_add) = (parsed.clone(), sent.clone(), props.on_add.clone());
        let written = written.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !parsed.new.is_empty() {
                sent.replace(Some(((*written).clone(), parsed.new.clone())));
                on_add.emit(parsed.new.clone());
            }
        })
    };
    html! {
        <form class="add-traits" aria-labelledby="add-title" {onsubmit}>
            <h2 id="add-title">{ text::ADD_TITLE }</h2>
            <div class="field">
                <label for="add-traits" class="visually-hidden">{ text::ADD_LABEL }</label>
                <span class="field__hint" id="add-hint">{ TRAITS_HINT }</span>
                <textarea
                    id="add-traits"
                    aria-describedby="add-hint"
                    autocapitalize="off"
                    spellcheck="false"
                    value={(*written).clone()}
                    {oninput}
                />
            </div>
            { trait_report(&parsed) }
            <div class="actions">
                <button
                    type="submit"
                    class="button button--primary"
                    disabled={props.busy || parsed.new.is_empty()}
                >
                    { text::add_button(parsed.new.len()) }
                </button>
            </div>
        </form>
    }
}

fn all_in(traits: &[String], members: &[String]) -> bool {
    let known: HashSet<&str> = members.iter().map(String::as_str).collect();
    traits.iter().all(|one| known.contains(one.as_str()))
}

/// What would be added, what is there already, and what is left out with its line and reason.
pub fn trait_report(parsed: &Parsed) -> Html {
    let Parsed {
        new,
        repeated,
        malformed,
    } = parsed;
    let nothing = new.is_empty() && *repeated == 0 && malformed.is_empty();
    html! {
        <div class="report" role="status">
            if !nothing {
                <p>{ text::report(new.len(), *repeated, malformed.len()) }</p>
            }
            if !malformed.is_empty() {
                <ul>
                    for piece in malformed.iter().take(LISTED) {
                        <li><bdi>{ text::malformed(piece.line, &piece.text) }</bdi></li>
                    }
                    if malformed.len() > LISTED {
                        <li>{ text::more_malformed(malformed.len() - LISTED) }</li>
                    }
                </ul>
            }
        </div>
    }
}
