//! An item of the plan: a collection and the choice of its action.

use crate::components::dom::focus;
use crate::components::{Select, isolated_name, text_with_name};
use crate::hooks::PlanChoice;
use crate::text::format::and_more;
use crate::text::review as text;
use shared::api::{Action, PlanItem, Relation};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PlanItemViewProps {
    pub item: PlanItem,
    #[prop_or_default]
    pub chosen_action: Option<Action>,
    /// How many similar items the chosen action could be applied to.
    #[prop_or_default]
    pub num_similar: u64,
    #[prop_or_default]
    pub is_locked: bool,
    pub on_choose: Callback<PlanChoice>,
}

#[component]
pub fn PlanItemView(props: &PlanItemViewProps) -> Html {
    let select = use_node_ref();
    let item = &props.item;
    let action = props.chosen_action.unwrap_or(item.action);
    let is_readable = item.relation != Relation::Unreadable;
    let target_name = item.target_name.as_deref();
    html! {
        <li class="item">
            <div class="item__text">
                if is_readable || !item.name.is_empty() {
                    <span class="item__name">{ isolated_name(&item.name) }</span>
                }
                if is_readable {
                    <span class="small soft">{ text::item_facts(item.num_members, item.created) }</span>
                }
                if let Some(relation) = text::relation(item) {
                    <span class="small">{ text_with_name(&relation, target_name) }</span>
                }
                if action == Action::KeepBoth {
                    <span class="small">
                        { text_with_name(text::keep_both_effect(item), item.new_name.as_deref()) }
                    </span>
                }
                if action == Action::Merge {
                    { merge_details(item) }
                }
                if let Some(repairs) = text::repairs(&item.repairs, item.dropped_members, action.transfers()) {
                    <span class="small soft">{ repairs }</span>
                }
                if item.unshowable_members > 0 {
                    <span class="small soft">{ text::unshowable_members(item.unshowable_members) }</span>
                }
                if item.excluded_members > 0 {
                    <span class="small">{ text::excluded_members(item.excluded_members) }</span>
                }
            </div>
            <div class="item__choice">
                { action_select(props, action, &select) }
                if let (1.., Some(action)) = (props.num_similar, props.chosen_action) {
                    { apply_to_similar_button(props, action, select) }
                }
            </div>
        </li>
    }
}

/// Renders how many members a merge adds, to which collection, and the first of them.
fn merge_details(item: &PlanItem) -> Html {
    let num_added = item.num_members.saturating_sub(item.overlap);
    let num_unlisted = num_added.saturating_sub(item.adds.len() as u64);
    html! {
        <>
            <span class="small">
                { text_with_name(&text::merge_effect(num_added), item.target_name.as_deref()) }
            </span>
            if !item.adds.is_empty() {
                <span class="small soft item__adds">
                    for (position, member) in item.adds.iter().enumerate() {
                        if position > 0 {
                            { ", " }
                        }
                        <bdi translate="no">{ member }</bdi>
                    }
                    if num_unlisted > 0 {
                        { " " }{ and_more(num_unlisted) }
                    }
                </span>
            }
        </>
    }
}

fn action_select(props: &PlanItemViewProps, current: Action, select: &NodeRef) -> Html {
    let item = &props.item;
    if item.allowed.len() < 2 {
        return html! { <span class="soft">{ text::action_name(current) }</span> };
    }
    let labels = item.allowed.iter();
    let labels = labels.map(|action| text::action_name(*action).into());
    let on_select = {
        let (key, allowed) = (item.key.clone(), item.allowed.clone());
        let choice = move |position: usize| PlanChoice::Item(key.clone(), allowed[position]);
        props.on_choose.reform(choice)
    };
    html! {
        <Select
            node={select.clone()}
            aria_label={text::choice_label(&item.name)}
            disabled={props.is_locked}
            options={labels.collect::<Vec<_>>()}
            selected={item.allowed.iter().position(|action| *action == current)}
            {on_select}
        />
    }
}

/// Renders the button that gives all similar items the chosen action. The click removes the button,
/// so the focus moves to the `select`.
fn apply_to_similar_button(props: &PlanItemViewProps, action: Action, select: NodeRef) -> Html {
    let choice = PlanChoice::Similar(props.item.kind(), action);
    let onclick = props.on_choose.reform(move |_: MouseEvent| {
        focus(&select);
        choice.clone()
    });
    html! {
        <button
            type="button"
            class="button button--quiet small"
            disabled={props.is_locked}
            aria-label={text::apply_to_similar_label(action, props.num_similar)}
            {onclick}
        >
            { text::apply_to_similar(props.num_similar) }
        </button>
    }
}
