//! The collections deleted in the last 30 days, from this browser and the account, with restore
//! buttons.

use crate::components::dom::focus;
use crate::components::{Toast, api_error_notice, isolated_name, use_toaster};
use crate::hooks::{
    CollectionRecord, DeletedCollections, Remote, use_collection_actions, use_local_collections,
    use_receipts, use_toggle,
};
use crate::pages::delete_actions::restore;
use crate::text::bulk_delete::restored_message;
use crate::text::collections as text;
use crate::text::format::{and_more, traits};
use crate::text::general::LOADING;
use shared::api::{Receipt, ReceiptKind};
use shared::timestamp::Timestamp;
use std::cmp::Reverse;
use std::rc::Rc;
use yew::prelude::*;

struct DeletedEntry {
    /// The name of the first collection.
    name: String,
    /// How many other collections were deleted with it.
    num_others: u64,
    /// Members of all of them.
    num_members: u64,
    at: Timestamp,
    deleted: DeletedCollections,
}

/// Closed at first; the account's deletions are fetched when the user opens it.
#[component]
pub(super) fn RecentlyDeleted() -> Html {
    let (is_open, onclick) = use_toggle(false);
    html! {
        <details class="disclosure" open={*is_open}>
            <summary {onclick}>{ text::RECENTLY_DELETED }</summary>
            if *is_open {
                <DeletedEntries />
            }
        </details>
    }
}

#[component]
fn DeletedEntries() -> Html {
    let (local, receipts) = (use_local_collections(), use_receipts().data);
    let (actions, toaster) = (use_collection_actions(), use_toaster());
    let lead = use_node_ref();
    let in_account = receipts.ready().map(|list| list.receipts.as_slice());
    let in_account = in_account.unwrap_or_default().iter();
    let mut entries: Vec<DeletedEntry> = local
        .deleted()
        .filter_map(entry_of_browser)
        .chain(in_account.filter_map(entry_of_account))
        .collect();
    entries.sort_by_key(|entry| Reverse(entry.at));
    let on_restore = {
        let lead = lead.clone();
        Callback::from(move |entry: Rc<DeletedEntry>| {
            let (lead, several) = (lead.clone(), toaster.clone());
            let (num_others, name) = (entry.num_others, AttrValue::from(entry.name.clone()));
            let on_result = move |is_restored: bool| {
                if !is_restored {
                    return;
                }
                // The pressed button disappears with its entry.
                focus(&lead);
                if num_others > 0 {
                    several.show(Toast::new(restored_message(1 + num_others, 0, None)));
                }
            };
            let name = (num_others == 0).then_some(name);
            restore(&actions, &toaster, entry.deleted.clone(), name, on_result);
        })
    };
    let is_complete = matches!(receipts, Remote::Absent | Remote::Ready(_));
    html! {
        <>
            <p class="small soft" tabindex="-1" ref={lead}>
                if entries.is_empty() && is_complete {
                    { text::RECENTLY_DELETED_EMPTY }
                } else {
                    { text::RECENTLY_DELETED_LEAD }
                }
            </p>
            if let Remote::Failed(error) = &receipts {
                { api_error_notice(error, Html::default()) }
            }
            if receipts == Remote::Loading {
                <p class="loading" role="status">{ LOADING }</p>
            }
            if !entries.is_empty() {
                <ul class="items" aria-label={text::RECENTLY_DELETED}>
                    for entry in entries {
                        { entry_view(Rc::new(entry), &on_restore) }
                    }
                </ul>
            }
        </>
    }
}

fn entry_view(entry: Rc<DeletedEntry>, on_restore: &Callback<Rc<DeletedEntry>>) -> Html {
    let is_in_account = matches!(entry.deleted, DeletedCollections::Account(_));
    let onclick = {
        let entry = entry.clone();
        on_restore.reform(move |_: MouseEvent| entry.clone())
    };
    html! {
        <li class="item">
            <div class="item__text">
                <span class="item__name">
                    { isolated_name(&entry.name) }
                    if entry.num_others > 0 {
                        { " " }{ and_more(entry.num_others) }
                    }
                </span>
                <span class="small soft">
                    { traits(entry.num_members) }{ " · " }{ text::deleted_from(is_in_account, entry.at) }
                </span>
            </div>
            <div class="item__choice">
                <button type="button" class="button" aria-label={text::restore_named(&entry.name)} {onclick}>
                    { text::RESTORE }
                </button>
            </div>
        </li>
    }
}

fn entry_of_browser(record: &CollectionRecord) -> Option<DeletedEntry> {
    let collection = &record.collection;
    Some(DeletedEntry {
        name: collection.name.clone(),
        num_others: 0,
        num_members: collection.members.len() as u64,
        at: record.deleted?,
        deleted: DeletedCollections::Browser(vec![collection.id.clone()]),
    })
}

/// Returns the collections that a deletion removed from the account, unless they were restored.
fn entry_of_account(receipt: &Receipt) -> Option<DeletedEntry> {
    let can_be_undone = receipt.kind == ReceiptKind::Deletion
        && receipt.undone_by.is_none()
        && receipt.undoable_until > crate::browser::clock::now();
    let item = receipt.items.first().filter(|_| can_be_undone)?;
    Some(DeletedEntry {
        name: item.source_name.clone(),
        num_others: receipt.items.len() as u64 - 1,
        num_members: receipt.items.iter().map(|item| item.num_members).sum(),
        at: receipt.at,
        deleted: DeletedCollections::Account(Some(receipt.id)),
    })
}
