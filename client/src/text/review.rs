//! The review: what a transfer would do.

use super::format::{collections, count, date, number, short, traits};
use crate::hooks::TransferSource;
use shared::api::{Action, PlanItem, Relation, Repair};
use shared::timestamp::Timestamp;

/// Heading of the side panel.
pub const SUMMARY: &str = "What will happen";
/// Leaves the review.
pub const NOT_NOW: &str = "Not now";
/// While it runs.
pub const RUNNING: &str = "Working… this may take a moment.";
/// While the plan is made.
pub const PLANNING: &str = "Looking at your collections…";
/// When no item is chosen.
pub const NOTHING_CHOSEN: &str = "With these choices nothing is brought over.";
/// Promise at the button.
pub const ALL_OR_NOTHING: &str = "Either all of this happens or nothing does.";
/// Heading when the plan was replaced.
pub const STALE_TITLE: &str = "Your collections changed in the meantime";
/// What that means.
pub const STALE_BODY: &str = "Nothing was brought over yet. This is the fresh list; your choices are kept. Please look at it once more.";
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
    }
}

/// What the review is.
pub fn lead(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => {
            "This is what your earlier GeneNetwork account holds. Nothing moves before you press the button."
        }
        TransferSource::Local => {
            "They are copied into your account, and this browser keeps its own. Nothing is copied before you \
             press the button."
        }
    }
}

/// When there is nothing to review.
pub fn nothing(source: TransferSource) -> &'static str {
    match source {
        TransferSource::Legacy => {
            "No collections are stored under the e-mail address you signed in with."
        }
        TransferSource::Local => {
            "Every collection in this browser has been imported, or there is none."
        }
    }
}

/// The one button of the review.
pub fn execute(source: TransferSource, items: u64) -> String {
    match source {
        TransferSource::Legacy => format!("Migrate {}", collections(items)),
        TransferSource::Local => format!("Import {}", collections(items)),
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

/// How an item relates to the account, where its group does not say it already.
pub fn relation(item: &PlanItem) -> Option<String> {
    let words = match item.relation {
        Relation::New | Relation::Empty | Relation::AlreadyCopied => return None,
        Relation::Identical => "Same name and same traits as one you have.".to_owned(),
        Relation::SameName => format!(
            "You have another collection of this name. Of these {}, {} in yours as well.",
            traits(item.num_members),
            count(item.overlap, "is", "are"),
        ),
        Relation::SameContent => "You have the same traits under another name.".to_owned(),
        Relation::SameId => {
            "You have another collection under the same internal identifier.".to_owned()
        }
        Relation::Unreadable => item
            .reason
            .clone()
            .unwrap_or_else(|| "It is not stored as a collection.".to_owned()),
    };
    Some(words)
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

/// What the chosen action does, where its label does not say it all; may name the new name.
pub fn outcome(item: &PlanItem, action: Action) -> Option<String> {
    match action {
        Action::KeepBoth if item.new_name.is_some() => {
            Some("It comes over as {name}; yours stays as it is.".to_owned())
        }
        Action::KeepBoth => Some("It comes over beside yours.".to_owned()),
        Action::Merge => {
            let added = item.num_members.saturating_sub(item.overlap);
            Some(format!(
                "{} added to yours; nothing is taken out.",
                count(added, "trait is", "traits are")
            ))
        }
        Action::Move | Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => {
            None
        }
    }
}

/// Label of the choice for one item.
pub fn choice_label(name: &str) -> String {
    format!("What to do with {}", short(name))
}

/// What is mended on the way, in one sentence; `None` if nothing is.
pub fn repairs(repairs: &[Repair], dropped_members: u64) -> Option<String> {
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
    (!parts.is_empty()).then(|| format!("Mended on the way: {}.", parts.join(", ")))
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
