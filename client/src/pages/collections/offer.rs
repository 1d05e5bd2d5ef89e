//! The offer above the list: at most one at a time, earlier collections first.

use crate::components::offers::{legacy_offer, local_offer, session_offer};
use crate::components::page::focus_heading;
use crate::components::plan::counts::offered;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::components::{RouteLink, failure};
use crate::hooks::{
    Local, LocalEntry, Remote, SessionStatus, use_local, use_navigator, use_session,
};
use crate::pages::deleting::{Deletion, Doomed, show_failure, use_deleting};
use crate::route::Route;
use crate::text::offers as text;
use shared::api::{Me, Plan};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Collections of this browser that can be imported: neither empty nor imported.
fn importable(entries: &[LocalEntry]) -> impl Iterator<Item = &LocalEntry> {
    entries
        .iter()
        .filter(|entry| entry.imported.is_none() && !entry.collection.members.is_empty())
}

/// The one offer that stands above the list.
enum Drawn<'a> {
    /// It is not known yet.
    Undecided,
    Legacy(&'a Plan),
    Session(&'a Plan),
    Local,
    Nothing,
}

impl<'a> Drawn<'a> {
    fn of(local: &Local, legacy: &'a Remote<Plan>, session: &'a Remote<Plan>) -> Self {
        match legacy {
            Remote::Absent | Remote::Loading => return Self::Undecided,
            Remote::Ready(plan) if plan.offer => return Self::Legacy(plan),
            Remote::Failed(_) | Remote::Ready(_) => {}
        }
        match session {
            Remote::Loading => Self::Undecided,
            Remote::Ready(plan) if is_open(plan, local) => Self::Session(plan),
            // Whether there is anything is not known; that alone is no news for anybody.
            Remote::Absent | Remote::Failed(_) | Remote::Ready(_) if local.offer => Self::Local,
            Remote::Absent | Remote::Failed(_) | Remote::Ready(_) => Self::Nothing,
        }
    }
}

/// Properties of [`Offer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OfferProps {
    /// What the person's earlier accounts hold.
    pub(super) legacy: Remote<Plan>,
    /// What GN2 keeps for this browser.
    pub(super) session: Remote<Plan>,
    /// Whether the account's own list could not be fetched either.
    pub(super) account_failed: bool,
}

/// What is offered to somebody who is signed in.
#[component]
pub(super) fn Offer(props: &OfferProps) -> Html {
    let (session, local) = (use_session(), use_local());
    let (toaster, navigator) = (use_toaster(), use_navigator());
    let delete = use_deleting();
    let SessionStatus::SignedIn(me) = &session.status else {
        return Html::default();
    };
    let go = move |to: Route| {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&to);
            }
        })
    };
    let failure = match &props.legacy {
        // The account's own list says it already.
        Remote::Failed(error) if !props.account_failed => failure(error, Html::default()),
        _ => Html::default(),
    };
    match Drawn::of(&local, &props.legacy, &props.session) {
        Drawn::Legacy(plan) => {
            let (items, members) = offered(plan);
            return legacy_offer(items, members, &go(Route::Migrate));
        }
        Drawn::Session(plan) => {
            let (items, members) = offered(plan);
            let on_leave = {
                let what = signature(plan);
                Callback::from(move |()| {
                    let (local, toaster, what) = (local.clone(), toaster.clone(), what.clone());
                    spawn_local(async move {
                        match local.leave_there(what).await {
                            Ok(_) => declined(&toaster, text::LEFT_THERE),
                            Err(error) => show_failure(&toaster, &error.into()),
                        }
                    });
                })
            };
            let on_import = go(Route::ImportSession);
            return html! {
                <>{ failure }{ session_offer(items, members, &on_import, &on_leave) }</>
            };
        }
        Drawn::Local => {}
        Drawn::Undecided => return failure,
        Drawn::Nothing => return html! { <>{ failure }{ no_legacy(me, &props.legacy) }</> },
    }
    let ids: Vec<String> = importable(&local.entries)
        .map(|entry| entry.collection.id.clone())
        .collect();
    let items = ids.len() as u64;
    let on_delete = Callback::from(move |()| {
        delete.emit(Deletion {
            what: Doomed::Browser(ids.clone()),
            said: text::deleted(items).into(),
            name: None,
        });
    });
    let on_keep = Callback::from(move |()| {
        let (local, toaster) = (local.clone(), toaster.clone());
        spawn_local(async move {
            match local.keep_here().await {
                Ok(_) => declined(&toaster, text::KEPT),
                Err(error) => show_failure(&toaster, &error.into()),
            }
        });
    });
    html! {
        <>
            { failure }
            { local_offer(items, &go(Route::Import), &on_keep, &on_delete) }
        </>
    }
}

/// Why nothing of an earlier account is offered.
fn no_legacy(me: &Me, legacy: &Remote<Plan>) -> Html {
    let Some(plan) = legacy.ready() else {
        return Html::default();
    };
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

/// Says what was decided about an offer. Its button had the focus, and goes with it.
fn declined(toaster: &Toaster, said: &'static str) {
    toaster.show(Toast::new(said));
    focus_heading();
}

/// Whether GN2 keeps something that the user has not decided about.
fn is_open(plan: &Plan, local: &Local) -> bool {
    plan.offer && local.left.as_deref() != Some(signature(plan).as_str())
}

/// Tells what GN2 keeps from what it keeps when that has changed.
fn signature(plan: &Plan) -> String {
    let items = plan.accounts.iter().flat_map(|account| &account.items);
    let lines: Vec<String> = items
        .map(|item| {
            let id = item.source_id.as_deref().unwrap_or_default();
            format!("{id} {} {}", item.num_members, item.name)
        })
        .collect();
    lines.join("\n")
}

/// Below the list: the way to what was declined, or has to wait for the offer above it.
pub(super) fn aftermath(
    status: &SessionStatus,
    local: &Local,
    legacy: &Remote<Plan>,
    session: &Remote<Plan>,
) -> Html {
    let SessionStatus::SignedIn(me) = status else {
        return Html::default();
    };
    let drawn = Drawn::of(local, legacy, session);
    let is_behind = matches!(drawn, Drawn::Legacy(_) | Drawn::Session(_));
    let session_later = session.ready().is_some_and(|plan| {
        plan.offer && (matches!(drawn, Drawn::Legacy(_)) || !is_open(plan, local))
    });
    let local_later = (is_behind || !local.offer) && importable(&local.entries).next().is_some();
    html! {
        <>
            // Above the list where there is no offer.
            if matches!(drawn, Drawn::Local | Drawn::Session(_)) {
                { no_legacy(me, legacy) }
            }
            if session_later {
                <p class="small">
                    <RouteLink to={Route::ImportSession}>{ text::SESSION_LATER }</RouteLink>
                </p>
            }
            if local_later {
                <p class="small"><RouteLink to={Route::Import}>{ text::IMPORT_LATER }</RouteLink></p>
            }
        </>
    }
}
