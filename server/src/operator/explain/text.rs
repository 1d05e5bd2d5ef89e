//! The words of an explanation. Stored texts are quoted as Rust does, so that stray spaces show and
//! control characters do nothing to the terminal.

use super::situation::{AccountContent, FlagContent, LegacySituation, ListContent, Situation};
use super::subject::{Evidence, KnownAccount};
use shared::api::{EarlierOutcome, Plan, PlanItem, Receipt, ReceiptKind, Relation, SourceAccount};
use shared::legacy::UnreadableList;
use shared::timestamp::Timestamp;
use std::fmt;

impl fmt::Display for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person {
                address,
                account,
                legacy,
                plan,
                now,
            } => {
                writeln!(f, "Address {}", address.as_str())?;
                known_account(f, account.as_ref())?;
                if legacy.is_empty() {
                    f.write_str("\nNo legacy account has this address. Legacy accounts made through GitHub or ORCID have\nnone; gn-collections report lists them, and gn-collections assign gives one to a person.\n")?;
                }
                legacy.iter().try_for_each(|one| legacy_account(f, one))?;
                offer(f, plan)?;
                let content = account.as_ref().map(|(_, content)| content);
                content.map_or(Ok(()), |content| receipts(f, &content.receipts, *now))
            }
            Self::Account { id, content, now } => {
                writeln!(f, "Account {id}\n  {}", content.list)?;
                f.write_str("  Its address is not known here, because it has not asked to move legacy collections.\n  gn-collections explain <address> --account <id> explains what it would be offered.\n")?;
                receipts(f, &content.receipts, *now)
            }
            Self::WithoutAddress {
                owner,
                reason,
                list,
            } => writeln!(
                f,
                "Legacy account {owner}\n  {list}\n  No person can be found for it: {reason}. gn-collections assign gives it to a person, who is\n  then offered its collections."
            ),
        }
    }
}

impl fmt::Display for ListContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("It has no list of collections."),
            Self::Entries {
                collections,
                unreadable: 0,
            } => write!(f, "Its list has {}.", count(*collections, "collection")),
            Self::Entries {
                collections,
                unreadable,
            } => write!(
                f,
                "Its list has {} and {} that cannot be read.",
                count(*collections, "collection"),
                count_of(*unreadable, "entry", "entries")
            ),
            Self::Unreadable(reason) => write!(f, "Its list stays as it is: {reason}."),
        }
    }
}

fn known_account(
    f: &mut fmt::Formatter<'_>,
    account: Option<&(KnownAccount, AccountContent)>,
) -> fmt::Result {
    let Some((known, content)) = account else {
        return f.write_str("\nNo account\n  Nobody with this address has asked to move collections, so the id of its account is not\n  known here. The offer below is for an account without collections. --account <id> explains\n  an account that you know.\n");
    };
    let evidence = match known.evidence {
        Evidence::Named => "It is the account that you named.",
        Evidence::Migration => "It has asked to move collections of this address.",
        Evidence::Copies => {
            "It probably has this address: its list has collections of the legacy accounts, as gn-auth\n  copies them. --account <id> explains another one."
        }
    };
    writeln!(
        f,
        "\nAccount {}\n  {evidence}\n  {}",
        known.id, content.list
    )
}

fn legacy_account(f: &mut fmt::Formatter<'_>, legacy: &LegacySituation) -> fmt::Result {
    writeln!(f, "\nLegacy account {}\n  {}", legacy.owner, legacy.list)?;
    if legacy.is_claimed {
        f.write_str("  The person claimed it with its password, or an operator assigned it.\n")?;
    }
    let Some(spelling) = &legacy.spelling else {
        return f.write_str("  It has no address.\n");
    };
    let confirmed = match (legacy.is_confirmed, legacy.is_claimed) {
        (true, _) => "confirmed at GN2",
        (false, true) => "never confirmed at GN2",
        (false, false) => {
            "never confirmed at GN2, which does not matter once the auth server has verified it"
        }
    };
    writeln!(
        f,
        "  Its address is spelled {spelling:?}; it was {confirmed}."
    )?;
    f.write_str("  gn-auth's record for this spelling ")?;
    let FlagContent::Present { is_migrated, names } = &legacy.flag else {
        return writeln!(f, "does not exist.");
    };
    let migrated = if *is_migrated {
        "that its collections were migrated"
    } else {
        "that its collections were not migrated"
    };
    match names {
        Some(owner) if *owner == legacy.owner => writeln!(f, "says {migrated}."),
        Some(owner) => writeln!(
            f,
            "is about another legacy account, {owner}, and says {migrated}."
        ),
        None => writeln!(f, "names no legacy account."),
    }
}

fn offer(f: &mut fmt::Formatter<'_>, plan: &Result<Plan, UnreadableList>) -> fmt::Result {
    f.write_str("\nOffer after signing in, if the auth server has verified the address\n")?;
    let plan = match plan {
        Ok(plan) => plan,
        Err(reason) => {
            return writeln!(
                f,
                "  Nothing, because the account's own list is not changed: {reason}."
            );
        }
    };
    let items = plan.accounts.iter().flat_map(|account| {
        let items = account.items.iter();
        items.map(move |item| (account, item))
    });
    let (offered, left): (Vec<AccountItem<'_>>, Vec<_>) =
        items.partition(|(_, item)| item.action.transfers());
    if offered.is_empty() {
        f.write_str("  Nothing.\n")?;
    } else {
        writeln!(f, "  {} to move:", count(offered.len(), "collection"))?;
    }
    offered.iter().try_for_each(|one| item(f, one))?;
    if !left.is_empty() {
        let entries = count_of(left.len(), "entry", "entries");
        writeln!(
            f,
            "  {entries} to leave, unless the person chooses otherwise:"
        )?;
    }
    left.iter().try_for_each(|one| item(f, one))
}

type AccountItem<'p> = (&'p SourceAccount, &'p PlanItem);

fn item(f: &mut fmt::Formatter<'_>, &(account, item): &AccountItem<'_>) -> fmt::Result {
    if item.relation == Relation::Unreadable {
        let owner = account.legacy_user_id.as_deref().unwrap_or_default();
        let part = item.key.split_once(':').map_or_else(
            || "The list".to_owned(),
            |(_, position)| format!("Entry {position}"),
        );
        let reason = item.reason.as_deref().unwrap_or_default();
        return writeln!(
            f,
            "    {part} of legacy account {owner} cannot be read: {reason}"
        );
    }
    let members = count_of(
        usize::try_from(item.num_members).unwrap_or(usize::MAX),
        "member",
        "members",
    );
    write!(f, "    {:?}, {members}", item.name)?;
    match &item.new_name {
        Some(new_name) if item.action.transfers() => write!(f, ", as {new_name:?}")?,
        _ => {}
    }
    if let Some(outcome) = item.earlier {
        write!(f, ", {}", earlier(outcome))?;
    }
    let target = item.target_name.as_ref();
    let target = target.map_or_else(String::new, |name| format!(" ({name:?})"));
    match item.relation {
        Relation::New | Relation::Unreadable => writeln!(f),
        Relation::Identical => writeln!(f, ": the account has it, with the same name and members"),
        Relation::SameName => writeln!(f, ": its name is taken by one with other members"),
        Relation::SameContent => {
            writeln!(f, ": one with another name{target} has the same members")
        }
        Relation::SameId => writeln!(f, ": its id is taken by one with other content{target}"),
        Relation::Empty => writeln!(f, ": it has no members"),
        Relation::AlreadyCopied => {
            writeln!(
                f,
                ": gn-auth copied it, and the copy was changed since{target}"
            )
        }
    }
}

/// The result of an earlier transfer for a collection that is missing from the account.
fn earlier(outcome: EarlierOutcome) -> &'static str {
    match outcome {
        EarlierOutcome::LeftBehind => "left behind in an earlier transfer",
        EarlierOutcome::Deleted => "deleted from the account before",
        EarlierOutcome::Overwritten => {
            "transferred before, and lost when another program overwrote the account's list"
        }
        EarlierOutcome::Removed => {
            "transferred before, and since removed from the account by another program"
        }
    }
}

fn receipts(f: &mut fmt::Formatter<'_>, receipts: &[Receipt], now: Timestamp) -> fmt::Result {
    f.write_str("\nReceipts\n")?;
    if receipts.is_empty() {
        f.write_str("  None.\n")?;
    }
    receipts.iter().try_for_each(|one| receipt(f, one, now))
}

fn receipt(f: &mut fmt::Formatter<'_>, receipt: &Receipt, now: Timestamp) -> fmt::Result {
    let kind = match receipt.kind {
        ReceiptKind::Migration => "migration",
        ReceiptKind::Import => "import",
        ReceiptKind::Deletion => "deletion",
        ReceiptKind::Undo => "undo",
    };
    writeln!(f, "  {kind} {} at {}", receipt.id, receipt.at.to_rfc3339())?;
    let counts: Vec<String> = [
        (receipt.moved, "moved"),
        (receipt.renamed, "renamed"),
        (receipt.merged, "merged"),
        (receipt.already_present, "already present"),
        (receipt.skipped, "left behind"),
        (receipt.unreadable, "unreadable"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{number} {what}"))
    .collect();
    if !counts.is_empty() {
        writeln!(f, "    {}", counts.join(", "))?;
    }
    match receipt.undone_by {
        _ if receipt.kind == ReceiptKind::Undo => Ok(()),
        Some(undo) => writeln!(f, "    It was undone: see {undo}."),
        None if receipt.undoable_until > now => writeln!(
            f,
            "    It can be undone until {}.",
            receipt.undoable_until.to_rfc3339()
        ),
        None => writeln!(f, "    It can no longer be undone."),
    }
}

fn count(number: usize, one: &str) -> String {
    count_of(number, one, &format!("{one}s"))
}

fn count_of(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
