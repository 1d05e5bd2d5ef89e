//! One collection of the account.

use crate::components::members::Members;
use crate::components::{Page, RouteLink, failure, when};
use crate::hooks::{Remote, use_account_collection, use_config};
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::text::collections::{self, IN_ACCOUNT};
use crate::text::format::traits;
use crate::text::general::{BACK, LOADING};
use shared::api::CollectionSummary;
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
    let (fetched, config) = (use_account_collection(props.id).data, use_config());
    // Made once, so that the table sees that it is the same.
    let members = use_memo(fetched.clone(), |fetched| {
        let detail = fetched.ready();
        detail.map_or_else(Rc::default, |detail| Rc::<[String]>::from(&*detail.members))
    });
    match fetched {
        Remote::Absent | Remote::Loading => html! {
            <Page title={LOADING} />
        },
        Remote::Failed(error) => {
            let back = html! { <RouteLink to={Route::Collections}>{ BACK }</RouteLink> };
            html! { <Page title={collections::TITLE}>{ failure(&error, back) }</Page> }
        }
        Remote::Ready(found) => {
            let links = config.ready().map(|config| &config.links);
            let trait_url = links.and_then(|links| links.r#trait.clone());
            detail(&found.summary, &members, trait_url)
        }
    }
}

/// Another key than what stood here while it was fetched makes it another page: the focus goes to its heading.
fn detail(summary: &CollectionSummary, members: &Rc<[String]>, trait_url: Option<String>) -> Html {
    let lead = html! {
        <p class="facts">
            <span class="badge badge--account">{ IN_ACCOUNT }</span>
            <span>{ traits(summary.num_members) }</span>
            { when::day(summary.changed) }
        </p>
    };
    html! {
        <Page key="detail" title={summary.name.clone()} is_name=true {lead}>
            <Members members={members.clone()} trait_url={trait_url.map(AttrValue::from)} />
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Page>
    }
}
