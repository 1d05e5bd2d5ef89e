//! The start page: all collections of the user, in the account and in this browser, with at most
//! one offer above them.
//!
//! - [`current_offer`]: the offer to migrate or import earlier collections
//! - [`create_collection_button`]: creating a collection
//! - [`selection_actions`]: actions on the selected collections
//! - [`dialogs`], [`mod@dialog_buttons`]: import, export, and combining collections
//! - [`recently_deleted`]: restoring deleted collections
//! - [`mod@faq`]: answers for visitors who are not signed in

mod create_collection_button;
mod current_offer;
mod dialog_buttons;
mod dialogs;
mod faq;
mod recently_deleted;
pub mod selection_actions;

use crate::components::collection_list::CollectionList;
use crate::components::{Page, Severity, api_error_notice, button, notice, text_with_name};
use crate::hooks::{
    CollectionRecord, LocalCollections, LocalStatus, Remote, Session, SessionStatus,
    use_account_collections, use_config, use_first_visit, use_legacy, use_local_collections,
    use_session, use_session_plan,
};
use crate::lazy::Lazy;
use crate::pages::chunks::bulk_actions::BulkActionsView;
use crate::pages::chunks::transfer::TransferView;
use crate::pages::delete_actions::{DeleteRequest, use_delete_action};
use crate::pages::dialog_kind::DialogKind;
use crate::pages::storage_notices;
use crate::state::collection_row::CollectionRow;
use crate::state::destination::Destination;
use crate::text::claims::CLAIM;
use crate::text::collections as text;
use crate::text::files;
use crate::text::general::{LOADING, SIGN_IN, SIGNED_OUT_TITLE, WAS_SIGNED_IN};
use create_collection_button::CreateCollectionButton;
use current_offer::{CurrentOffer, deferred_offers, may_offer};
use dialog_buttons::dialog_buttons;
use dialogs::{Dialogs, use_dialogs};
use faq::faq;
use recently_deleted::RecentlyDeleted;
use selection_actions::SelectionActionsProps;
use shared::api::{ClientConfig, CollectionList as AccountList, UnreadableEntry};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn CollectionsPage() -> Html {
    let (session, local, config) = (use_session(), use_local_collections(), use_config());
    let account = use_account_collections().data;
    let legacy = use_legacy().data;
    let gn2_session = use_session_plan().data;
    let delete = use_delete_action();
    let on_delete = delete.reform(DeleteRequest::row);
    let dialogs = use_dialogs();
    let is_signed_in = matches!(
        session.status,
        SessionStatus::SignedIn(_) | SessionStatus::Expired(_)
    );
    let is_signed_out = matches!(
        session.status,
        SessionStatus::SignedOut | SessionStatus::SigningOut | SessionStatus::Failed(_)
    );
    // The list lacks the collections of the account, so it is not empty.
    let was_signed_in = session.remembered_name.is_some();
    let is_first_visit = use_first_visit(is_signed_in || !local.entries.is_empty());
    let is_browser_loading = local.status == LocalStatus::Loading;
    let is_loading = (is_browser_loading && !is_first_visit)
        || account == Remote::Loading
        || session.status == SessionStatus::SigningIn;
    let has_failed = matches!(account, Remote::Failed(_)) || matches!(config, Remote::Failed(_));
    let rows = &*use_memo(
        (account.clone(), local.entries.clone()),
        |(account, entries)| collection_rows(account.ready().map(|list| &**list), entries),
    );
    let shows_deleted = use_shows_deleted(&local) || is_signed_in;
    let accepts_claims = accepts_claims(&config);
    let may_offer = may_offer(&session.status, &local, &legacy, &gn2_session);
    let destinations = destinations(is_signed_in, is_browser_loading);
    html! {
        <Page
            title={text::TITLE}
            lead={html! { <p class="soft">{ text::LEAD }</p> }}
            aside={create_and_import(destinations, &dialogs)}
        >
            <CurrentOffer
                legacy={legacy.clone()}
                session={gn2_session.clone()}
                account_failed={matches!(account, Remote::Failed(_))}
            />
            { was_signed_in_notice(&session) }
            if accepts_claims && matches!(session.status, SessionStatus::SignedIn(_)) {
                <ClaimButton />
            }
            if is_signed_out && !is_loading && rows.is_empty() {
                { faq() }
            }
            if let Remote::Failed(error) = &account {
                { api_error_notice(error, Html::default()) }
            }
            if let Some(list) = account.ready().filter(|list| !list.unreadable.is_empty()) {
                { unreadable_entries(&list.unreadable) }
            }
            { row_actions(rows, destinations, &dialogs) }
            <CollectionList
                rows={rows.clone()}
                {on_delete}
                on_remove_copy={delete.reform(DeleteRequest::browser_copy)}
                selected_actions={selected_actions(destinations, &dialogs)}
            />
            if is_loading {
                <p class="loading" role="status">{ LOADING }</p>
            } else if rows.is_empty() && !has_failed && !was_signed_in && !may_offer {
                { no_collections(is_signed_in) }
            }
            { storage_notices::persistence_note(&local) }
            if shows_deleted {
                <RecentlyDeleted />
            }
            if is_signed_out && !rows.is_empty() {
                { faq() }
            }
            { dialogs.content }
            { deferred_offers(&session.status, &local, &legacy, &gn2_session, accepts_claims) }
        </Page>
    }
}

/// Returns whether collections of this browser are or were deleted. Once shown, the list of deleted
/// ones stays, also when the last one is restored: the focus is in it.
#[hook]
fn use_shows_deleted(local: &LocalCollections) -> bool {
    let had_deleted = use_mut_ref(|| false);
    let mut had_deleted = had_deleted.borrow_mut();
    *had_deleted |= local.deleted().next().is_some();
    *had_deleted
}

fn row_actions(
    rows: &Rc<[CollectionRow]>,
    destinations: &'static [Destination],
    dialogs: &Dialogs,
) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <div class="actions">{ dialog_buttons(rows, destinations, false, &dialogs.open) }</div>
    }
}

fn no_collections(is_signed_in: bool) -> Html {
    let body = if is_signed_in {
        text::EMPTY_BODY_SIGNED_IN
    } else {
        text::EMPTY_BODY
    };
    html! {
        <div class="empty">
            <h2>{ text::EMPTY_TITLE }</h2>
            <p>{ body }</p>
        </div>
    }
}

fn collection_rows(
    account: Option<&AccountList>,
    browser: &[CollectionRecord],
) -> Rc<[CollectionRow]> {
    let account = account.map(|list| list.collections.as_slice());
    CollectionRow::all(account.unwrap_or_default(), browser).into()
}

/// Says that the collections of the account are not in the list. Empty unless this browser
/// remembers somebody.
fn was_signed_in_notice(session: &Session) -> Html {
    let Some(name) = &session.remembered_name else {
        return Html::default();
    };
    let body = html! {
        <>
            <p>{ text_with_name(WAS_SIGNED_IN, Some(name)) }</p>
            { button("button--primary", SIGN_IN, &session.sign_in) }
        </>
    };
    notice(Severity::Info, SIGNED_OUT_TITLE, body)
}

/// Returns where new collections can be stored, the default first.
fn destinations(is_signed_in: bool, is_browser_loading: bool) -> &'static [Destination] {
    match (is_signed_in, is_browser_loading) {
        (true, false) => &[Destination::Account, Destination::Browser],
        (true, true) => &[Destination::Account],
        (false, false) => &[Destination::Browser],
        (false, true) => &[],
    }
}

fn create_and_import(destinations: &'static [Destination], dialogs: &Dialogs) -> Html {
    let on_import = dialogs
        .open
        .reform(move |_: MouseEvent| DialogKind::Import(destinations));
    html! {
        <div class="actions">
            <CreateCollectionButton {destinations} />
            <button type="button" class="button" disabled={destinations.is_empty()} onclick={on_import}>
                { files::IMPORT }
            </button>
        </div>
    }
}

/// Whether this deployment lets people claim an old account that has another address.
fn accepts_claims(config: &Remote<ClientConfig>) -> bool {
    let config = config.ready();
    config.is_some_and(|config| config.claim_by_password)
}

/// The button that opens the dialog for claiming an old account.
#[component]
fn ClaimButton() -> Html {
    let is_open = use_state(|| false);
    let set_open = |open: bool| {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(open))
    };
    let view = TransferView::Claim {
        on_close: set_open(false),
    };
    html! {
        <>
            <div class="actions">{ button("button--quiet", CLAIM, &set_open(true)) }</div>
            if *is_open {
                <Lazy<TransferView> {view} />
            }
        </>
    }
}

fn selected_actions(
    destinations: &'static [Destination],
    dialogs: &Dialogs,
) -> Callback<Vec<CollectionRow>, Html> {
    let open_dialog = dialogs.open.clone();
    Callback::from(move |rows: Vec<CollectionRow>| {
        let view = BulkActionsView::Selection(SelectionActionsProps {
            rows: rows.into(),
            destinations,
            open_dialog: open_dialog.clone(),
        });
        html! { <Lazy<BulkActionsView> {view} /> }
    })
}

/// Lists the entries of the account's list that are no collections.
fn unreadable_entries(entries: &[UnreadableEntry]) -> Html {
    let reasons = html! {
        <ul>
            for entry in entries {
                <li><bdi>{ &entry.reason }</bdi></li>
            }
        </ul>
    };
    notice(Severity::Info, &text::unreadable(entries.len()), reasons)
}
