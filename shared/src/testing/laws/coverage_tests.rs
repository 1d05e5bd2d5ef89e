//! Checks that the random cases cover the engine.

use super::Case;
use crate::testing::byte_source::ByteSource;
use crate::testing::inputs::input;
use proptest::prelude::Rng;
use proptest::test_runner::TestRng;
use std::collections::BTreeMap;

/// Laws prove nothing for events that never occur, so every event must occur often.
#[test]
fn every_relation_action_and_repair_occurs() {
    let mut rng = TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let mut bytes = [0; 400];
        rng.fill_bytes(&mut bytes);
        let random = &mut ByteSource::new(&bytes);
        let input = input(random);
        let Some(case) = Case::new(input, random) else {
            continue;
        };
        let plan = crate::transfer::TransferPlan::new(&case.before)
            .expect("a target")
            .plan;
        let planned = plan.accounts.iter().flat_map(|account| &account.items);
        let words = planned.map(|item| format!("{:?}", item.relation)).chain(
            case.output.items.iter().flat_map(|item| {
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
    assert_eq!(seen.len(), 1 + 8 + 6 + 7, "{seen:?}");
}
