//! What a transfer is planned on, and what is chosen.

use super::dice::Dice;
use super::entries::{self, Uids};
use crate::api::{Choices, LocalCollection, Plan};
use crate::ids::LegacyOwner;
use crate::timestamp::Timestamp;
use crate::transfer::{Source, TransferInput, anonymous};
use uuid::Uuid;

/// A time at which a case takes place.
///
/// # Panics
/// Never: the time is one.
pub fn now() -> Timestamp {
    Timestamp::from_unix(1_700_000_040).expect("a time")
}

/// A migration of one to three accounts, or an import.
pub fn input(dice: &mut Dice<'_>) -> TransferInput {
    let mut uids = Uids::default();
    let target = entries::value(dice, &mut uids);
    let sources = match dice.below(5) {
        4 => vec![anonymous::source(&browser(dice))],
        count => (0..count.clamp(1, 3))
            .map(|number| source(dice, &mut uids, number))
            .collect(),
    };
    TransferInput {
        owner: Uuid::from_u128(1),
        target,
        sources,
        now: now(),
    }
}

fn source(dice: &mut Dice<'_>, uids: &mut Uids, number: usize) -> Source {
    Source {
        owner: Some(LegacyOwner::new(number.to_string())),
        email: Some("person@example.org".to_owned()),
        full_name: None,
        list: entries::any_value(dice, uids),
        flag: flag(dice),
    }
}

/// gn-auth's record of an address, if there is one.
pub fn flag(dice: &mut Dice<'_>) -> Option<Vec<u8>> {
    let records = [
        Some(
            r#"{"user_id": "u", "collections-migrated": false, "resources_migrated": false, "x": 1.0}"#,
        ),
        None,
        Some(r#"{"collections-migrated": false}"#),
        Some("oops"),
        Some(r#"{"user_id": "u", "collections-migrated": true, "resources_migrated": false}"#),
    ];
    dice.pick(&records).map(|record| record.as_bytes().to_vec())
}

/// Collections of a browser.
///
/// # Panics
/// Never: the times are ones.
pub fn browser(dice: &mut Dice<'_>) -> Vec<LocalCollection> {
    let count = dice.below(4) + 1;
    let time = |day: usize| now().plus_days(-i64::try_from(day).expect("few days"));
    (0..count)
        .map(|number| LocalCollection {
            id: match dice.below(4) {
                0 => Uuid::from_u128(0xabc0 + dice.below(4) as u128).to_string(),
                1 => "not one".to_owned(),
                _ => Uuid::from_u128(0xb0b0_0000 + number as u128).to_string(),
            },
            name: dice
                .pick(&["n0", "N1", " n1 ", "n1 (2)", "größe", "", "🧬"])
                .to_owned(),
            created: time(dice.below(100)),
            changed: time(dice.below(100)),
            members: (0..dice.below(5))
                .map(|_| {
                    dice.pick(&["m0:D", "m1:D", "m2:D", "m3:D", " m0:D", ""])
                        .to_owned()
                })
                .collect(),
            note: dice.one_in(3).then(|| "Union of “A”, “B”".to_owned()),
        })
        .collect()
}

/// An allowed action for about half of the items; the others keep their default.
pub fn choices(plan: &Plan, dice: &mut Dice<'_>) -> Choices {
    let items = plan.accounts.iter().flat_map(|account| &account.items);
    items
        .filter(|item| !item.allowed.is_empty())
        .filter_map(|item| {
            let chosen = dice.one_in(2).then(|| dice.pick(&item.allowed))?;
            Some((item.key.clone(), chosen))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::laws::Case;
    use proptest::prelude::Rng;
    use proptest::test_runner::TestRng;
    use std::collections::BTreeMap;

    /// Laws say little about cases in which nothing happens: everything has to happen, and often enough.
    #[test]
    fn every_relation_action_and_repair_occurs() {
        let mut random = TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..2_000 {
            let mut bytes = [0; 400];
            random.fill_bytes(&mut bytes);
            let dice = &mut Dice::new(&bytes);
            let input = input(dice);
            let Some(case) = Case::new(input, dice) else {
                continue;
            };
            let plan = crate::transfer::TransferPlan::new(&case.before)
                .expect("a target")
                .plan;
            let planned = plan.accounts.iter().flat_map(|account| &account.items);
            let words = planned.map(|item| format!("{:?}", item.relation)).chain(
                case.outcome.items.iter().flat_map(|item| {
                    let repairs = item
                        .repairs
                        .iter()
                        .map(|repair| format!("repaired {repair:?}"));
                    repairs.chain([format!("done {:?}", item.action)])
                }),
            );
            for word in words.chain(["transfers".to_owned()]) {
                *seen.entry(word).or_default() += 1;
            }
        }
        assert!(seen["transfers"] > 1_200, "{seen:?}");
        assert!(seen.values().all(|count| *count > 50), "{seen:?}");
        assert_eq!(seen.len(), 1 + 8 + 6 + 6, "{seen:?}");
    }
}
