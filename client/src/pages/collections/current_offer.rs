//! The offer above the list to migrate, import or keep earlier collections: at most one at a time.

use crate::components::dom::focus_heading;
use crate::components::offers::{legacy_offer, local_offer, session_offer};
use crate::components::review::{earlier_total, offer_totals};
use crate::components::{RouteLink, Toast, Toaster, api_error_notice, use_toaster};
use crate::edit::local_edit::LocalEditKind;
use crate::hooks::{
    CollectionRecord, LocalCollections, Remote, SessionStatus, use_config, use_local_collections,
    use_navigator, use_session,
};
use crate::pages::delete_actions::{DeleteRequest, DeleteTarget, show_failure, use_delete_action};
use crate::route::Route;
use crate::text::offers as text;
use shared::api::{EarlierOutcome, Me, Plan};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

enum OfferKind<'a> {
    /// The plans are still loading.
    Undecided,
    /// Collections of earlier accounts.
    Legacy(&'a Plan),
    /// Collections that GeneNetwork keeps for the anonymous session of this browser.
    Session(&'a Plan),
    /// Collections of this browser.
    Local,
    None,
}

impl<'a> OfferKind<'a> {
    fn of(local: &LocalCollections, legacy: &'a Remote<Plan>, session: &'a Remote<Plan>) -> Self {
        match legacy {
            Remote::Absent | Remote::Loading => return Self::Undecided,
            Remote::Ready(plan) if plan.offer => return Self::Legacy(plan),
            Remote::Failed(_) | Remote::Ready(_) => {}
        }
        match session {
            Remote::Loading => Self::Undecided,
            Remote::Ready(plan) if is_session_offered(plan, local) => Self::Session(plan),
            Remote::Absent | Remote::Failed(_) | Remote::Ready(_) if local.offers_import() => {
                Self::Local
            }
            Remote::Absent | Remote::Failed(_) | Remote::Ready(_) => Self::None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CurrentOfferProps {
    pub(super) legacy: Remote<Plan>,
    pub(super) session: Remote<Plan>,
    /// Whether the account's list failed to load too; its error is shown elsewhere.
    pub(super) account_failed: bool,
}

#[component]
pub(super) fn CurrentOffer(props: &CurrentOfferProps) -> Html {
    let (session, local) = (use_session(), use_local_collections());
    let (toaster, navigator) = (use_toaster(), use_navigator());
    let delete = use_delete_action();
    let config = use_config();
    let accepts_claims = config
        .ready()
        .is_some_and(|config| config.claim_by_password);
    let SessionStatus::SignedIn(me) = &session.status else {
        return Html::default();
    };
    let go_to = |route: Route| {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&route);
            }
        })
    };
    let dismiss = |edit: LocalEditKind, message: &'static str| {
        let (local, toaster) = (local.clone(), toaster.clone());
        Callback::from(move |()| {
            let (local, toaster, edit) = (local.clone(), toaster.clone(), edit.clone());
            spawn_local(dismiss_offer(local, toaster, edit, message));
        })
    };
    let offer = match OfferKind::of(&local, &props.legacy, &props.session) {
        OfferKind::Legacy(plan) => {
            let (items, members) = offer_totals(plan);
            legacy_offer(items, members, &earlier_notes(plan), &go_to(Route::Migrate))
        }
        OfferKind::Session(plan) => {
            let (items, members) = offer_totals(plan);
            let edit = LocalEditKind::DismissSession(session_signature(plan));
            let on_leave = dismiss(edit, text::SESSION_LEFT);
            session_offer(items, members, &go_to(Route::ImportSession), &on_leave)
        }
        OfferKind::Local => {
            let ids: Vec<String> = importable(&local.entries)
                .map(|entry| entry.collection.id.clone())
                .collect();
            let items = ids.len() as u64;
            let on_keep = dismiss(LocalEditKind::DismissImport, text::KEPT_IN_BROWSER);
            let on_delete = delete.reform(move |()| DeleteRequest {
                target: DeleteTarget::Browser(ids.clone()),
                message: text::local_deleted(items).into(),
                name: None,
            });
            local_offer(items, &go_to(Route::Import), &on_keep, &on_delete)
        }
        OfferKind::Undecided => Html::default(),
        OfferKind::None => no_legacy_offer(me, &props.legacy, accepts_claims),
    };
    html! {
        <>
            if let Remote::Failed(error) = &props.legacy {
                if !props.account_failed {
                    { api_error_notice(error, Html::default()) }
                }
            }
            { offer }
        </>
    }
}

async fn dismiss_offer(
    local: LocalCollections,
    toaster: Toaster,
    edit: LocalEditKind,
    message: &'static str,
) {
    match local.edit(&[], edit).await {
        Ok(_) => {
            toaster.show(Toast::new(message));
            // The pressed button disappears with the offer.
            focus_heading();
        }
        Err(error) => show_failure(&toaster, &error),
    }
}

fn no_legacy_offer(me: &Me, legacy: &Remote<Plan>, accepts_claims: bool) -> Html {
    let Some(plan) = legacy.ready() else {
        return Html::default();
    };
    let has_items = plan
        .accounts
        .iter()
        .any(|account| !account.items.is_empty());
    let notes = earlier_notes(plan);
    let reason = if notes.is_empty() {
        text::no_legacy_offer(&me.email, has_items, accepts_claims)
    } else {
        notes.join(" ")
    };
    html! {
        <p class="small soft">
            { reason }
            if has_items {
                { " " }<RouteLink to={Route::Migrate}>{ text::REVIEW_LEGACY }</RouteLink>
            }
        </p>
    }
}

/// Returns what the page says of collections that earlier transfers left behind, or that the
/// account has lost since.
fn earlier_notes(plan: &Plan) -> Vec<String> {
    use EarlierOutcome::{LeftBehind, Overwritten, Removed};
    let count = |outcome| Some(earlier_total(plan, outcome)).filter(|items| *items > 0);
    let notes = [
        count(Overwritten).map(text::overwritten),
        count(Removed).map(text::removed),
        count(LeftBehind).map(text::left_behind),
    ];
    notes.into_iter().flatten().collect()
}

/// Whether the user is offered earlier collections, or may still be.
pub(super) fn may_offer(
    status: &SessionStatus,
    local: &LocalCollections,
    legacy: &Remote<Plan>,
    session: &Remote<Plan>,
) -> bool {
    let is_signed_in = matches!(status, SessionStatus::SignedIn(_));
    is_signed_in && !matches!(OfferKind::of(local, legacy, session), OfferKind::None)
}

/// Links below the list to offers that the user dismissed, or that wait behind the current offer.
pub(super) fn deferred_offers(
    status: &SessionStatus,
    local: &LocalCollections,
    legacy: &Remote<Plan>,
    session: &Remote<Plan>,
    accepts_claims: bool,
) -> Html {
    let SessionStatus::SignedIn(me) = status else {
        return Html::default();
    };
    let current = OfferKind::of(local, legacy, session);
    let is_legacy = matches!(current, OfferKind::Legacy(_));
    let is_session = matches!(current, OfferKind::Session(_));
    let session_link = session
        .ready()
        .is_some_and(|plan| plan.offer && (is_legacy || !is_session_offered(plan, local)));
    let local_link = (is_legacy || is_session || !local.offers_import())
        && importable(&local.entries).next().is_some();
    html! {
        <>
            // Without a current offer, `CurrentOffer` shows this above the list.
            if is_session || matches!(current, OfferKind::Local) {
                { no_legacy_offer(me, legacy, accepts_claims) }
            }
            if session_link {
                <p class="small">
                    <RouteLink to={Route::ImportSession}>{ text::IMPORT_SESSION_LATER }</RouteLink>
                </p>
            }
            if local_link {
                <p class="small"><RouteLink to={Route::Import}>{ text::IMPORT_LATER }</RouteLink></p>
            }
        </>
    }
}

/// Returns the collections of this browser that are neither empty nor imported.
fn importable(entries: &[CollectionRecord]) -> impl Iterator<Item = &CollectionRecord> {
    entries
        .iter()
        .filter(|entry| entry.imported.is_none() && !entry.collection.members.is_empty())
}

/// Whether the session holds collections that the user has not dismissed.
fn is_session_offered(plan: &Plan, local: &LocalCollections) -> bool {
    plan.offer && local.session_dismissed.as_deref() != Some(session_signature(plan).as_str())
}

/// Returns a text that changes when the collections of the session change.
fn session_signature(plan: &Plan) -> String {
    let items = plan.accounts.iter().flat_map(|account| &account.items);
    let lines: Vec<String> = items
        .map(|item| {
            let id = item.source_id.as_deref().unwrap_or_default();
            format!("{id} {} {}", item.num_members, item.name)
        })
        .collect();
    lines.join("\n")
}
