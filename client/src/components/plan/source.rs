//! One source of collections in the review, its items in groups.

use super::alike::Alike;
use super::item::Item;
use crate::hooks::Choice;
use crate::hooks::light::use_state;
use crate::text::review as text;
use shared::api::{Choices, PlanItem, Relation, SourceAccount};
use std::rc::Rc;
use yew::prelude::*;

/// Items of a group that are drawn at once; an old account may hold thousands.
const DRAWN: usize = 200;

/// The kinds of items that are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Waiting,
    Present,
    Copied,
    Empty,
    Unreadable,
}

impl Group {
    /// Every kind, in the order they are shown.
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Present,
        Self::Copied,
        Self::Empty,
        Self::Unreadable,
    ];

    fn of(relation: Relation) -> Self {
        match relation {
            Relation::New | Relation::SameName | Relation::SameContent | Relation::SameId => {
                Self::Waiting
            }
            Relation::Identical => Self::Present,
            Relation::AlreadyCopied => Self::Copied,
            Relation::Empty => Self::Empty,
            Relation::Unreadable => Self::Unreadable,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Waiting => text::GROUP_WAITING,
            Self::Present => text::GROUP_PRESENT,
            Self::Copied => text::GROUP_COPIED,
            Self::Empty => text::GROUP_EMPTY,
            Self::Unreadable => text::GROUP_UNREADABLE,
        }
    }

    fn note(self) -> Option<&'static str> {
        match self {
            Self::Copied => Some(text::GROUP_COPIED_NOTE),
            Self::Unreadable => Some(text::GROUP_UNREADABLE_NOTE),
            Self::Waiting | Self::Present | Self::Empty => None,
        }
    }
}

/// What the user chose so far, and how they choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// See [`Choices`].
    pub choices: Rc<Choices>,
    /// How many others each choice could be applied to.
    pub alike: Rc<Alike>,
    /// Choosing is over.
    pub locked: bool,
    /// The user chose.
    pub on_choose: Callback<Choice>,
}

/// A source: whose it is, and what it holds.
pub fn source(account: &SourceAccount, choosing: &Choosing) -> Html {
    let groups = Group::ALL.into_iter().map(|group| {
        let items: Vec<PlanItem> = account
            .items
            .iter()
            .filter(|item| Group::of(item.relation) == group)
            .cloned()
            .collect();
        if items.is_empty() {
            return Html::default();
        }
        html! {
            <GroupView
                key={group.title()}
                title={group.title()}
                note={group.note()}
                {items}
                choosing={choosing.clone()}
            />
        }
    });
    html! {
        <section class="source">
            if account.legacy_user_id.is_some() {
                { source_head(account) }
            }
            { for groups }
        </section>
    }
}

fn source_head(account: &SourceAccount) -> Html {
    let facts = text::source_facts(
        account.email.as_deref(),
        account.since,
        account.items.len() as u64,
    );
    html! {
        <div class="source__head">
            <h2><bdi>{ text::source_title(account.full_name.as_deref()) }</bdi></h2>
            <p class="small soft"><bdi>{ facts }</bdi></p>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct GroupViewProps {
    title: &'static str,
    note: Option<&'static str>,
    items: Vec<PlanItem>,
    choosing: Choosing,
}

#[component]
fn GroupView(props: &GroupViewProps) -> Html {
    let drawn = use_state(|| DRAWN);
    let Choosing {
        choices,
        alike,
        locked,
        on_choose,
    } = &props.choosing;
    let more = {
        let drawn = drawn.clone();
        Callback::from(move |_| drawn.set(*drawn + DRAWN))
    };
    html! {
        <div class="group">
            <h3>{ text::group(props.title, props.items.len()) }</h3>
            if let Some(note) = props.note {
                <p class="small soft">{ note }</p>
            }
            <ul class="items">
                for item in props.items.iter().take(*drawn) {
                    <Item
                        key={item.key.clone()}
                        item={item.clone()}
                        chosen={choices.get(&item.key).copied()}
                        others={choices.get(&item.key).map_or(0, |action| alike.others(item.relation, *action))}
                        locked={*locked}
                        on_choose={on_choose.clone()}
                    />
                }
            </ul>
            if props.items.len() > *drawn {
                <div class="actions">
                    <button type="button" class="button" onclick={more}>{ text::SHOW_MORE }</button>
                </div>
            }
        </div>
    }
}
