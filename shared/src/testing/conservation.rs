//! Counts the members that a transfer loses or duplicates.
//!
//! The count uses only the stored text. It shares no code with the reader that it checks, except
//! the splitting of a list into entries. It recognises collections by their field `uid` and members
//! by their form.

use crate::api::{Action, ReceiptItem};
use crate::raw_json::split_array;
use crate::transfer::TransferInput;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of lost and duplicated (collection, member) pairs. A collection without members
/// counts as one pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberBalance {
    /// The number of pairs that no longer exist.
    pub lost: usize,
    /// The number of pairs that exist more often than before, or did not exist before.
    pub duplicated: usize,
}

impl std::ops::AddAssign for MemberBalance {
    fn add_assign(&mut self, other: Self) {
        self.lost += other.lost;
        self.duplicated += other.duplicated;
    }
}

/// Compares all values before a transfer with those after it. The receipt `items` tell which
/// collections were merged, and which came from a browser, which keeps its own.
pub fn member_balance(
    before: &TransferInput,
    after: &TransferInput,
    items: &[ReceiptItem],
) -> MemberBalance {
    let mut balance = MemberBalance::default();
    let was = Census::of(before);
    let mut is = Census::of(after);
    let moves = Moves::of(before, items);
    for (id, members) in &moves.from_browser {
        balance += is.remove_from_browser(id, members);
    }
    for (identity, entries) in &was.entries {
        let now = is.entries.remove(identity).unwrap_or_default();
        balance += match (entries.as_slice(), moves.merged.get(identity)) {
            ([before], Some(target_id)) => compare_merged(before, &now, target_id, &was, after),
            ([before], None) => compare_moved(before, &now, &moves),
            _ => MemberBalance {
                lost: entries.len().saturating_sub(now.len()),
                duplicated: now.len().saturating_sub(entries.len()),
            },
        };
    }
    balance.duplicated += is
        .entries
        .values()
        .flatten()
        .map(Entry::weight)
        .sum::<usize>();
    balance
}

/// The identity of an entry: its `uid`, or else its whole text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Uid(u32),
    Raw(Vec<u8>),
}

#[derive(Debug)]
struct Entry {
    raw: String,
    /// Every occurrence of a member in the text.
    members: Vec<String>,
}

impl Entry {
    fn of(raw: &str) -> Self {
        Self {
            raw: raw.to_owned(),
            members: members(raw),
        }
    }

    fn set(&self) -> BTreeSet<&str> {
        self.members.iter().map(String::as_str).collect()
    }

    fn weight(&self) -> usize {
        self.set().len().max(1)
    }

    fn has_id(&self, id: &str) -> bool {
        self.raw.to_ascii_lowercase().contains(id)
    }
}

struct Census {
    entries: BTreeMap<Identity, Vec<Entry>>,
}

impl Census {
    fn of(input: &TransferInput) -> Self {
        let stored = input.sources.iter().filter(|source| source.owner.is_some());
        let lists = stored.map(|source| source.list.as_deref());
        let mut entries: BTreeMap<Identity, Vec<Entry>> = BTreeMap::new();
        for list in lists.chain([input.target.as_deref()]).flatten() {
            match split_array(list) {
                Ok(raws) => {
                    for raw in raws {
                        entries
                            .entry(identity(raw))
                            .or_default()
                            .push(Entry::of(raw));
                    }
                }
                // An absent value equals an empty list. Any other value that is no list stays as it
                // is.
                Err(_) if matches!(list.trim_ascii(), b"" | b"null") => {}
                Err(_) => entries
                    .entry(Identity::Raw(list.to_vec()))
                    .or_default()
                    .push(Entry::of("")),
            }
        }
        Self { entries }
    }

    /// Removes the one collection that came from a browser with this id.
    fn remove_from_browser(&mut self, id: &str, members: &BTreeSet<String>) -> MemberBalance {
        let mut identities = self.entries.iter();
        let identity = identities.find_map(|(identity, entries)| {
            let is_raw = matches!(identity, Identity::Raw(_));
            let is_match = is_raw && entries.iter().any(|entry| entry.has_id(id));
            is_match.then(|| identity.clone())
        });
        let Some(identity) = identity else {
            return MemberBalance {
                lost: members.len().max(1),
                duplicated: 0,
            };
        };
        let entries = self.entries.remove(&identity).unwrap_or_default();
        let members: BTreeSet<&str> = members.iter().map(String::as_str).collect();
        let set = entries[0].set();
        MemberBalance {
            lost: members.difference(&set).count(),
            duplicated: (entries.len() - 1)
                + set.difference(&members).count()
                + (entries[0].members.len() - set.len()),
        }
    }
}

/// The receipt's statements about single collections.
struct Moves {
    /// The merged source entries, with the ids of the collections they were merged into.
    merged: BTreeMap<Identity, String>,
    /// The members that target collections gained, by id.
    gained: BTreeMap<String, BTreeSet<String>>,
    /// The collections from a browser: id in the target and members.
    from_browser: Vec<(String, BTreeSet<String>)>,
}

impl Moves {
    fn of(before: &TransferInput, items: &[ReceiptItem]) -> Self {
        let mut moves = Self {
            merged: BTreeMap::new(),
            gained: BTreeMap::new(),
            from_browser: Vec::new(),
        };
        for item in items.iter().filter(|item| item.action.transfers()) {
            let Some((stored, raw)) = source_entry(before, &item.key) else {
                continue;
            };
            let id = item.target_id.clone().unwrap_or_default();
            let set: BTreeSet<String> = members(raw).into_iter().collect();
            if item.action == Action::Merge {
                moves.gained.entry(id.clone()).or_default().extend(set);
                if stored {
                    moves.merged.insert(identity(raw), id);
                }
            } else if !stored {
                moves.from_browser.push((id, set));
            }
        }
        moves
    }
}

/// Returns the source entry of the plan's key `account:position`, and whether it is stored in
/// Redis.
fn source_entry<'a>(input: &'a TransferInput, key: &str) -> Option<(bool, &'a str)> {
    let (account, position) = key.split_once(':')?;
    let source = input.sources.get(account.parse::<usize>().ok()?)?;
    let raws = split_array(source.list.as_deref()?).ok()?;
    let raw = raws.get(position.parse::<usize>().ok()?)?;
    Some((source.owner.is_some(), raw))
}

/// A collection that was not merged must exist once, with exactly its members, each once.
fn compare_moved(before: &Entry, now: &[Entry], moves: &Moves) -> MemberBalance {
    let [first, more @ ..] = now else {
        return MemberBalance {
            lost: before.weight(),
            duplicated: 0,
        };
    };
    let (was, is) = (before.set(), first.set());
    let gained = moves.gained.iter().filter(|(id, _)| first.has_id(id));
    let gained: BTreeSet<&str> = gained
        .flat_map(|(_, set)| set.iter().map(String::as_str))
        .collect();
    let new = is
        .iter()
        .filter(|member| !was.contains(*member) && !gained.contains(*member));
    let repeated = if first.raw == before.raw {
        0
    } else {
        first.members.len() - is.len()
    };
    MemberBalance {
        lost: was.difference(&is).count(),
        duplicated: more.iter().map(Entry::weight).sum::<usize>() + new.count() + repeated,
    }
}

/// A merged collection must be gone, and a collection of the target must have all its members.
fn compare_merged(
    before: &Entry,
    now: &[Entry],
    target_id: &str,
    was: &Census,
    after: &TransferInput,
) -> MemberBalance {
    let target = after.target.as_deref().unwrap_or_default();
    let raws = split_array(target).unwrap_or_default();
    let into = raws
        .into_iter()
        .filter(|raw| was.entries.contains_key(&identity(raw)));
    let into = into.map(Entry::of).filter(|entry| entry.has_id(target_id));
    let missing = into
        .map(|entry| before.set().difference(&entry.set()).count())
        .min();
    MemberBalance {
        lost: missing.unwrap_or(before.weight()),
        duplicated: now.iter().map(Entry::weight).sum(),
    }
}

fn identity(raw: &str) -> Identity {
    let uid = raw.split_once("\"uid\": ").and_then(|(_, rest)| {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        rest[..digits].parse().ok()
    });
    uid.map_or_else(|| Identity::Raw(raw.as_bytes().to_vec()), Identity::Uid)
}

/// Returns every `m<digit>:D` in a text.
fn members(raw: &str) -> Vec<String> {
    let ends = raw.match_indices(":D").map(|(end, _)| end);
    ends.filter_map(|end| {
        let member = raw.get(end.checked_sub(2)?..end)?;
        let is_member =
            member.starts_with('m') && member.ends_with(|last: char| last.is_ascii_digit());
        is_member.then(|| format!("{member}:D"))
    })
    .collect()
}

#[cfg(test)]
mod tests;
