//! The form that adds typed, pasted or uploaded traits to a collection.

use crate::components::dom::aria_disabled;
use crate::components::traits_field::traits_field;
use crate::hooks::{TraitInput, use_toggle, use_trait_input};
use crate::text::collection::{self as text, Purpose};
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AddTraitsProps {
    pub members: Rc<[String]>,
    /// Whether traits are being stored.
    pub is_busy: bool,
    /// Called with traits that are not in the collection yet.
    pub on_add: Callback<Vec<String>>,
}

/// The form. It clears itself once its traits are in the collection. In a small window (see
/// `collection.css`) a button opens it, so that the existing traits come into view first.
#[component]
pub fn AddTraits(props: &AddTraitsProps) -> Html {
    let input = use_trait_input(props.members.clone());
    let submitted = use_mut_ref(|| None::<Submitted>);
    use_clear_when_stored(&props.members, &input, submitted.clone());
    let (is_open, on_toggle) = use_toggle(props.members.is_empty());
    // A large window always shows the form; a focused form stays open when the window shrinks.
    let onfocusin = (!*is_open).then(|| {
        let is_open = is_open.setter();
        Callback::from(move |_: FocusEvent| is_open.set(true))
    });
    let count = input.count_new_traits();
    let is_disabled = props.is_busy || count == 0 || input.is_reading();
    let onsubmit = {
        let (input, on_add) = (input.clone(), props.on_add.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_disabled {
                let traits = input.new_traits();
                submitted.replace(Some(Submitted {
                    text: input.text.clone(),
                    traits: traits.clone(),
                }));
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
                aria-expanded={is_open.to_string()}
                aria-controls="add-fields"
                onclick={on_toggle}
            >
                { text::ADD_TITLE }
            </button>
            <div id="add-fields" class="add-traits__fields" {onfocusin}>
                { traits_field("add-traits", label, &input, Purpose::Adding) }
                <div class="actions">
                    <button
                        type="submit"
                        class="button button--primary"
                        aria-disabled={aria_disabled(is_disabled)}
                    >
                        { text::add_button(count) }
                    </button>
                </div>
            </div>
        </form>
    }
}

/// The text of the field and the traits when the form was last submitted.
struct Submitted {
    text: AttrValue,
    traits: Vec<String>,
}

/// Clears the form once the submitted traits are in the collection, unless its text has changed.
#[hook]
fn use_clear_when_stored(
    members: &Rc<[String]>,
    input: &TraitInput,
    submitted: Rc<RefCell<Option<Submitted>>>,
) {
    let input = input.clone();
    use_effect_with(members.clone(), move |members| {
        let is_stored = |submitted: &mut Submitted| contains_all(members, &submitted.traits);
        if let Some(submitted) = submitted.borrow_mut().take_if(is_stored)
            && submitted.text == input.text
            && !input.is_reading()
        {
            input.clear();
        }
    });
}

fn contains_all(members: &[String], traits: &[String]) -> bool {
    let members: HashSet<&String> = members.iter().collect();
    traits.iter().all(|name| members.contains(name))
}
