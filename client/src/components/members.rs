//! The traits of a collection, a hundred at a time, so that 30,000 are as quick as three.
//!
//! - [`member`]: one trait and its address on GeneNetwork
//! - [`mod@pager`]: turning the pages

pub mod member;
pub mod pager;

use crate::hooks::light::use_state;
use crate::text::collection as text;
use crate::text::format::folded;
use member::member_row;
use pager::{Pages, pager};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Rows on one page of the table.
const PAGE_SIZE: usize = 100;
/// With fewer members than this, a filter would only stand in the way.
const WORTH_FILTERING: usize = 12;

/// Properties of [`Members`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct MembersProps {
    /// The members, in stored order.
    pub members: Rc<[String]>,
    /// Template of a trait's address, with `{trait}` and `{dataset}`.
    #[prop_or_default]
    pub trait_url: Option<AttrValue>,
    /// The user wants to take a member out; `None` where that is not possible.
    #[prop_or_default]
    pub on_remove: Option<Callback<String>>,
}

/// The table of traits with filter and pages.
#[component]
pub fn Members(props: &MembersProps) -> Html {
    let query = use_state(String::new);
    let page = use_state(|| 0_usize);
    let shown = use_memo(
        (props.members.clone(), (*query).clone()),
        |(members, query)| {
            let query = folded(query.trim());
            let holds = |member: &&String| query.is_empty() || folded(member).contains(&query);
            members.iter().filter(holds).cloned().collect::<Vec<_>>()
        },
    );
    let oninput = {
        let (query, page) = (query.setter(), page.setter());
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
            page.set(0);
        })
    };
    if props.members.is_empty() {
        return html! { <p class="soft">{ text::NO_MEMBERS }</p> };
    }
    // Removing the last trait of the last page leaves a page that is no more.
    let last = shown.len().saturating_sub(1) / PAGE_SIZE;
    let current = (*page).min(last);
    let from = current * PAGE_SIZE;
    let rows = shown.iter().skip(from).take(PAGE_SIZE).enumerate();
    let pages = Pages {
        current,
        last,
        size: PAGE_SIZE,
        total: shown.len(),
    };
    let on_turn = {
        let page = page.setter();
        Callback::from(move |to| page.set(to))
    };
    html! {
        <>
            if props.members.len() >= WORTH_FILTERING {
                <div class="field">
                    <label for="filter">{ text::FILTER }</label>
                    <input id="filter" type="search" autocomplete="off" {oninput} />
                </div>
            }
            if shown.is_empty() {
                <p role="status">{ text::NO_MEMBER_MATCH }</p>
            } else {
                <div class="members">
                    <table aria-rowcount={(shown.len() + 1).to_string()}>
                        <caption class="visually-hidden">{ text::MEMBERS }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ text::TRAIT }</th>
                                <th scope="col">{ text::DATASET }</th>
                                if props.on_remove.is_some() {
                                    <th scope="col" class="cell-action">
                                        <span class="visually-hidden">{ text::ACTIONS }</span>
                                    </th>
                                }
                            </tr>
                        </thead>
                        <tbody>
                            for (index, member) in rows {
                                { member_row(
                                    from + index,
                                    member,
                                    props.trait_url.as_deref(),
                                    props.on_remove.as_ref(),
                                ) }
                            }
                        </tbody>
                    </table>
                </div>
                { pager(&pages, &on_turn) }
            }
        </>
    }
}
