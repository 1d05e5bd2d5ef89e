//! Adding traits by typing or pasting them or from files, with a report of what would be added before anything is.

use crate::components::page::idle;
use crate::components::traits_field::traits_field;
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::use_gathering;
use crate::text::collection::{self as text, Purpose};
use std::collections::HashSet;
use std::rc::Rc;
use yew::prelude::*;

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

/// The form that adds traits. It empties itself once what it held is in the collection. In a small window (see `collection.css`)
/// a button opens it, so that the traits that are there come into view first.
#[component]
pub fn AddTraits(props: &AddTraitsProps) -> Html {
    let gathering = use_gathering(props.members.clone());
    // What stood in the field when traits were last sent off, and these traits.
    let sent = use_mut_ref(|| None::<(AttrValue, Vec<String>)>);
    {
        let (gathering, sent) = (gathering.clone(), sent.clone());
        use_effect_with(props.members.clone(), move |members| {
            let mut sent = sent.borrow_mut();
            // That they are in the collection is the proof that they were stored.
            let stored = sent
                .as_ref()
                .filter(|(_, traits)| all_in(traits, members))
                .map(|(text, _)| *text == gathering.written && !gathering.is_reading());
            if let Some(unchanged) = stored {
                *sent = None;
                if unchanged {
                    gathering.clear();
                }
            }
        });
    }
    // Where there is no trait yet, adding is what one comes for.
    let open = use_state(|| props.members.is_empty());
    let toggle = {
        let (open, now) = (open.setter(), *open);
        move |_: MouseEvent| open.set(!now)
    };
    // Who writes in a large window, where it is always open, keeps it when that shrinks.
    let onfocusin = (!*open).then(|| {
        let open = open.setter();
        Callback::from(move |_: FocusEvent| open.set(true))
    });
    let count = gathering.count();
    let disabled = props.busy || count == 0 || gathering.is_reading();
    let onsubmit = {
        let (gathering, on_add) = (gathering.clone(), props.on_add.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !disabled {
                let traits = gathering.all();
                sent.replace(Some((gathering.written.clone(), traits.clone())));
                on_add.emit(traits);
            }
        })
    };
    let label = html! {
        <label for="add-traits" class="visually-hidden">{ text::ADD_LABEL }</label>
    };
    html! {
        <form class="add-traits" aria-labelledby="add-title" {onsubmit}>
            <h2 id="add-title">{ text::ADD_TITLE }</h2>
            <button
                type="button"
                class="button button--quiet add-traits__toggle"
                aria-expanded={open.to_string()}
                aria-controls="add-fields"
                onclick={toggle}
            >
                { text::ADD_TITLE }
            </button>
            <div id="add-fields" class="add-traits__fields" {onfocusin}>
                { traits_field("add-traits", label, &gathering, Purpose::Adding) }
                <div class="actions">
                    <button type="submit" class="button button--primary" aria-disabled={idle(disabled)}>
                        { text::add_button(count) }
                    </button>
                </div>
            </div>
        </form>
    }
}

fn all_in(traits: &[String], members: &[String]) -> bool {
    let known: HashSet<&str> = members.iter().map(String::as_str).collect();
    traits.iter().all(|one| known.contains(one.as_str()))
}
