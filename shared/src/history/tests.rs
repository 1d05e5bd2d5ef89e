use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds).expect("a point in time")
}

/// A name of few, and members of few, so that changes meet.
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
    fn pieces_of_any_list_make_any_other(one in content(), other in content()) {
        let pieces = pieces(&one.members, &other.members);
        prop_assert_eq!(rebuild(&one.members, &pieces), Some(other.members));
    }

    #[test]
    fn every_state_before_the_last_changes_can_be_had_again(states in vec(content(), 1..40)) {
        let mut steps = Steps::default();
        let mut past = Vec::new();
        for (pair, second) in states.windows(2).zip(0..) {
            let [before, after] = pair else { continue };
            steps.note(before, after, at(second), false);
            if before != after {
                past.push(before);
            }
        }
        let now = states.last().expect("one at least");
        let changes: Vec<_> = steps.changes().collect();
        prop_assert_eq!(changes.len(), past.len().min(KEPT));
        for (change, before) in changes.iter().zip(past.iter().rev()) {
            prop_assert_eq!(change.num_members, before.members.len() as u64);
            let found = steps.before(change.number, now);
            prop_assert_eq!(found.as_ref(), Some(*before));
        }
    }
}

fn with(members: &[&str]) -> Content {
    Content {
        name: "Liver".to_owned(),
        members: members.iter().map(ToString::to_string).collect(),
    }
}

fn made(request: &str) -> Made {
    Made {
        request: request.to_owned(),
        version: format!("after {request}"),
    }
}

#[test]
fn a_small_change_of_a_large_collection_is_kept_small() {
    let large: Vec<String> = (0..30_000).map(|number| format!("{number}:D")).collect();
    let mut small = large.clone();
    small.retain(|member| !member.ends_with("777:D"));
    let pieces = pieces(&small, &large);
    assert_eq!(pieces.len(), 31);
    assert_eq!(rebuild(&small, &pieces), Some(large));
}

#[test]
fn pieces_of_another_list_make_nothing() {
    let cut = pieces(&with(&["a:D", "b:D"]).members, &with(&["b:D"]).members);
    assert_eq!(rebuild(&[], &cut), None);
}

#[test]
fn a_change_says_what_it_was() {
    let mut steps = Steps::default();
    let after = Content {
        name: "Leber".to_owned(),
        ..with(&["b:D", "c:D", "d:D"])
    };
    steps.note(&with(&["a:D", "b:D"]), &after, at(7), false);
    let change = steps.changes().next().expect("a change");
    assert_eq!(
        (change.added, change.removed, change.num_members),
        (2, 1, 2)
    );
    assert_eq!((change.name.as_str(), change.renamed), ("Liver", true));
    assert_eq!(steps.before(2, &after), None);
}

#[test]
fn what_another_program_overwrote_can_be_had_again() {
    let mut ledger = Ledger::new(with(&["a:D"]));
    ledger.note(with(&["a:D", "ours:D"]), at(1), made("first"));
    ledger.observe(with(&["theirs:D"]), at(2));
    ledger.observe(with(&["theirs:D"]), at(2));
    assert_eq!(ledger.led_to("first"), Some("after first"));
    ledger.note(with(&["theirs:D", "again:D"]), at(3), made("second"));
    assert_eq!(ledger.led_to("second"), Some("after second"));
    assert_eq!(ledger.led_to("first"), None, "only the last one");
    let changes = ledger.changes();
    let elsewhere: Vec<bool> = changes.iter().map(|change| change.elsewhere).collect();
    assert_eq!(elsewhere, [false, true, false]);
    let before_theirs = changes.get(1).map(|change| change.number);
    let before_theirs = before_theirs.and_then(|number| ledger.before(number));
    assert_eq!(before_theirs, Some(with(&["a:D", "ours:D"])));
}
