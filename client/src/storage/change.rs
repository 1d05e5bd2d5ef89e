//! One change of what is stored, as a value: so it can be made again when the browser would not store it at first.

use super::StorageError;
use super::record::Record;
use super::schema::{KEPT, LEFT};
use shared::history::{Content, Steps};
use shared::timestamp::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A change of some collections, or of what the user chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The collections that it concerns.
    pub ids: Vec<String>,
    /// What is done with them.
    pub what: What,
    /// When.
    pub at: Timestamp,
}

/// What is done with collections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// They are made, of this name and with these members; and with a note, where they came from.
    Create(String, Vec<String>, Option<String>),
    /// They are renamed.
    Rename {
        /// What the user saw.
        from: String,
        /// What it shall be.
        to: String,
    },
    /// These members are added at the end.
    Add(Vec<String>),
    /// These members are taken out.
    Remove(Vec<String>),
    /// They become what they were before the change of this number.
    GoBack(u32),
    /// They are put into the bin.
    Delete,
    /// They are taken out of the bin.
    Restore,
    /// An account has imported them, as this receipt says.
    Imported(Uuid),
    /// The account no longer has those that it took over by this import.
    Returned(Uuid),
    /// The user keeps here what is here.
    KeepHere,
    /// The user leaves at GN2 what it keeps for this browser.
    LeaveThere(String),
}

/// A collection as it is stored: itself, and the way back over its last changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The collection.
    pub record: Record,
    /// Its last changes.
    pub steps: Steps,
}

/// How strictly a change is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The user asks for it now: it is refused when the collection is not what they saw.
    Now,
    /// The user asked for it before, and was told that it waits: it must not get lost any more.
    Before,
}

impl Change {
    /// Whether there is something new to decide about: then the choice to keep everything here is open again.
    pub fn reopens(&self) -> bool {
        use What::{Add, Create, GoBack, Remove, Rename};
        matches!(
            self.what,
            Create(..) | Rename { .. } | Add(_) | Remove(_) | GoBack(_)
        )
    }

    /// Settings that it sets, or removes with `None`.
    pub(super) fn settings(&self) -> Option<(&'static str, Option<&str>)> {
        match &self.what {
            What::KeepHere => Some((KEPT, Some("yes"))),
            What::LeaveThere(what) => Some((LEFT, Some(what))),
            _ => self.reopens().then_some((KEPT, None)),
        }
    }

    /// Makes the change in these collections and says how many members came. What it does not find is passed over
    /// where several collections are meant.
    pub fn make(
        &self,
        all: &mut BTreeMap<String, Stored>,
        asked: Asked,
    ) -> Result<u64, StorageError> {
        let mut added = 0;
        for id in &self.ids {
            if let What::Create(name, members, note) = &self.what {
                let make = || {
                    let mut record = Record::new(id.clone(), name, members.clone(), self.at);
                    record.collection.note.clone_from(note);
                    Stored {
                        record,
                        steps: Steps::default(),
                    }
                };
                all.entry(id.clone()).or_insert_with(make);
            } else if let Some(stored) = all.get_mut(id) {
                added += self.make_one(stored, asked)?;
            } else if asked == Asked::Now && self.reopens() {
                return Err(StorageError::NotFound);
            }
        }
        Ok(added)
    }

    fn make_one(&self, stored: &mut Stored, asked: Asked) -> Result<u64, StorageError> {
        let record = &mut stored.record;
        if !self.reopens() {
            match &self.what {
                What::Delete => {
                    record.deleted.get_or_insert(self.at);
                }
                What::Restore => record.deleted = None,
                What::Imported(receipt) => record.imported = Some(*receipt),
                What::Returned(receipt) => {
                    record.imported.take_if(|imported| imported == receipt);
                }
                _ => {}
            }
            return Ok(0);
        }
        // What is in the bin is not shown: a change that went there would be lost to whoever made it.
        if record.deleted.is_some() && asked == Asked::Now {
            return Err(StorageError::NotFound);
        }
        let before = content(record);
        let mut added = 0;
        match &self.what {
            What::Rename { from, to } => {
                if record.collection.name != *from && asked == Asked::Now {
                    return Err(StorageError::Renamed(record.collection.name.clone()));
                }
                record.rename(to, self.at);
            }
            What::Add(members) => added = record.add(members, self.at),
            What::Remove(members) => record.remove(members, self.at),
            What::GoBack(number) => {
                let past = stored.steps.before(*number, &before);
                record.replace(past.ok_or(StorageError::NotFound)?, self.at);
            }
            _ => {}
        }
        stored.steps.note(&before, &content(record), self.at, false);
        Ok(added)
    }
}

fn content(record: &Record) -> Content {
    Content {
        name: record.collection.name.clone(),
        members: record.collection.members.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds).expect("a point in time")
    }

    fn change(id: &str, what: What, seconds: i64) -> Change {
        Change {
            ids: vec![id.to_owned()],
            what,
            at: at(seconds),
        }
    }

    fn rename(from: &str, to: &str) -> What {
        let (from, to) = (from.to_owned(), to.to_owned());
        What::Rename { from, to }
    }

    fn one() -> BTreeMap<String, Stored> {
        let mut all = BTreeMap::new();
        let what = What::Create("Liver".to_owned(), vec!["a:D".to_owned()], None);
        let made = change("1", what, 1).make(&mut all, Asked::Now);
        assert_eq!(made, Ok(0));
        all
    }

    #[test]
    fn whoever_saw_another_name_is_told_and_overwrites_nothing() {
        let mut all = one();
        let first = change("1", rename("Liver", "Leber"), 2);
        assert_eq!(first.make(&mut all, Asked::Now), Ok(0));
        let second = change("1", rename("Liver", "Foie"), 3);
        let told = second.make(&mut all, Asked::Now);
        assert_eq!(told, Err(StorageError::Renamed("Leber".to_owned())));
        assert_eq!(all["1"].record.collection.name, "Leber");
        assert_eq!(second.make(&mut all, Asked::Before), Ok(0));
        assert_eq!(all["1"].record.collection.name, "Foie");
    }

    #[test]
    fn nothing_is_changed_in_the_bin_unless_it_was_promised() {
        let mut all = one();
        let delete = change("1", What::Delete, 2);
        assert_eq!(delete.make(&mut all, Asked::Now), Ok(0));
        let add = change("1", What::Add(vec!["b:D".to_owned()]), 3);
        assert_eq!(add.make(&mut all, Asked::Now), Err(StorageError::NotFound));
        assert_eq!(add.make(&mut all, Asked::Before), Ok(1));
        assert_eq!(all["1"].record.deleted, Some(at(2)));
    }

    #[test]
    fn going_back_is_a_change_that_can_be_taken_back_too() {
        let mut all = one();
        for what in [
            rename("Liver", "Leber"),
            What::Add(vec!["b:D".to_owned()]),
            What::Remove(vec!["a:D".to_owned()]),
            What::GoBack(1),
        ] {
            change("1", what, 2)
                .make(&mut all, Asked::Now)
                .expect("made");
        }
        let shown = |all: &BTreeMap<String, Stored>| content(&all["1"].record);
        let of = |name: &str, members: &[&str]| Content {
            name: name.to_owned(),
            members: members.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(shown(&all), of("Liver", &["a:D"]));
        let back = change("1", What::GoBack(4), 3);
        back.make(&mut all, Asked::Now).expect("made");
        assert_eq!(shown(&all), of("Leber", &["b:D"]));
        assert_eq!(all["1"].steps.changes().count(), 5);
    }

    #[test]
    fn what_is_made_again_is_made_once() {
        let mut all = one();
        let what = What::Create("Liver".to_owned(), Vec::new(), None);
        let again = change("1", what, 9).make(&mut all, Asked::Before);
        assert_eq!((again, all.len()), (Ok(0), 1));
        assert_eq!(all["1"].record.collection.members, ["a:D"]);
    }
}
