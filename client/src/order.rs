//! Sorting that is compiled once: a sort is much code, and compiled again for each type that is sorted.

use std::cmp::Ordering;

/// Sorts positions of something by what is there; equal ones are sorted by where they are.
pub fn sort(positions: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    positions.sort_unstable_by(|one, two| compare(*one, *two).then_with(|| one.cmp(two)));
}
