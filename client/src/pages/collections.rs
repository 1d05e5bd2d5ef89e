//! Everything the person has: in their account and in this browser, with at most one offer above it.
//!
//! - [`bin`]: what was deleted
//! - [`offer`]: the offer, or a word about why there is none
//! - [`create`]: making a collection
//! - [`selected`]: what is done with several at once
//! - [`dialogs`]: collections from a file, into a file, and made of others
//! - [`mod@welcome`]: answers for those who are not signed in

mod bin;
mod create;
mod dialogs;
mod offer;
pub mod selected;
mod welcome;

use crate::components::collection_list::CollectionList;
use crate::components::collection_list::row::Row;
use crate::components::later::Later;
use crate::components::new_collection::Keep;
use crate::components::{Page, Tone, failure, notice};
use crate::hooks::{
    LocalStatus, Remote, SessionStatus, use_account_collections, use_config, use_legacy, use_local,
    use_session, use_session_plan,
};
use crate::later::{Asked, Wanted};
use crate::pages::deleting::{Deletion, use_deleting};
use crate::pages::keeping;
use crate::text::collections as text;
use crate::text::files;
use crate::text::general::LOADING;
use create::Create;
use dialogs::{made_of, use_dialogs};
use offer::{Offer, aftermath};
use selected::SelectedActionsProps;
use shared::api::UnreadableEntry;
use std::rc::Rc;
use welcome::welcome;
use yew::prelude::*;

/// The list, and what can be started from it.
#[component]
pub fn CollectionsPage() -> Html {
    let (session, local, config) = (use_session(), use_local(), use_config());
    let account = use_account_collections().data;
    let legacy = use_legacy().data;
    let earlier = use_session_plan().data;
    let delete = use_deleting();
    let signed_in = matches!(
        session.status,
        SessionStatus::SignedIn(_) | SessionStatus::Expired(_)
    );
    let signed_out = matches!(
        session.status,
        SessionStatus::SignedOut | SessionStatus::SigningOut | SessionStatus::Failed(_)
    );
    let loading = local.status == LocalStatus::Loading
        || account == Remote::Loading
        || session.status == SessionStatus::SigningIn;

    // Without the server nobody knows whose account it is: what cannot be shown must not look empty.
    let is_unknown = matches!(account, Remote::Failed(_)) || matches!(config, Remote::Failed(_));
    let rows = use_memo(
        (account.clone(), local.entries.clone()),
        |(account, entries)| {
            let of_account = account
                .ready()
                .map(|list| list.collections.iter().map(Row::from));
            let of_browser = entries.iter().map(Row::from);
            of_account
                .into_iter()
                .flatten()
                .chain(of_browser)
                .collect::<Rc<[Row]>>()
        },
    );
    // Once there it stays, empty or not: whoever takes the last collection out of it has the focus in it.
    let had_bin = use_mut_ref(|| false);
    *had_bin.borrow_mut() |= !local.bin.is_empty();
    let has_bin = signed_in || *had_bin.borrow();
    let on_delete = delete.reform(Deletion::one);
    let places: &'static [Keep] = match (signed_in, local.status == LocalStatus::Loading) {
        (true, false) => &[Keep::InAccount, Keep::InBrowser],
        (true, true) => &[Keep::InAccount],
        (false, false) => &[Keep::InBrowser],
        (false, true) => &[],
    };
    let dialogs = use_dialogs();
    let for_selected = {
        let ask = dialogs.ask.clone();
        Callback::from(move |rows: Vec<Row>| {
            let rows = rows.into();
            let ask = ask.clone();
            html! { <Later wanted={Wanted::Selected(SelectedActionsProps { rows, places, ask })} /> }
        })
    };
    let on_import = dialogs
        .ask
        .reform(move |_: MouseEvent| Asked::Import(places));
    let aside = html! {
        <div class="actions">
            <Create {places} />
            <button type="button" class="button" disabled={places.is_empty()} onclick={on_import}>
                { files::IMPORT }
            </button>
        </div>
    };
    html! {
        <Page
            title={text::TITLE}
            lead={html! { <p class="soft">{ text::LEAD }</p> }}
            {aside}
        >
            <Offer
                legacy={legacy.clone()}
                session={earlier.clone()}
                account_failed={matches!(account, Remote::Failed(_))}
            />
            if signed_out && !loading && rows.is_empty() {
                { welcome() }
            }
            if let Remote::Failed(error) = &account {
                { failure(error, Html::default()) }
            }
            if let Some(list) = account.ready().filter(|list| !list.unreadable.is_empty()) {
                { unreadable(&list.unreadable) }
            }
            if !rows.is_empty() {
                <div class="actions">{ made_of(&rows, places, false, &dialogs.ask) }</div>
            }
            <CollectionList rows={(*rows).clone()} {on_delete} {for_selected} />
            if loading {
                <p class="loading" role="status">{ LOADING }</p>
            } else if rows.is_empty() && !is_unknown {
                <div class="empty">
                    <h2>{ text::EMPTY_TITLE }</h2>
                    <p>{ if signed_in { text::EMPTY_BODY_SIGNED_IN } else { text::EMPTY_BODY } }</p>
                </div>
            }
            { keeping::promise(&local) }
            if has_bin {
                <bin::Bin />
            }
            // What somebody has is nearer to them than the answers.
            if signed_out && !rows.is_empty() {
                { welcome() }
            }
            { dialogs.open }
            { aftermath(&session.status, &local, &legacy, &earlier) }
        </Page>
    }
}

/// What the account's list holds besides collections.
fn unreadable(entries: &[UnreadableEntry]) -> Html {
    let reasons = html! {
        <ul>
            for entry in entries {
                <li><bdi>{ &entry.reason }</bdi></li>
            }
        </ul>
    };
    notice(Tone::Plain, &text::unreadable(entries.len()), reasons)
}
