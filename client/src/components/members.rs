//! The traits of a collection as a table: filter, order, selection, and what is done with the selected ones.
//!
//! - [`mod@arrange`]: which members are shown, in which order
//! - [`grid`]: one long list, of which only the rows in view are drawn; [`window`]: which those are
//! - [`mod@paged`]: pages of a hundred rows; [`mod@pager`]: turning them
//! - [`mod@follow`]: where the focus goes when another tab changes the collection
//! - [`look`], [`member`]: the heading and the rows, and what a click in them means

pub mod arrange;
mod follow;
mod grid;
mod look;
pub mod member;
mod paged;
pub mod pager;
pub mod window;

use crate::components::page::focus_heading;
use crate::components::selection_bar::selection_bar;
use crate::hooks::light::{use_effect_with, use_state};
use crate::hooks::use_preference;
use crate::state::selection::Selection;
use crate::text::table as text;
use arrange::{Order, arrange};
use follow::follow;
use grid::Grid;
use look::{Act, Look};
use paged::{PAGE_SIZE, paged};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// With fewer members than this, a filter would only stand in the way.
const WORTH_FILTERING: usize = 12;
/// The habit of looking at pages.
const IN_PAGES: &str = "gnc-table-in-pages";

/// Properties of [`Members`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct MembersProps {
    /// The members, in stored order.
    pub members: Rc<[String]>,
    /// Template of a trait's address, with `{trait}` and `{dataset}`.
    #[prop_or_default]
    pub trait_url: Option<AttrValue>,
    /// The user wants to take these out; `None` where that is not possible.
    #[prop_or_default]
    pub on_remove: Option<Callback<Vec<String>>>,
    /// The user wants to copy these to another collection.
    #[prop_or_default]
    pub on_copy: Option<Callback<Vec<String>>>,
}

/// The table of traits.
#[component]
pub fn Members(props: &MembersProps) -> Html {
    let (query, order) = (use_state(String::new), use_state(Order::default));
    let (page, selection) = (use_state(|| 0_usize), use_state(Rc::<Selection>::default));
    let in_pages = use_preference(IN_PAGES);
    let members = &props.members;
    let shown = use_memo(
        (members.clone(), (*query).clone(), *order),
        |(members, query, order)| Rc::new(arrange(members, query, *order)),
    );
    let picked = use_memo(
        (members.clone(), (*selection).clone()),
        |(members, selection)| {
            let all = members.iter().filter(|member| selection.has(member));
            if selection.is_empty() {
                Vec::new()
            } else {
                all.cloned().collect()
            }
        },
    );
    let all_selected = !picked.is_empty()
        && picked.len() >= shown.len()
        && shown.iter().all(|at| selection.has(&members[*at]));
    let removing = use_mut_ref(|| false);
    {
        let (removing, before) = (removing.clone(), use_mut_ref(|| None));
        use_effect_with((members.clone(), (*shown).clone()), move |now| {
            let before = before.replace(Some(now.clone()));
            if removing.replace(false) {
                keep_focus();
            } else if let Some(before) = before.filter(|before| before.0 != now.0) {
                follow(&before, now);
            }
        });
    }
    let oninput = {
        let (query, page) = (query.setter(), page.setter());
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
            page.set(0);
        })
    };
    let on_act = {
        let (members, shown, on_remove) = (members.clone(), shown.clone(), props.on_remove.clone());
        let (selection, order) = (selection.clone(), order.clone());
        let removing = removing.clone();
        Callback::from(move |act| {
            let member = |place: usize| shown.get(place).map(|at| &members[*at]);
            let all = || shown.iter().map(|at| &*members[*at]).collect::<Vec<_>>();
            let mut changed = Selection::clone(&selection);
            match act {
                Act::Sort(column) => return order.set(order.press(column)),
                Act::Remove(place) => {
                    if let (Some(member), Some(on_remove)) = (member(place), &on_remove) {
                        removing.replace(true);
                        on_remove.emit(vec![member.clone()]);
                    }
                    return;
                }
                Act::Pick { place, range } => match member(place) {
                    Some(member) if range => changed.extend_to(member, &all()),
                    Some(member) => changed.toggle(member),
                    None => return,
                },
                Act::All => changed.set_all(&all(), !all_selected),
                Act::Clear => changed = Selection::default(),
            }
            selection.set(Rc::new(changed));
        })
    };
    if members.is_empty() {
        return html! {
            <div class="empty">
                <h2>{ text::NO_MEMBERS }</h2>
                <p>{ text::NO_MEMBERS_BODY }</p>
            </div>
        };
    }
    let is_long = members.len() > PAGE_SIZE;
    let table = if is_long && !in_pages.on {
        html! {
            <Grid
                members={members.clone()}
                shown={(*shown).clone()}
                selection={(*selection).clone()}
                {all_selected}
                order={*order}
                trait_url={props.trait_url.clone()}
                removable={props.on_remove.is_some()}
                on_act={on_act.clone()}
            />
        }
    } else {
        let look = Look {
            is_grid: false,
            trait_url: props.trait_url.as_deref(),
            removable: props.on_remove.is_some(),
            selection: &selection,
            active: None,
        };
        let on_turn = Callback::from({
            let page = page.setter();
            move |to| page.set(to)
        });
        paged(
            members,
            &shown,
            *page,
            (*order, all_selected),
            &look,
            &on_act,
            &on_turn,
        )
    };
    let for_picked = |act: &Option<Callback<Vec<String>>>, label: &'static str, removes: bool| {
        let (picked, removing) = (picked.clone(), removing.clone());
        let class = classes!("button", removes.then_some("button--danger"));
        act.as_ref().map(|act| {
            let onclick = act.reform(move |_: MouseEvent| {
                // The bar goes with what was selected.
                removing.replace(removes);
                Vec::clone(&picked)
            });
            html! { <button type="button" {class} {onclick}>{ label }</button> }
        })
    };
    html! {
        <div class="list">
            <div class="list-controls">
                if members.len() >= WORTH_FILTERING {
                    <div class="field">
                        <label for="filter">{ text::FILTER }</label>
                        <input id="filter" type="search" autocomplete="off" {oninput} />
                    </div>
                }
                if is_long {
                    <button
                        type="button"
                        class="button"
                        onclick={{
                            let in_pages = in_pages.clone();
                            move |_| in_pages.set(!in_pages.on)
                        }}
                    >
                        { if in_pages.on { text::IN_ONE } else { text::IN_PAGES } }
                    </button>
                }
            </div>
            <p class="small soft" role="status">{ text::found(shown.len(), members.len()) }</p>
            if !picked.is_empty() {
                { selection_bar(text::selected(picked.len()), &on_act.reform(|()| Act::Clear), html! {
                    <>
                        { for_picked(&props.on_copy, text::COPY, false) }
                        { for_picked(&props.on_remove, text::REMOVE_SELECTED, true) }
                    </>
                }) }
            }
            if shown.is_empty() {
                <p>{ text::NO_MEMBER_MATCH }</p>
            } else {
                { table }
            }
        </div>
    }
}

/// The rows move up under the focus, but what had it may have gone with the last row or the bar: then the grid gets it, or the new
/// last row.
fn keep_focus() {
    let document = gloo_utils::document();
    let (active, body) = (document.active_element(), document.body());
    if active.is_some_and(|active| body.is_none_or(|body| *body != active)) {
        return;
    }
    let last = document.query_selector("[role=grid], .members__row:last-child [data-act=remove]");
    match last
        .ok()
        .flatten()
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        Some(button) => {
            let _ = button.focus();
        }
        None => focus_heading(),
    }
}
