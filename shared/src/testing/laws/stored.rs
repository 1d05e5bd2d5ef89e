//! What lies in target and sources after a transfer.

use super::case::{Case, fold, lists, raws};
use crate::api::{Action, Relation};
use crate::legacy::StoredList;
use crate::raw_json::split_array;
use crate::testing::entries::UNKNOWN;
use crate::testing::tally::{Tally, tally};
use crate::timestamp::Timestamp;
use crate::transfer::{TransferInput, TransferPlan};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Case {
    /// Every (collection, member) pair is in source or target, and in one of them only.
    pub fn loses_and_doubles_nothing(&self) {
        let tally = tally(&self.before, &self.after, &self.outcome.items);
        assert_eq!(tally, Tally::default());
    }

    /// What is transferred keeps the fields that nobody knows, with every digit and space.
    pub fn keeps_unknown_fields(&self) {
        let fields = |input: &TransferInput| -> Vec<usize> {
            let lists: Vec<String> = lists(input)
                .iter()
                .flatten()
                .map(|list| String::from_utf8_lossy(list).into_owned())
                .collect();
            let count = |field: &&str| lists.iter().map(|list| list.matches(*field).count()).sum();
            UNKNOWN.iter().map(count).collect()
        };
        // A merged collection's own fields have no place in the one it is merged into.
        if self
            .outcome
            .items
            .iter()
            .all(|item| item.action != Action::Merge)
        {
            assert_eq!(fields(&self.before), fields(&self.after));
        }
    }

    /// Entries that the target had or the sources keep are there byte for byte and in order, but for those merged into.
    pub fn leaves_the_rest_untouched(&self) {
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

    /// No id that was brought or made is one that is there already.
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

    /// What comes beside others gets a name that people do not take for one that is there.
    pub fn names_are_free(&self) {
        let target = StoredList::read(self.before.target.as_deref()).expect("a list");
        let there = target
            .entries
            .iter()
            .filter_map(|entry| entry.collection.as_ref().ok());
        // What has no UUID cannot be addressed, and is compared with by nobody.
        let there = there.filter(|collection| collection.id.is_some());
        let mut taken: BTreeSet<String> = there.map(|collection| fold(&collection.name)).collect();
        let plan = TransferPlan::new(&self.before)
            .expect("a readable target")
            .plan;
        let planned = plan.accounts.iter().flat_map(|account| &account.items);
        for (planned, done) in planned.zip(&self.outcome.items) {
            // The others are there by another name, or are moved only by choice, under the name they have.
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

    /// What is added is what gn-auth's `parse_collection` reads.
    pub fn gn_auth_reads_it(&self) {
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
