use super::*;
use crate::timestamp::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds).expect("a point in time")
}

/// Content with one of a few names and some of a few members, so that changes overlap.
fn content() -> impl Strategy<Value = Content> {
    let members = vec(0_u8..12, 0..12);
    (0_u8..3, members).prop_map(|(name, members)| Content {
        name: format!("name {name}"),
        members: members.iter().map(|member| format!("{member}:D")).collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn delta_rebuilds_any_list_from_any_other(one in content(), other in content()) {
        let delta = delta(&one.members, &other.members);
        prop_assert_eq!(apply_delta(&one.members, &delta), Some(other.members));
    }

    #[test]
    fn content_before_each_kept_change_can_be_rebuilt(states in vec(content(), 1..40)) {
        let mut changes = Changes::default();
        let mut past = Vec::new();
        for (pair, second) in states.windows(2).zip(0..) {
            let [before, after] = pair else { continue };
            changes.record(before, after, at(second), false);
            if before != after {
                past.push(before);
            }
        }
        let now = states.last().expect("one at least");
        let newest_first: Vec<_> = changes.newest_first().collect();
        prop_assert_eq!(newest_first.len(), past.len().min(MAX_CHANGES));
        for (change, before) in newest_first.iter().zip(past.iter().rev()) {
            prop_assert_eq!(change.num_members, before.members.len() as u64);
            let rebuilt = changes.before(change.number, now);
            prop_assert_eq!(rebuilt.as_ref(), Some(*before));
        }
    }
}

fn with(members: &[&str]) -> Content {
    Content {
        name: "Liver".to_owned(),
        members: members.iter().map(ToString::to_string).collect(),
    }
}

fn edit(request: &str) -> LastEdit {
    LastEdit {
        request: request.to_owned(),
        version: format!("after {request}"),
    }
}

#[test]
fn small_change_of_a_large_collection_has_a_small_delta() {
    let large: Vec<String> = (0..30_000).map(|number| format!("{number}:D")).collect();
    let mut small = large.clone();
    small.retain(|member| !member.ends_with("777:D"));
    let delta = delta(&small, &large);
    assert_eq!(delta.len(), 31);
    assert_eq!(apply_delta(&small, &delta), Some(large));
}

#[test]
fn delta_of_another_list_is_refused() {
    let delta = delta(&with(&["a:D", "b:D"]).members, &with(&["b:D"]).members);
    assert_eq!(apply_delta(&[], &delta), None);
}

#[test]
fn change_is_described() {
    let mut changes = Changes::default();
    let after = Content {
        name: "Leber".to_owned(),
        ..with(&["b:D", "c:D", "d:D"])
    };
    changes.record(&with(&["a:D", "b:D"]), &after, at(7), false);
    let change = changes.newest_first().next().expect("a change");
    assert_eq!(
        (change.added, change.removed, change.num_members),
        (2, 1, 2)
    );
    assert_eq!((change.name.as_str(), change.renamed), ("Liver", true));
    assert_eq!(changes.before(2, &after), None);
}

#[test]
fn change_by_another_program_can_be_reverted() {
    let mut history = CollectionHistory::new(with(&["a:D"]));
    history.record(with(&["a:D", "ours:D"]), at(1), edit("first"));
    history.observe(with(&["theirs:D"]), at(2));
    history.observe(with(&["theirs:D"]), at(2));
    assert_eq!(history.version_after("first"), Some("after first"));
    history.record(with(&["theirs:D", "again:D"]), at(3), edit("second"));
    assert_eq!(history.version_after("second"), Some("after second"));
    assert_eq!(
        history.version_after("first"),
        None,
        "only the last edit is known"
    );
    let changes = history.changes();
    let elsewhere: Vec<bool> = changes.iter().map(|change| change.elsewhere).collect();
    assert_eq!(elsewhere, [false, true, false]);
    let before_theirs = changes.get(1).map(|change| change.number);
    let before_theirs = before_theirs.and_then(|number| history.before(number));
    assert_eq!(before_theirs, Some(with(&["a:D", "ours:D"])));
}
