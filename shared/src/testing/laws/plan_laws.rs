//! The laws of the plan.

use super::case::{Case, after, fold};
use crate::api::{Action, Choices, Relation};
use crate::legacy::{ParsedCollection, StoredList};
use crate::transfer::{InvalidChoice, TransferPlan};
use std::collections::BTreeSet;

impl Case {
    /// Checks that the receipt matches the plan that was shown.
    pub fn output_matches_plan(&self) {
        let plan = TransferPlan::new(&self.before).expect("a readable target");
        let items = plan.plan.accounts.iter().flat_map(|account| &account.items);
        for (previewed, done) in items.zip(&self.output.items) {
            let action = self
                .choices
                .get(&previewed.key)
                .copied()
                .unwrap_or(previewed.action);
            assert_eq!((&previewed.key, action), (&done.key, done.action));
            match action {
                Action::Move => assert_eq!(done.target_name.as_ref(), Some(&previewed.name)),
                Action::KeepBoth => assert_eq!(
                    done.target_name.as_ref(),
                    Some(previewed.new_name.as_ref().unwrap_or(&previewed.name))
                ),
                Action::Merge => {
                    let gained = previewed.num_members - previewed.overlap;
                    assert!(
                        done.num_members <= gained,
                        "others may have added the same members"
                    );
                    if self.transferred(Action::Merge).len() == 1 && self.merges() == 1 {
                        assert_eq!(done.num_members, gained);
                    }
                }
                _ => assert!(done.target_name.is_none()),
            }
        }
        assert_eq!(plan.apply(&self.choices).as_ref(), Ok(&self.output));
    }

    /// Checks that a repeated request finds a stale plan and changes nothing.
    pub fn applying_twice_equals_applying_once(&self) {
        let plan = TransferPlan::new(&self.before).expect("a readable target");
        let Ok(once) = plan.apply(&Choices::new()) else {
            return;
        };
        let after = after(&self.before, &once);
        let again = TransferPlan::new(&after).expect("a readable target");
        // The browser keeps its collections, marks them as imported and does not send them again.
        if self
            .before
            .sources
            .iter()
            .all(|source| source.owner.is_some())
        {
            assert!(!again.plan.offer, "nothing is offered again");
            let nothing = Err(vec![InvalidChoice::NothingChosen]);
            assert_eq!(again.apply(&Choices::new()), nothing);
        }
        assert_ne!(
            again.plan.fingerprint, plan.plan.fingerprint,
            "the old plan is stale"
        );
    }

    /// Checks that a collection with the same name and members is found in the target and not
    /// transferred by default.
    pub fn identical_collections_are_found(&self) {
        let seen = |collection: &ParsedCollection<'_>| {
            let members = collection.members.iter();
            let members = members.map(|member| member.text().to_owned());
            (fold(&collection.name), members.collect::<BTreeSet<_>>())
        };
        let target = StoredList::read(self.before.target.as_deref()).expect("a list");
        let target = target
            .entries
            .iter()
            .filter_map(|entry| entry.collection.as_ref().ok());
        // An entry without a UUID cannot be addressed and is not compared.
        let there: Vec<_> = target
            .filter(|collection| collection.id.is_some())
            .map(seen)
            .collect();
        let plan = TransferPlan::new(&self.before)
            .expect("a readable target")
            .plan;
        for (source, account) in self.before.sources.iter().zip(&plan.accounts) {
            let Ok(list) = StoredList::read(source.list.as_deref()) else {
                continue;
            };
            for (entry, item) in list.entries.iter().zip(&account.items) {
                let Ok(collection) = &entry.collection else {
                    continue;
                };
                if there.contains(&seen(collection)) {
                    assert_eq!(item.relation, Relation::Identical, "{}", entry.raw);
                    assert!(!item.action.transfers());
                }
            }
        }
    }
}
