//! Overlapping collections, and the laws of their algebra.

use super::byte_source::ByteSource;
use crate::setops::{Operation, combine, regions};
use std::collections::{BTreeSet, HashSet};

/// Makes some of a few members, so that collections overlap. Some are repeated, some not trimmed.
fn members(random: &mut ByteSource<'_>) -> Vec<String> {
    let count = random.below(8);
    let mut member = || {
        let text = format!("{}:D", random.below(9));
        if random.one_in(8) {
            format!(" {text} ")
        } else {
            text
        }
    };
    (0..count).map(|_| member()).collect()
}

fn of(operation: Operation, sets: &[&[String]]) -> Vec<String> {
    let sets: Vec<Vec<&str>> = sets
        .iter()
        .map(|set| set.iter().map(String::as_str).collect())
        .collect();
    let combined = combine(operation, &sets).expect("few enough");
    combined.into_iter().map(str::to_owned).collect()
}

fn set(members: &[String]) -> BTreeSet<&str> {
    members.iter().map(|member| member.trim()).collect()
}

/// Checks that each operation is the one of set algebra, that grouping and order do not matter
/// except for the difference, and that results have the order of first appearance.
///
/// # Panics
/// When the law is broken.
pub fn algebra(bytes: &[u8]) {
    let random = &mut ByteSource::new(bytes);
    let (a, b, c) = (members(random), members(random), members(random));
    let (one, two, three) = (set(&a), set(&b), set(&c));
    let all = [a.as_slice(), &b, &c];

    let expected: [(Operation, BTreeSet<&str>); 4] = [
        (Operation::Union, &(&one | &two) | &three),
        (Operation::Intersection, &(&one & &two) & &three),
        (Operation::Difference, &(&one - &two) - &three),
        (Operation::SymmetricDifference, &(&one ^ &two) ^ &three),
    ];
    let first: Vec<&str> = {
        let mut seen = HashSet::new();
        let members = a.iter().chain(&b).chain(&c).map(|member| member.trim());
        members.filter(|member| seen.insert(*member)).collect()
    };
    for (operation, expected) in expected {
        let result = of(operation, &all);
        assert_eq!(set(&result), expected, "{operation:?}");
        let order: Vec<&str> = first
            .iter()
            .copied()
            .filter(|member| expected.contains(member))
            .collect();
        assert_eq!(result, order, "{operation:?}");
        // Two collections at a time give the same result.
        let step = of(operation, &[&a, &b]);
        assert_eq!(set(&of(operation, &[&step, &c])), expected, "{operation:?}");
        if operation != Operation::Difference {
            let step = of(operation, &[&b, &c]);
            assert_eq!(
                set(&of(operation, &[&a, &step])),
                expected,
                "associative: {operation:?}"
            );
            assert_eq!(
                set(&of(operation, &[&c, &a, &b])),
                expected,
                "commutative: {operation:?}"
            );
        }
    }
    let both = of(Operation::Union, &[&b, &c]);
    let meets = of(Operation::Intersection, &[&b, &c]);
    let distributed = [
        of(Operation::Intersection, &[&a, &b]),
        of(Operation::Intersection, &[&a, &c]),
    ];
    assert_eq!(
        set(&of(Operation::Intersection, &[&a, &both])),
        set(&of(Operation::Union, &[&distributed[0], &distributed[1]])),
        "distributive"
    );
    let without = [
        of(Operation::Difference, &[&a, &b]),
        of(Operation::Difference, &[&a, &c]),
    ];
    assert_eq!(
        set(&of(Operation::Difference, &[&a, &meets])),
        set(&of(Operation::Union, &[&without[0], &without[1]])),
        "De Morgan"
    );
    assert!(of(Operation::SymmetricDifference, &[&a, &a]).is_empty());
    assert_eq!(set(&of(Operation::Union, &[&a, &a])), one, "idempotent");
}

/// Checks that the counts of the regions match each operation, and that each member is in one
/// region.
///
/// # Panics
/// When the law is broken.
pub fn counts(bytes: &[u8]) {
    let random = &mut ByteSource::new(bytes);
    let sets: Vec<Vec<String>> = (0..=random.below(6)).map(|_| members(random)).collect();
    let slices: Vec<&[String]> = sets.iter().map(Vec::as_slice).collect();
    let all_regions = regions(&sets).expect("few enough");
    for operation in Operation::ALL {
        let result = of(operation, &slices);
        assert_eq!(
            operation.count(&all_regions, sets.len()),
            result.len(),
            "{operation:?}"
        );
    }
    for (number, members) in sets.iter().enumerate() {
        let inside = all_regions
            .iter()
            .filter(|region| region.sets >> number & 1 == 1);
        let count: usize = inside.map(|region| region.members).sum();
        assert_eq!(count, set(members).len(), "collection {number}");
    }
    assert!(
        all_regions
            .windows(2)
            .all(|pair| pair[0].members >= pair[1].members)
    );
    assert_eq!(regions(&sets), Ok(all_regions), "stable");
}
