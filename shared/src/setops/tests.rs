use super::*;
use crate::testing::setops as laws;
use proptest::prelude::*;

fn combined(operation: Operation, collections: &[&[&str]]) -> Vec<String> {
    let collections: Vec<Vec<&str>> = collections.iter().map(|one| one.to_vec()).collect();
    let members = combine(operation, &collections).expect("few enough");
    members.into_iter().map(str::to_owned).collect()
}

#[test]
fn result_has_the_order_of_first_appearance() {
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
fn regions_count_the_members_of_each_combination() {
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
fn more_than_64_collections_are_refused() {
    let collections = vec![vec!["a"]; MAX_SETS];
    assert_eq!(
        combine(Operation::Intersection, &collections),
        Ok(vec!["a"])
    );
    let collections = vec![vec!["a"]; MAX_SETS + 1];
    assert_eq!(combine(Operation::Union, &collections), Err(TooManySets));
    assert_eq!(regions(&collections), Err(TooManySets));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn set_algebra_laws_hold(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        laws::algebra(&bytes);
    }

    #[test]
    fn region_counts_match_the_operations(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        laws::counts(&bytes);
    }
}
