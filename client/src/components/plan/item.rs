//! One collection of the review.

use crate::components::{isolated_name, sentence};
use crate::hooks::Choice;
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
    /// How many other items of its kind could be given the chosen action and have another one.
    #[prop_or_default]
    pub others: u64,
    /// Whether choosing is over.
    #[prop_or_default]
    pub locked: bool,
    /// The user chose an action, for this item or for all like it.
    pub on_choose: Callback<Choice>,
}

/// Name and facts at one side, the action at the other; below, what the action means.
#[component]
pub fn Item(props: &ItemProps) -> Html {
    let select = use_node_ref();
    let item = &props.item;
    let action = props.chosen.unwrap_or(item.action);
    let readable = item.relation != Relation::Unreadable;
    let theirs = item.target_name.as_deref();
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
                    <span class="small">{ sentence(&relation, theirs) }</span>
                }
                if action == Action::KeepBoth {
                    <span class="small">{ sentence(text::kept_beside(item), item.new_name.as_deref()) }</span>
                }
                if action == Action::Merge {
                    { merged(item) }
                }
                if let Some(repairs) = text::repairs(&item.repairs, item.dropped_members, action.transfers()) {
                    <span class="small soft">{ repairs }</span>
                }
            </div>
            <div class="item__choice">
                { action_choice(props, action, &select) }
                if let (1.., Some(action)) = (props.others, props.chosen) {
                    { for_all(props, action, select) }
                }
            </div>
        </li>
    }
}

/// What merging adds: how much, to which collection, and the first few.
fn merged(item: &PlanItem) -> Html {
    let added = item.num_members.saturating_sub(item.overlap);
    let more = added.saturating_sub(item.adds.len() as u64);
    html! {
        <>
            <span class="small">{ sentence(&text::merged(added), item.target_name.as_deref()) }</span>
            if !item.adds.is_empty() {
                <span class="small soft item__adds">
                    for (place, member) in item.adds.iter().enumerate() {
                        if place > 0 {
                            { ", " }
                        }
                        <bdi>{ member }</bdi>
                    }
                    if more > 0 {
                        { text::and_more(more) }
                    }
                </span>
            }
        </>
    }
}

/// A choice where there is one, else the action in words.
fn action_choice(props: &ItemProps, current: Action, select: &NodeRef) -> Html {
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
                on_choose.emit(Choice::Item(item.key.clone(), *action));
            }
        })
    };
    html! {
        <select
            ref={select.clone()}
            aria-label={text::choice_label(&item.name)}
            disabled={props.locked}
            {onchange}
        >
            for action in item.allowed.iter().copied() {
                <option selected={action == current}>{ text::action(action) }</option>
            }
        </select>
    }
}

/// Gives all others of its kind the action that was chosen here. The button is gone then, so the focus goes back to
/// the choice it belongs to.
fn for_all(props: &ItemProps, action: Action, select: NodeRef) -> Html {
    let choice = Choice::Alike(props.item.relation, action);
    let onclick = props.on_choose.reform(move |_: MouseEvent| {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            let _ = select.focus();
        }
        choice.clone()
    });
    html! {
        <button
            type="button"
            class="button button--quiet small"
            disabled={props.locked}
            aria-label={text::for_all_label(action, props.others)}
            {onclick}
        >
            { text::for_all(props.others) }
        </button>
    }
}
