use super::*;
use crate::testing::setops as laws;
use proptest::prelude::*;

fn combined(operation: Operation, collections: &[&[&str]]) -> Vec<String> {
    let collections: Vec<Vec<&str>> = collections.iter().map(|one| one.to_vec()).collect();
    let members = combine(operation, &collections).expect("few enough");
    members.into_iter().map(str::to_owned).collect()
}

#[test]
fn keeps_the_order_of_first_appearance() {
    let sets: [&[&str]; 3] = [&["c:D", "a:D"], &["b:D", " a:D ", "d:D"], &["a:D", "d:D"]];
    assert_eq!(
        combined(Operation::Union, &sets),
        ["c:D", "a:D", "b:D", "d:D"]
    );
    assert_eq!(combined(Operation::Intersection, &sets), ["a:D"]);
    assert_eq!(combined(Operation::Difference, &sets), ["c:D"]);
    assert_eq!(
        combined(Operation::SymmetricDifference, &sets),
        ["c:D", "a:D", "b:D"],
        "a is in three of them, d in two"
    );
}

#[test]
fn counts_what_is_in_which() {
    let sets = [vec!["a", "b", "c"], vec!["b", "c", "d"], vec!["c"]];
    let region = |sets, members| Region { sets, members };
    assert_eq!(
        regions(&sets),
        Ok(vec![
            region(0b001, 1),
            region(0b010, 1),
            region(0b011, 1),
            region(0b111, 1)
        ])
    );
}

#[test]
fn refuses_more_than_a_bit_is_there_for() {
    let collections = vec![vec!["a"]; MAX_SETS];
    assert_eq!(
        combine(Operation::Intersection, &collections),
        Ok(vec!["a"])
    );
    let collections = vec![vec!["a"]; MAX_SETS + 1];
    assert_eq!(combine(Operation::Union, &collections), Err(TooMany));
    assert_eq!(regions(&collections), Err(TooMany));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_laws_of_the_algebra_of_sets_hold(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        laws::algebra(&bytes);
    }

    #[test]
    fn the_regions_say_what_the_operations_give(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        laws::counts(&bytes);
    }
}
