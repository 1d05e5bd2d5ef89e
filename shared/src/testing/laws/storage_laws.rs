//! The laws of target and sources after a transfer.

use super::case::{Case, fold, lists, raws};
use crate::api::{Action, Relation};
use crate::edit::check::{MAX_NOTE, is_showable};
use crate::legacy::{Member, ParsedCollection, StoredList};
use crate::raw_json::split_array;
use crate::testing::conservation::{MemberBalance, member_balance};
use crate::testing::entries::UNKNOWN;
use crate::timestamp::Timestamp;
use crate::transfer::{TransferInput, TransferPlan};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Case {
    /// Checks that every (collection, member) pair is in either a source or the target.
    pub fn members_are_conserved(&self) {
        let balance = member_balance(&self.before, &self.after, &self.output.items);
        assert_eq!(balance, MemberBalance::default());
    }

    /// Checks that transferred collections keep unknown fields with every digit and space.
    pub fn unknown_fields_are_preserved(&self) {
        let fields = |input: &TransferInput| -> Vec<usize> {
            let lists: Vec<String> = lists(input)
                .iter()
                .flatten()
                .map(|list| String::from_utf8_lossy(list).into_owned())
                .collect();
            let count = |field: &&str| lists.iter().map(|list| list.matches(*field).count()).sum();
            UNKNOWN.iter().map(count).collect()
        };
        // A merge does not preserve the fields of the merged collection.
        if self
            .output
            .items
            .iter()
            .all(|item| item.action != Action::Merge)
        {
            assert_eq!(fields(&self.before), fields(&self.after));
        }
    }

    /// Checks that the old entries of the target and the remaining entries of the sources are
    /// unchanged byte for byte and in order, except those merged into.
    pub fn other_entries_are_unchanged(&self) {
        let merged: BTreeSet<&str> = self.transferred(Action::Merge);
        let before = raws(self.before.target.as_deref());
        let now = raws(self.after.target.as_deref());
        assert!(before.len() <= now.len());
        for (was, is) in before.iter().zip(&now) {
            let into = was != is;
            let lower = was.to_ascii_lowercase();
            assert!(
                !into || merged.iter().any(|id| lower.contains(id)),
                "{was} became {is}"
            );
        }
        for (was, is) in self.before.sources.iter().zip(&self.after.sources) {
            let Ok(before) = split_array(was.list.as_deref().unwrap_or(b"[]")) else {
                assert_eq!(was.list, is.list);
                continue;
            };
            let mut left = before.iter();
            for entry in raws(is.list.as_deref()) {
                assert!(
                    left.any(|was| *was == entry),
                    "{entry} was not there, or elsewhere"
                );
            }
        }
    }

    /// Checks that no added entry has an id that the target had already.
    pub fn ids_are_unique(&self) {
        let list = StoredList::read(self.after.target.as_deref()).expect("a list");
        let ids: Vec<Option<Uuid>> = list
            .entries
            .iter()
            .map(|entry| {
                entry
                    .collection
                    .as_ref()
                    .ok()
                    .and_then(|collection| collection.id)
            })
            .collect();
        let (foreign, added) = ids.split_at(raws(self.before.target.as_deref()).len());
        let distinct: BTreeSet<_> = added.iter().collect();
        assert_eq!(distinct.len(), added.len());
        assert!(
            !foreign
                .iter()
                .flatten()
                .any(|id| distinct.contains(&Some(*id)))
        );
    }

    /// Checks that a collection that is added beside others gets a free name.
    pub fn names_are_free(&self) {
        let target = StoredList::read(self.before.target.as_deref()).expect("a list");
        let there = target
            .entries
            .iter()
            .filter_map(|entry| entry.collection.as_ref().ok());
        // An entry without a UUID cannot be addressed and is not compared.
        let there = there.filter(|collection| collection.id.is_some());
        let mut taken: BTreeSet<String> = there.map(|collection| fold(&collection.name)).collect();
        let plan = TransferPlan::new(&self.before)
            .expect("a readable target")
            .plan;
        let planned = plan.accounts.iter().flat_map(|account| &account.items);
        for (planned, done) in planned.zip(&self.output.items) {
            // Other collections are present under another name, or keep their name by choice.
            let beside = matches!(
                planned.relation,
                Relation::New | Relation::SameContent | Relation::SameName | Relation::SameId
            );
            if beside && matches!(done.action, Action::Move | Action::KeepBoth) {
                let name = done.target_name.as_deref().expect("a name");
                assert!(taken.insert(fold(name)), "{name} is taken");
            }
        }
    }

    /// Checks that a collection arrives with all its members and its note. From a browser, members
    /// that GeneNetwork cannot show do not arrive.
    pub fn members_and_notes_arrive(&self) {
        let target = StoredList::read(self.after.target.as_deref()).expect("a list");
        let mut items = self.output.items.iter();
        for source in &self.before.sources {
            let Ok(list) = StoredList::read(source.list.as_deref()) else {
                items.next();
                continue;
            };
            for (entry, item) in list.entries.iter().zip(items.by_ref()) {
                if !matches!(item.action, Action::Move | Action::KeepBoth) {
                    continue;
                }
                let collection = entry.collection.as_ref().expect("a collection");
                let arrived = |here: &&ParsedCollection<'_>| {
                    here.id.map(|id| id.to_string()) == item.target_id
                };
                let arrived = target.collections().find(arrived).expect("it arrived");
                let all = collection.members.iter().map(Member::text);
                let expected = all.filter(|it| source.owner.is_some() || is_showable(it));
                assert!(arrived.members.iter().map(Member::text).eq(expected));
                let note = collection
                    .note()
                    .map(|note| note.chars().take(MAX_NOTE).collect());
                let mut notes = self.output.notes.iter();
                let stored = notes.find(|write| Some(write.collection) == arrived.id);
                assert_eq!(stored.map(|write| write.note.clone()), note);
                assert_eq!(arrived.note(), None);
            }
        }
    }

    /// Checks that gn-auth's `parse_collection` can read added entries.
    pub fn gn_auth_can_read_added_entries(&self) {
        let before = raws(self.before.target.as_deref()).len();
        let list = StoredList::read(self.after.target.as_deref()).expect("a list");
        for entry in list.entries.iter().skip(before) {
            let object = crate::raw_json::Object::parse(entry.raw).expect("an object");
            let text = |name: &str| {
                object
                    .get(name)
                    .and_then(crate::raw_json::text)
                    .expect("text")
            };
            assert!(Uuid::parse_str(&text("id")).is_ok());
            text("name");
            for time in ["created", "changed"] {
                assert!(Timestamp::parse_stored(&text(time)).is_some());
            }
            let members =
                split_array(object.get("members").expect("members").as_bytes()).expect("a list");
            assert!(members.iter().all(|member| member.starts_with('"')));
            assert_eq!(
                object.get("num_members"),
                Some(members.len().to_string().as_str())
            );
        }
    }
}
