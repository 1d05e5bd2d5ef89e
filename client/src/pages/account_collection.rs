//! One collection of the account.

use crate::components::members::Members;
use crate::components::{Page, RouteLink, failure, when};
use crate::hooks::{Remote, use_account_collection, use_config};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::collections::{self, IN_ACCOUNT};
use crate::text::format::traits;
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
    match use_account_collection(props.id).data {
        Remote::Absent | Remote::Loading => html! {
            <Page title={LOADING} />
        },
        Remote::Failed(error) => {
            let back = html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> };
            html! { <Page title={collections::TITLE}>{ failure(&error, back) }</Page> }
        }
        Remote::Ready(detail) => html! { <Detail {detail} /> },
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct DetailProps {
    detail: Rc<CollectionDetail>,
}

#[component]
fn Detail(props: &DetailProps) -> Html {
    let config = use_config();
    let members = use_memo(props.detail.clone(), |detail| {
        Rc::<[String]>::from(detail.members.clone())
    });
    let trait_url = config
        .ready()
        .and_then(|config| config.links.r#trait.clone());
    let summary = &props.detail.summary;
    let lead = html! {
        <p class="facts">
            <span class="badge badge--account">{ IN_ACCOUNT }</span>
            <span>{ traits(summary.num_members) }</span>
            { when::day(summary.changed) }
        </p>
    };
    html! {
        <Page title={summary.name.clone()} is_name=true {lead}>
            <Members members={(*members).clone()} trait_url={trait_url.map(AttrValue::from)} />
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Page>
    }
}
