//! One collection of the account.

use super::editor::{Editor, Shown};
use crate::api::Versioned;
use crate::components::collection_list::row::Place;
use crate::components::{Page, RouteLink, failure};
use crate::hooks::{Open, Remote, use_account_collection, use_account_editing};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::collections::{self, IN_ACCOUNT};
use crate::text::general::{BACK, LOADING};
use shared::api::CollectionDetail;
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

/// A collection of the account with its traits, each another page.
pub fn account_collection_page(id: Uuid) -> Html {
    let route = Route::AccountCollection { id };
    html! {
        <Gate key={id.to_string()} title={collections::TITLE} {route}><Fetched {id} /></Gate>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct FetchedProps {
    id: Uuid,
}

#[component]
fn Fetched(props: &FetchedProps) -> Html {
    match use_account_collection(props.id) {
        Remote::Absent | Remote::Loading => html! {
            <Page title={LOADING} />
        },
        Remote::Failed(error) => {
            let back = html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> };
            html! { <Page title={collections::TITLE}>{ failure(&error, back) }</Page> }
        }
        Remote::Ready(fetched) => html! { <Known {fetched} /> },
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct KnownProps {
    fetched: Rc<Versioned<CollectionDetail>>,
}

#[component]
fn Known(props: &KnownProps) -> Html {
    let Some((known, editing)) = use_account_editing(&props.fetched) else {
        return Html::default();
    };
    let CollectionDetail {
        summary,
        members,
        note,
    } = &known.value;
    let shown = Shown {
        place: Place::Account(summary.id),
        badge: ("badge badge--account", IN_ACCOUNT),
        name: summary.name.clone().into(),
        changed: summary.changed,
        members: members.clone(),
        note: note.clone().map(AttrValue::from),
    };
    html! { <Editor {shown} open={Open::Account(editing)} /> }
}
