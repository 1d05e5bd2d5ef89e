//! The review of a transfer before it runs.

use super::format::{collections, count, date, number, short, traits};
use super::table::cannot_show;
use crate::hooks::TransferSource;
use shared::api::{Action, PlanItem, Relation, Repair};
use shared::timestamp::Timestamp;

pub const SUMMARY: &str = "What will happen";
pub const NOT_NOW: &str = "Not now";
pub const SHARED_TRAITS_ONCE: &str = "Traits that several of the merged ones share are added once.";
pub const TRANSFER_RUNNING: &str = "Working… this may take a moment.";
pub const PLANNING: &str = "Checking your collections…";
pub const NOTHING_CHOSEN: &str = "With these choices nothing is moved.";
pub const NO_CHANGES_YET: &str = "Nothing happens before you press the button.";
pub const ALL_OR_NOTHING: &str = "Either all of this happens or nothing does.";
pub const STALE_TITLE: &str = "Your collections changed in the meantime";
pub const STALE_BODY: &str =
    "Nothing was moved yet, and your choices are kept. Please check the list again.";
pub const STALE_NOTHING_LEFT: &str = "Nothing is left to move.";
pub const STALE_MOVED_ELSEWHERE: &str = "They may have been moved in another tab.";
pub const STALE_ELSEWHERE: &str = "Something else in your account changed; this list is the same.";
pub const STALE_NEW_LABEL: &str = "New in this list";
pub const STALE_CHANGED_LABEL: &str = "Not as before";
pub const STALE_CHOICE_INVALID_LABEL: &str =
    "Your choice is no longer possible, please choose again";
pub const NOTHING_TITLE: &str = "Nothing to move";
pub const SHOW_MORE: &str = "Show more";

pub const GROUP_TO_MOVE: &str = "To be moved";
pub const GROUP_PRESENT: &str = "In your account already";
pub const GROUP_COPIED: &str = "Copied before";
pub const GROUP_COPIED_NOTE: &str = "These were copied into your new account before and have been changed there since. \
     The earlier versions move only if you choose so.";
pub const GROUP_LEFT_BEHIND: &str = "Left behind earlier";
pub const GROUP_LEFT_BEHIND_NOTE: &str =
    "You chose not to move these before. They move only if you choose so now.";
pub const GROUP_LOST: &str = "No longer in your account";
pub const GROUP_LOST_NOTE: &str = "These were moved into your account within the last 30 days and are no longer there. \
     Another program has overwritten your list, or they were deleted on GeneNetwork.";
pub const GROUP_DELETED: &str = "Deleted from your account";
pub const GROUP_DELETED_NOTE: &str =
    "You deleted these here. Their earlier versions move only if you choose so.";
pub const GROUP_EMPTY: &str = "Without traits";
pub const GROUP_UNREADABLE: &str = "Cannot be read";
pub const GROUP_UNREADABLE_NOTE: &str = "They stay exactly as they are in the earlier account. An administrator may be able to repair them.";

pub fn title(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "Your earlier collections",
        TransferSource::Local => "Collections made in this browser",
        TransferSource::Session => "Collections made on GeneNetwork without signing in",
    }
}

pub fn lead(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "This is what your earlier GeneNetwork account holds.",
        TransferSource::Local => {
            "They are copied into your account; the copies in this browser stay."
        }
        TransferSource::Session => {
            "GeneNetwork keeps these for this browser from before you signed in."
        }
    }
}

pub fn nothing_to_transfer(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => {
            "There are no more old collections for the e-mail address you signed in with."
        }
        TransferSource::Local => {
            "Every collection in this browser has been imported, or there is none."
        }
        TransferSource::Session => {
            "GeneNetwork keeps no collections for this browser, or not any more."
        }
    }
}

pub fn stale_missing_label(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "No longer in the earlier account",
        TransferSource::Local | TransferSource::Session => "No longer waiting here",
    }
}

pub fn execute_button(source: TransferSource, items: u64) -> String {
    match source {
        TransferSource::Legacy => format!("Migrate {}", collections(items)),
        TransferSource::Local | TransferSource::Session => format!("Import {}", collections(items)),
    }
}

pub fn source_title(full_name: Option<&str>) -> String {
    match full_name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => format!("Account of {}", short(name)),
        None => "Earlier account".to_owned(),
    }
}

pub fn source_facts(email: Option<&str>, since: Option<Timestamp>, items: u64) -> String {
    let mut facts = Vec::new();
    facts.extend(email.map(|email| email.trim().to_owned()));
    facts.push(collections(items));
    facts.extend(since.map(|at| format!("oldest from {}", date(at))));
    facts.join(" · ")
}

pub fn group_title(title: &str, items: usize) -> String {
    format!("{title} ({})", number(items as u64))
}

pub fn item_facts(num_members: u64, created: Option<Timestamp>) -> String {
    match created {
        Some(at) => format!("{} · created {}", traits(num_members), date(at)),
        None => traits(num_members),
    }
}

pub fn relation(item: &PlanItem) -> Option<String> {
    // Otherwise it resembles another item of the same plan.
    let in_account = item.target_id.is_some();
    let words = match item.relation {
        Relation::New | Relation::Empty | Relation::AlreadyCopied => return None,
        Relation::Identical if in_account => "Same name and same traits as one you have.",
        Relation::Identical => "Same name and same traits as another one in this list.",
        Relation::SameContent if in_account => "You have the same traits as {name}.",
        Relation::SameContent => "Another one in this list has the same traits.",
        Relation::SameName if in_account => "You have another collection of this name.",
        Relation::SameName => "Another one in this list has this name.",
        Relation::SameId => "{name} in your account has the same internal identifier.",
        Relation::Unreadable => {
            let reason = item.reason.clone();
            return Some(reason.unwrap_or_else(|| "It is not stored as a collection.".to_owned()));
        }
    };
    Some(match item.relation {
        Relation::SameName | Relation::SameId => {
            let of = traits(item.num_members);
            match (item.overlap, item.num_members) {
                (0, _) => format!("{words} It has none of these traits."),
                (1, 1) => format!("{words} It has this trait as well."),
                (shared, all) if shared == all => format!("{words} It has all of these {of}."),
                (shared, _) => {
                    let shared = count(shared, "is", "are");
                    format!("{words} Of these {of}, {shared} in it as well.")
                }
            }
        }
        _ => words.to_owned(),
    })
}

pub fn action_name(action: Action) -> &'static str {
    match action {
        Action::Move => "Move to my account",
        Action::AlreadyPresent => "Already in your account",
        Action::KeepBoth => "Keep both",
        Action::Merge => "Merge into yours",
        Action::Skip => "Do not move",
        Action::Leave => "Stays untouched",
        Action::Delete => "Delete",
    }
}

pub fn keep_both_effect(item: &PlanItem) -> &'static str {
    match (&item.new_name, &item.target_id) {
        (Some(_), Some(_)) => "It moves as {name}; yours stays unchanged.",
        (Some(_), None) => "It moves as {name}.",
        (None, Some(_)) => "It moves beside yours.",
        (None, None) => "It moves under its own name.",
    }
}

pub fn merge_effect(added: u64) -> String {
    match added {
        0 => "Nothing is added: {name} has all of these traits.".to_owned(),
        _ => format!(
            "{} added to {{name}}; nothing is removed from it:",
            count(added, "trait is", "traits are")
        ),
    }
}

pub fn apply_to_similar(others: u64) -> String {
    format!("Apply to all like this ({} more)", number(others))
}

pub fn apply_to_similar_label(chosen: Action, others: u64) -> String {
    format!("{}: {}", apply_to_similar(others), action_name(chosen))
}

pub fn choice_label(name: &str) -> String {
    format!("What to do with {}", short(name))
}

pub fn repairs(repairs: &[Repair], dropped_members: u64, comes_over: bool) -> Option<String> {
    let start = if comes_over {
        "Repaired"
    } else {
        "Will be repaired if it is moved"
    };
    let mut parts: Vec<String> = repairs
        .iter()
        .map(|repair| repair_name(*repair).to_owned())
        .collect();
    if dropped_members > 0 {
        parts.push(format!(
            "{} left out",
            count(
                dropped_members,
                "blank or repeated trait",
                "blank or repeated traits"
            )
        ));
    }
    (!parts.is_empty()).then(|| format!("{start}: {}.", parts.join(", ")))
}

pub fn unshowable_members(members: u64) -> String {
    let are = if members == 1 { "it is" } else { "they are" };
    format!("{}: {are} marked in the collection.", cannot_show(members))
}

pub fn excluded_members(members: u64) -> String {
    format!(
        "{}: {} in this browser only.",
        cannot_show(members),
        if members == 1 {
            "it stays"
        } else {
            "they stay"
        }
    )
}

fn repair_name(repair: Repair) -> &'static str {
    match repair {
        Repair::Id => "new internal identifier",
        Repair::Name => "name",
        Repair::Created => "creation date",
        Repair::Changed => "date of last change",
        Repair::NumMembers => "number of traits",
        Repair::Members => "list of traits cleaned up",
        Repair::Note => "note shortened",
    }
}
