//! What was deleted in the last 30 days, in this browser and in the account.

use crate::components::toast::use_toaster;
use crate::components::{failure, isolated_name};
use crate::hooks::light::use_state;
use crate::hooks::{Deleted, Remote, use_editing, use_local, use_receipts};
use crate::pages::deleting::restore;
use crate::text::collections as text;
use crate::text::format::traits;
use crate::text::general::LOADING;
use shared::api::{Receipt, ReceiptKind};
use shared::timestamp::Timestamp;
use std::cmp::Reverse;
use yew::prelude::*;

/// A collection that can be brought back.
struct Binned {
    name: String,
    num_members: u64,
    at: Timestamp,
    deleted: Deleted,
}

/// The bin, closed at first: what is in the account's is only asked for when somebody looks.
#[component]
pub(super) fn Bin() -> Html {
    let open = use_state(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            open.set(!*open);
        })
    };
    html! {
        <details class="bin" open={*open}>
            <summary {onclick}>{ text::BIN }</summary>
            if *open {
                <Content />
            }
        </details>
    }
}

#[component]
fn Content() -> Html {
    let (local, receipts) = (use_local(), use_receipts().data);
    let (editing, toaster) = (use_editing(), use_toaster());
    let heard = use_node_ref();
    let mut binned: Vec<Binned> = local
        .bin
        .iter()
        .map(|entry| Binned {
            name: entry.name.clone(),
            num_members: entry.num_members,
            at: entry.deleted,
            deleted: Deleted::Browser(vec![entry.id.clone()]),
        })
        .collect();
    if let Some(list) = receipts.ready() {
        binned.extend(list.receipts.iter().filter_map(of_account));
    }
    let is_known = matches!(receipts, Remote::Absent | Remote::Ready(_));
    binned.sort_by_key(|entry| Reverse(entry.at));
    let row = |entry: &Binned| {
        let in_account = matches!(entry.deleted, Deleted::Account(_));
        let onclick = {
            let (editing, toaster, heard) = (editing.clone(), toaster.clone(), heard.clone());
            let (deleted, name) = (entry.deleted.clone(), AttrValue::from(entry.name.clone()));
            Callback::from(move |_: MouseEvent| {
                let heard = heard.clone();
                let then = move |restored| {
                    // The button goes with its line.
                    if let (true, Some(heard)) = (restored, heard.cast::<web_sys::HtmlElement>()) {
                        let _ = heard.focus();
                    }
                };
                restore(
                    &editing,
                    &toaster,
                    deleted.clone(),
                    Some(name.clone()),
                    then,
                );
            })
        };
        html! {
            <li class="item">
                <div class="item__text">
                    <span class="item__name">{ isolated_name(&entry.name) }</span>
                    <span class="small soft">
                        { traits(entry.num_members) }{ " · " }{ text::deleted_from(in_account, entry.at) }
                    </span>
                </div>
                <div class="item__choice">
                    <button
                        type="button"
                        class="button"
                        aria-label={text::restore_named(&entry.name)}
                        {onclick}
                    >
                        { text::RESTORE }
                    </button>
                </div>
            </li>
        }
    };
    html! {
        <>
            <p class="small soft" tabindex="-1" ref={heard.clone()}>
                { if binned.is_empty() && is_known { text::BIN_EMPTY } else { text::BIN_LEAD } }
            </p>
            if let Remote::Failed(error) = &receipts {
                { failure(error, Html::default()) }
            }
            if receipts == Remote::Loading {
                <p class="loading" role="status">{ LOADING }</p>
            }
            if !binned.is_empty() {
                <ul class="items" aria-label={text::BIN}>{ for binned.iter().map(row) }</ul>
            }
        </>
    }
}

/// The collection that a deletion took out of the account, unless it is back already.
fn of_account(receipt: &Receipt) -> Option<Binned> {
    let can_be_undone = receipt.kind == ReceiptKind::Deletion
        && receipt.undone_by.is_none()
        && receipt.undoable_until > crate::browser::clock::now();
    let item = receipt.items.first().filter(|_| can_be_undone)?;
    Some(Binned {
        name: item.source_name.clone(),
        num_members: item.num_members,
        at: receipt.at,
        deleted: Deleted::Account(Some(receipt.id)),
    })
}
