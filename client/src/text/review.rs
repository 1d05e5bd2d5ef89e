//! The review: what a transfer would do.

use super::format::{collections, count, date, number, short, traits};
use crate::hooks::TransferSource;
use shared::api::{Action, PlanItem, Relation, Repair};
use shared::timestamp::Timestamp;

/// Heading of the side panel.
pub const SUMMARY: &str = "What will happen";
/// Leaves the review.
pub const NOT_NOW: &str = "Not now";
/// When several are merged into one collection.
pub const OVERLAPPING: &str = "Traits that several of the merged ones share are added once.";
/// While it runs.
pub const RUNNING: &str = "Working… this may take a moment.";
/// While the plan is made.
pub const PLANNING: &str = "Looking at your collections…";
/// When no item is chosen.
pub const NOTHING_CHOSEN: &str = "With these choices nothing is brought over.";
/// Follows what the review is, while there is a button.
pub const BEFORE_THE_BUTTON: &str = "Nothing happens before you press the button.";
/// Promise at the button.
pub const ALL_OR_NOTHING: &str = "Either all of this happens or nothing does.";
/// Heading when the plan was replaced.
pub const STALE_TITLE: &str = "Your collections changed in the meantime";
/// What that means.
pub const STALE_BODY: &str =
    "Nothing was brought over yet, and what you chose is kept. Please look at the list once more.";
/// The same when the fresh list has nothing that would be brought over.
pub const STALE_IDLE: &str = "Nothing is left to bring over.";
/// Where those may be that are no longer there. Stands before the link to past transfers.
pub const STALE_MOVED: &str = "They may have been moved in another tab.";
/// When nothing of what is shown changed.
pub const STALE_ELSEWHERE: &str = "Something else in your account changed; this list is as it was.";
/// Before the names of collections that a fresh list has and the one before had not.
pub const STALE_NEW: &str = "New in this list";
/// Before the names of those that have other traits, or relate to the account in another way.
pub const STALE_DIFFERENT: &str = "Not as before";
/// Before the names of those for which a choice is no longer possible.
pub const STALE_UNCHOSEN: &str = "Your choice is no longer possible, please choose again";
/// Heading when there is nothing to review.
pub const NOTHING_TITLE: &str = "There is nothing to bring over";
/// Shows more of a long group.
pub const SHOW_MORE: &str = "Show more";

/// Heading of the items that go over unless the user says otherwise.
pub const GROUP_WAITING: &str = "To be brought over";
/// Heading of the items the account has.
pub const GROUP_PRESENT: &str = "In your account already";
/// Heading of the items that gn-auth copied.
pub const GROUP_COPIED: &str = "Copied before";
/// What these have in common.
pub const GROUP_COPIED_NOTE: &str = "These were copied into your new account before, and have been changed, renamed or deleted there since. \
     They come back only if you ask for it.";
/// Heading of the items without members.
pub const GROUP_EMPTY: &str = "Without traits";
/// Heading of what cannot be read.
pub const GROUP_UNREADABLE: &str = "Cannot be read";
/// What becomes of these.
pub const GROUP_UNREADABLE_NOTE: &str = "They stay exactly as they are in the earlier account. An administrator may be able to mend them.";

/// Heading of the review.
pub fn title(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "Your earlier collections",
        TransferSource::Local => "Collections made in this browser",
        TransferSource::Session => "Collections made on GeneNetwork without signing in",
    }
}

/// What the review is.
pub fn lead(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "This is what your earlier GeneNetwork account holds.",
        TransferSource::Local => {
            "They are copied into your account, and this browser keeps its own."
        }
        TransferSource::Session => {
            "GeneNetwork keeps these for this browser from before you signed in."
        }
    }
}

/// When there is nothing to review.
pub fn nothing(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => {
            "Nothing more is waiting under the e-mail address you signed in with."
        }
        TransferSource::Local => {
            "Every collection in this browser has been imported, or there is none."
        }
        TransferSource::Session => {
            "GeneNetwork keeps no collections for this browser, or not any more."
        }
    }
}

/// Before the names of those that are no longer there.
pub fn stale_gone(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => "No longer in the earlier account",
        TransferSource::Local | TransferSource::Session => "No longer waiting here",
    }
}

/// The one button of the review.
pub fn execute(source: TransferSource, items: u64) -> String {
    match source {
        TransferSource::Legacy => format!("Migrate {}", collections(items)),
        TransferSource::Local | TransferSource::Session => format!("Import {}", collections(items)),
    }
}

/// Heading of one earlier account.
pub fn source_title(full_name: Option<&str>) -> String {
    match full_name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => format!("Account of {}", short(name)),
        None => "Earlier account".to_owned(),
    }
}

/// What is known of that account: its address, how much it holds, and since when.
pub fn source_facts(email: Option<&str>, since: Option<Timestamp>, items: u64) -> String {
    let mut facts = Vec::new();
    facts.extend(email.map(|email| email.trim().to_owned()));
    facts.push(collections(items));
    facts.extend(since.map(|at| format!("oldest from {}", date(at))));
    facts.join(" · ")
}

/// Heading of a group with its size.
pub fn group(title: &str, items: usize) -> String {
    format!("{title} ({})", number(items as u64))
}

/// The facts of one item: how many traits, and when it was made.
pub fn item_facts(num_members: u64, created: Option<Timestamp>) -> String {
    match created {
        Some(at) => format!("{} · made {}", traits(num_members), date(at)),
        None => traits(num_members),
    }
}

/// How an item relates to the account, where its group does not say it already; may name the account's collection.
pub fn relation(item: &PlanItem) -> Option<String> {
    // Else it is like another item, which comes over as well.
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
            let known = item.reason.clone();
            return Some(known.unwrap_or_else(|| "It is not stored as a collection.".to_owned()));
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

/// An action, as the user chooses it.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Move => "Bring over",
        Action::AlreadyPresent => "Nothing to do",
        Action::KeepBoth => "Keep both",
        Action::Merge => "Merge into yours",
        Action::Skip => "Leave where it is",
        Action::Leave => "Stays untouched",
        Action::Delete => "Delete",
    }
}

/// What `keep-both` does; may name the new name.
pub fn kept_beside(item: &PlanItem) -> &'static str {
    match (&item.new_name, &item.target_id) {
        (Some(_), Some(_)) => "It comes over as {name}; yours stays as it is.",
        (Some(_), None) => "It comes over as {name}.",
        (None, Some(_)) => "It comes over beside yours.",
        (None, None) => "It comes over under its own name.",
    }
}

/// What `merge` does; names the account's collection.
pub fn merged(added: u64) -> String {
    match added {
        0 => "Nothing is added: {name} has all of these traits.".to_owned(),
        _ => format!(
            "{} added to {{name}}; nothing is taken out of it:",
            count(added, "trait is", "traits are")
        ),
    }
}

/// Ends a list of which only the beginning is shown.
pub fn and_more(more: u64) -> String {
    format!(" and {} more", number(more))
}

/// Applies a choice to all items of its kind.
pub fn for_all(others: u64) -> String {
    format!("Apply to all like this ({} more)", number(others))
}

/// The same, for those who do not see which choice it stands at.
pub fn for_all_label(chosen: Action, others: u64) -> String {
    format!("{}: {}", for_all(others), action(chosen))
}

/// Label of the choice for one item.
pub fn choice_label(name: &str) -> String {
    format!("What to do with {}", short(name))
}

/// What is mended on the way, if it comes over, in one sentence; `None` if nothing is.
pub fn repairs(repairs: &[Repair], dropped_members: u64, comes_over: bool) -> Option<String> {
    let start = if comes_over {
        "Mended on the way"
    } else {
        "To be mended if it comes over"
    };
    let mut parts: Vec<String> = repairs
        .iter()
        .map(|repair| repair_words(*repair).to_owned())
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

fn repair_words(repair: Repair) -> &'static str {
    match repair {
        Repair::Id => "new internal identifier",
        Repair::Name => "a name made up for it",
        Repair::Created => "date of making",
        Repair::Changed => "date of last change",
        Repair::NumMembers => "number of traits",
        Repair::Members => "list of traits tidied",
    }
}
