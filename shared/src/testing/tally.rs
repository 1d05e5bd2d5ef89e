//! Where every member of every collection went.
//!
//! This looks at the stored text alone and shares nothing with the reader it checks but the cutting of a
//! list into entries: collections are found again by their field `uid`, members by what they look like.

use crate::api::{Action, ReceiptItem};
use crate::raw_json::split_array;
use crate::transfer::TransferInput;
use std::collections::{BTreeMap, BTreeSet};

/// How many (collection, member) pairs went wrong. A collection without members counts as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs that are nowhere any more.
    pub lost: usize,
    /// Pairs that are there more often than before, or came from nowhere.
    pub doubled: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.lost += other.lost;
        self.doubled += other.doubled;
    }
}

/// Compares all values before a transfer with those after it; `items` say what was merged and what came
/// from a browser, where nothing is taken away.
pub fn tally(before: &TransferInput, after: &TransferInput, items: &[ReceiptItem]) -> Tally {
    let mut tally = Tally::default();
    let was = Census::of(before);
    let mut is = Census::of(after);
    let moves = Moves::of(before, items);
    for (id, members) in &moves.from_browser {
        tally += is.take_out(id, members);
    }
    for (identity, found) in &was.entries {
        let now = is.entries.remove(identity).unwrap_or_default();
        tally += match (found.as_slice(), moves.merged.get(identity)) {
            ([before], Some(target_id)) => is_merged(before, &now, target_id, &was, after),
            ([before], None) => became(before, &now, &moves),
            _ => Tally {
                lost: found.len().saturating_sub(now.len()),
                doubled: now.len().saturating_sub(found.len()),
            },
        };
    }
    tally.doubled += is
        .entries
        .values()
        .flatten()
        .map(Entry::weight)
        .sum::<usize>();
    tally
}

/// What an entry is found again by: its `uid`, or all of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Uid(u32),
    Raw(Vec<u8>),
}

#[derive(Debug)]
struct Entry {
    raw: String,
    /// Every member in the text, as often as it is there.
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
                // A value that is no list stays as it is. Nothing and an empty list are the same.
                Err(_) if matches!(list.trim_ascii(), b"" | b"null") => {}
                Err(_) => entries
                    .entry(Identity::Raw(list.to_vec()))
                    .or_default()
                    .push(Entry::of("")),
            }
        }
        Self { entries }
    }

    /// Takes out the one collection that came from a browser under this id.
    fn take_out(&mut self, id: &str, members: &BTreeSet<String>) -> Tally {
        let is_it = |identity: &&Identity, found: &[Entry]| {
            matches!(identity, Identity::Raw(_)) && found.iter().any(|entry| entry.has_id(id))
        };
        let place = self
            .entries
            .iter()
            .find(|(identity, found)| is_it(identity, found));
        let Some(identity) = place.map(|(identity, _)| identity.clone()) else {
            return Tally {
                lost: members.len().max(1),
                doubled: 0,
            };
        };
        let found = self.entries.remove(&identity).unwrap_or_default();
        let members: BTreeSet<&str> = members.iter().map(String::as_str).collect();
        let set = found[0].set();
        Tally {
            lost: members.difference(&set).count(),
            doubled: (found.len() - 1)
                + set.difference(&members).count()
                + (found[0].members.len() - set.len()),
        }
    }
}

/// What the receipt says about single collections.
struct Moves {
    /// Merged source entries, each with the id it was merged into.
    merged: BTreeMap<Identity, String>,
    /// Members that entries gained, by the id of the entry.
    gained: BTreeMap<String, BTreeSet<String>>,
    /// What was added from a browser: id in the target and members.
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

/// The source entry of a plan's key `account:position`, and whether it is one that is stored.
fn source_entry<'a>(input: &'a TransferInput, key: &str) -> Option<(bool, &'a str)> {
    let (account, position) = key.split_once(':')?;
    let source = input.sources.get(account.parse::<usize>().ok()?)?;
    let raws = split_array(source.list.as_deref()?).ok()?;
    let raw = raws.get(position.parse::<usize>().ok()?)?;
    Some((source.owner.is_some(), raw))
}

/// A collection that was not merged is there once, with its members and no others, none of them twice.
fn became(before: &Entry, now: &[Entry], moves: &Moves) -> Tally {
    let [first, more @ ..] = now else {
        return Tally {
            lost: before.weight(),
            doubled: 0,
        };
    };
    let (was, is) = (before.set(), first.set());
    let gained = moves.gained.iter().filter(|(id, _)| first.has_id(id));
    let gained: BTreeSet<&str> = gained
        .flat_map(|(_, set)| set.iter().map(String::as_str))
        .collect();
    let from_nowhere = is
        .iter()
        .filter(|member| !was.contains(*member) && !gained.contains(*member));
    let repeated = if first.raw == before.raw {
        0
    } else {
        first.members.len() - is.len()
    };
    Tally {
        lost: was.difference(&is).count(),
        doubled: more.iter().map(Entry::weight).sum::<usize>() + from_nowhere.count() + repeated,
    }
}

/// A merged collection is gone, and its members are all in one that the target had before.
fn is_merged(
    before: &Entry,
    now: &[Entry],
    target_id: &str,
    was: &Census,
    after: &TransferInput,
) -> Tally {
    let target = after.target.as_deref().unwrap_or_default();
    let raws = split_array(target).unwrap_or_default();
    let into = raws
        .into_iter()
        .filter(|raw| was.entries.contains_key(&identity(raw)));
    let into = into.map(Entry::of).filter(|entry| entry.has_id(target_id));
    let missing = into
        .map(|entry| before.set().difference(&entry.set()).count())
        .min();
    Tally {
        lost: missing.unwrap_or(before.weight()),
        doubled: now.iter().map(Entry::weight).sum(),
    }
}

fn identity(raw: &str) -> Identity {
    let uid = raw.split_once("\"uid\": ").and_then(|(_, rest)| {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        rest[..digits].parse().ok()
    });
    uid.map_or_else(|| Identity::Raw(raw.as_bytes().to_vec()), Identity::Uid)
}

/// Every `m<digit>:D` in a text.
fn members(raw: &str) -> Vec<String> {
    let places = raw.match_indices(":D").map(|(end, _)| end);
    places
        .filter_map(|end| {
            let member = raw.get(end.checked_sub(2)?..end)?;
            let is_one =
                member.starts_with('m') && member.ends_with(|last: char| last.is_ascii_digit());
            is_one.then(|| format!("{member}:D"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::inputs::now;
    use crate::transfer::Source;
    use uuid::Uuid;

    fn input(target: &str, source: &str) -> TransferInput {
        TransferInput {
            owner: Uuid::from_u128(1),
            target: Some(target.as_bytes().to_vec()),
            sources: vec![Source {
                owner: Some(crate::ids::LegacyOwner::new("s")),
                list: Some(source.as_bytes().to_vec()),
                ..Source::default()
            }],
            now: now(),
        }
    }

    const ENTRY: &str = r#"{"uid": 1, "members": ["m0:D", "m1:D"]}"#;

    fn moved(target: &str, source: &str) -> (usize, usize) {
        let before = input("[]", &format!("[{ENTRY}]"));
        let tally = tally(&before, &input(target, source), &[]);
        (tally.lost, tally.doubled)
    }

    #[test]
    fn what_is_lost_or_doubled_is_counted() {
        assert_eq!(moved(&format!("[{ENTRY}]"), "[]"), (0, 0));
        assert_eq!(moved("[]", "[]"), (2, 0));
        assert_eq!(moved(&format!("[{ENTRY}]"), &format!("[{ENTRY}]")), (0, 2));
        assert_eq!(moved(&format!("[{ENTRY}, {ENTRY}]"), "[]"), (0, 2));
        assert_eq!(
            moved(&format!("[{}]", ENTRY.replace("m1:D", "")), "[]"),
            (1, 0)
        );
        assert_eq!(
            moved(&format!("[{}]", ENTRY.replace("m1", "m2")), "[]"),
            (1, 1)
        );
        assert_eq!(
            moved(
                &format!("[{}]", ENTRY.replace("\"m1:D", "\"m1:D\", \"m1:D")),
                "[]"
            ),
            (0, 1)
        );
        assert_eq!(moved(&format!("[{ENTRY}, 7]"), "[]"), (0, 1));
    }
}
