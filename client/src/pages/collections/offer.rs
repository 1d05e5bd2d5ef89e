//! The offer above the list: at most one at a time, earlier collections first.

use crate::components::offers::{LocalOffer, legacy_offer};
use crate::components::plan::counts::offered;
use crate::components::toast::{Toast, use_toaster};
use crate::components::{RouteLink, failure};
use crate::hooks::{Local, LocalEntry, Remote, SessionStatus, use_local, use_session};
use crate::pages::local_actions::{Deletion, show_failure, use_delete_local};
use crate::route::Route;
use crate::text::offers as text;
use shared::api::Plan;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::hooks::use_navigator;

/// Collections of this browser that can be imported: neither empty nor imported.
fn importable(entries: &[LocalEntry]) -> impl Iterator<Item = &LocalEntry> {
    entries
        .iter()
        .filter(|entry| entry.imported.is_none() && !entry.collection.members.is_empty())
}

/// Properties of [`Offer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OfferProps {
    /// What the person's earlier accounts hold.
    pub(super) legacy: Remote<Plan>,
    /// Whether the account's own list could not be fetched either.
    pub(super) account_failed: bool,
}

/// What is offered to somebody who is signed in.
#[component]
pub(super) fn Offer(props: &OfferProps) -> Html {
    let (session, local) = (use_session(), use_local());
    let (toaster, navigator) = (use_toaster(), use_navigator());
    let delete = use_delete_local();
    if !matches!(session.status, SessionStatus::SignedIn(_)) {
        return Html::default();
    }
    let go = move |to: Route| {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&to);
            }
        })
    };
    match &props.legacy {
        Remote::Absent | Remote::Loading => return Html::default(),
        Remote::Ready(plan) if plan.offer => {
            let (items, members) = offered(plan);
            return legacy_offer(items, members, &go(Route::Migrate));
        }
        Remote::Failed(_) | Remote::Ready(_) => {}
    }
    let failure = match &props.legacy {
        // The account's own list says it already.
        Remote::Failed(error) if !props.account_failed => failure(error, Html::default()),
        _ => Html::default(),
    };
    if !local.offer {
        return failure;
    }
    let ids: Vec<String> = importable(&local.entries)
        .map(|entry| entry.collection.id.clone())
        .collect();
    let items = ids.len() as u64;
    let on_delete = Callback::from(move |()| {
        delete.emit(Deletion {
            ids: ids.clone(),
            said: text::deleted(items).into(),
            name: None,
        });
    });
    let on_keep = Callback::from(move |()| {
        let (local, toaster) = (local.clone(), toaster.clone());
        spawn_local(async move {
            match local.keep_here().await {
                Ok(()) => toaster.show(Toast::new(text::KEPT)),
                Err(error) => show_failure(&toaster, &error),
            }
        });
    });
    html! {
        <>
            { failure }
            <LocalOffer {items} on_import={go(Route::Import)} {on_keep} {on_delete} />
        </>
    }
}

/// Below the list: why nothing earlier is offered, and the way to what was declined.
pub(super) fn aftermath(status: &SessionStatus, local: &Local, legacy: &Remote<Plan>) -> Html {
    let SessionStatus::SignedIn(me) = status else {
        return Html::default();
    };
    let declined = !local.offer && importable(&local.entries).next().is_some();
    let earlier = match legacy {
        Remote::Absent | Remote::Loading | Remote::Failed(_) => Html::default(),
        Remote::Ready(plan) if plan.offer => Html::default(),
        Remote::Ready(plan) => {
            let has_items = plan
                .accounts
                .iter()
                .any(|account| !account.items.is_empty());
            html! {
                <p class="small soft">
                    { text::nothing_waits(&me.email, has_items) }
                    if has_items {
                        { " " }<RouteLink to={Route::Migrate}>{ text::LOOK }</RouteLink>
                    }
                </p>
            }
        }
    };
    html! {
        <>
            { earlier }
            if declined {
                <p class="small"><RouteLink to={Route::Import}>{ text::IMPORT_LATER }</RouteLink></p>
            }
        </>
    }
}
