//! A source of collections in the review, with its items in groups.

use super::plan_item::PlanItemView;
use super::similar_items::SimilarItems;
use crate::components::button;
use crate::hooks::PlanChoice;
use crate::text::review as text;
use shared::api::{Choices, EarlierOutcome, ItemKind, PlanItem, Relation, SourceAccount};
use std::rc::Rc;
use yew::prelude::*;

/// How many items of a group are rendered at first, and more with each click: an old account may
/// hold thousands.
const ITEMS_PER_STEP: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    ToMove,
    Lost,
    LeftBehind,
    Present,
    Copied,
    Deleted,
    Empty,
    Unreadable,
}

impl Group {
    /// All groups in the order of the page.
    const ALL: [Self; 8] = [
        Self::ToMove,
        Self::Lost,
        Self::LeftBehind,
        Self::Present,
        Self::Copied,
        Self::Deleted,
        Self::Empty,
        Self::Unreadable,
    ];

    fn of((relation, earlier): ItemKind) -> Self {
        match earlier {
            Some(EarlierOutcome::LeftBehind) => return Self::LeftBehind,
            Some(EarlierOutcome::Deleted) => return Self::Deleted,
            Some(EarlierOutcome::Overwritten | EarlierOutcome::Removed) => return Self::Lost,
            None => {}
        }
        match relation {
            Relation::New | Relation::SameName | Relation::SameContent | Relation::SameId => {
                Self::ToMove
            }
            Relation::Identical => Self::Present,
            Relation::AlreadyCopied => Self::Copied,
            Relation::Empty => Self::Empty,
            Relation::Unreadable => Self::Unreadable,
        }
    }

    fn title_and_note(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::ToMove => (text::GROUP_TO_MOVE, None),
            Self::Lost => (text::GROUP_LOST, Some(text::GROUP_LOST_NOTE)),
            Self::LeftBehind => (text::GROUP_LEFT_BEHIND, Some(text::GROUP_LEFT_BEHIND_NOTE)),
            Self::Present => (text::GROUP_PRESENT, None),
            Self::Copied => (text::GROUP_COPIED, Some(text::GROUP_COPIED_NOTE)),
            Self::Deleted => (text::GROUP_DELETED, Some(text::GROUP_DELETED_NOTE)),
            Self::Empty => (text::GROUP_EMPTY, None),
            Self::Unreadable => (text::GROUP_UNREADABLE, Some(text::GROUP_UNREADABLE_NOTE)),
        }
    }
}

/// The choices of the user so far, and the callback that changes them.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewChoices {
    pub choices: Rc<Choices>,
    pub similar_items: Rc<SimilarItems>,
    pub is_locked: bool,
    pub on_choose: Callback<PlanChoice>,
}

pub fn source_section(account: &SourceAccount, choices: &ReviewChoices) -> Html {
    let groups = Group::ALL.into_iter().filter_map(|group| {
        let items = account.items.iter();
        let items: Vec<PlanItem> = items
            .filter(|item| Group::of(item.kind()) == group)
            .cloned()
            .collect();
        (!items.is_empty()).then(|| {
            let (title, note) = group.title_and_note();
            html! { <GroupView key={title} {title} {note} {items} choices={choices.clone()} /> }
        })
    });
    html! {
        <section class="source">
            if account.legacy_user_id.is_some() {
                { source_heading(account) }
            }
            { for groups }
        </section>
    }
}

fn source_heading(account: &SourceAccount) -> Html {
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
    choices: ReviewChoices,
}

#[component]
fn GroupView(props: &GroupViewProps) -> Html {
    let num_rendered = use_state(|| ITEMS_PER_STEP);
    let ReviewChoices {
        choices,
        similar_items,
        is_locked,
        on_choose,
    } = &props.choices;
    let on_show_more = {
        let num_rendered = num_rendered.clone();
        Callback::from(move |()| num_rendered.set(*num_rendered + ITEMS_PER_STEP))
    };
    let item_view = |item: &PlanItem| {
        let chosen_action = choices.get(&item.key).copied();
        let num_similar =
            chosen_action.map_or(0, |action| similar_items.count(item.kind(), action));
        html! {
            <PlanItemView
                // A fresh plan may give the key to another item.
                key={format!("{} {}", item.key, item.name)}
                item={item.clone()}
                {chosen_action}
                {num_similar}
                is_locked={*is_locked}
                on_choose={on_choose.clone()}
            />
        }
    };
    html! {
        <div class="group">
            <h3>{ text::group_title(props.title, props.items.len()) }</h3>
            if let Some(note) = props.note {
                <p class="small soft">{ note }</p>
            }
            <ul class="items">
                { for props.items.iter().take(*num_rendered).map(item_view) }
            </ul>
            if props.items.len() > *num_rendered {
                <div class="actions">{ button("", text::SHOW_MORE, &on_show_more) }</div>
            }
        </div>
    }
}
