//! One collection of the review.

use crate::components::{isolated_name, sentence};
use crate::text::review as text;
use shared::api::{Action, PlanItem, Relation};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Item`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ItemProps {
    /// The item.
    pub item: PlanItem,
    /// What the user chose for it, if they did.
    #[prop_or_default]
    pub chosen: Option<Action>,
    /// Whether choosing is over.
    #[prop_or_default]
    pub locked: bool,
    /// The user chose an action for the item of this key.
    pub on_choose: Callback<(String, Action)>,
}

/// Name and facts at one side, the action at the other; below, what the action means.
#[component]
pub fn Item(props: &ItemProps) -> Html {
    let item = &props.item;
    let action = props.chosen.unwrap_or(item.action);
    let readable = item.relation != Relation::Unreadable;
    html! {
        <li class="item">
            <div class="item__text">
                if readable || !item.name.is_empty() {
                    <span class="item__name">{ isolated_name(&item.name) }</span>
                }
                if readable {
                    <span class="small soft">{ text::item_facts(item.num_members, item.created) }</span>
                }
                if let Some(relation) = text::relation(item) {
                    <span class="small">{ relation }</span>
                }
                if let Some(outcome) = text::outcome(item, action) {
                    <span class="small">{ sentence(&outcome, item.new_name.as_deref()) }</span>
                }
                if let Some(repairs) = text::repairs(&item.repairs, item.dropped_members) {
                    <span class="small soft">{ repairs }</span>
                }
            </div>
            <div class="item__choice">
                { action_choice(props, action) }
            </div>
        </li>
    }
}

/// A choice where there is one, else the action in words.
fn action_choice(props: &ItemProps, current: Action) -> Html {
    let item = &props.item;
    if item.allowed.len() < 2 {
        return html! { <span class="soft">{ text::action(current) }</span> };
    }
    let onchange = {
        let (item, on_choose) = (item.clone(), props.on_choose.clone());
        Callback::from(move |event: Event| {
            let index = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index();
            let action = usize::try_from(index)
                .ok()
                .and_then(|index| item.allowed.get(index));
            if let Some(action) = action {
                on_choose.emit((item.key.clone(), *action));
            }
        })
    };
    html! {
        <select aria-label={text::choice_label(&item.name)} disabled={props.locked} {onchange}>
            for action in item.allowed.iter().copied() {
                <option selected={action == current}>{ text::action(action) }</option>
            }
        </select>
    }
}
