//! Sorting that is compiled once and short: the sort of the standard library is much code, compiled again for each type
//! and order.

use std::cmp::Ordering;

/// Sorts positions of something by what is there; equal ones keep their order. Merges runs that are sorted, each time
/// twice as long.
pub fn sort(positions: &mut Vec<usize>, compare: &dyn Fn(usize, usize) -> Ordering) {
    let len = positions.len();
    let mut run = 1;
    while run < len {
        let mut merged = Vec::with_capacity(len);
        for pair in positions.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let (Some(one), Some(two)) = (left.first(), right.first()) {
                if compare(*one, *two) == Ordering::Greater {
                    merged.push(*two);
                    right = &right[1..];
                } else {
                    merged.push(*one);
                    left = &left[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *positions = merged;
        run *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        for len in 0..200_usize {
            let keys: Vec<usize> = (0..len).map(|n| n * 7919 % 31 % 10).collect();
            let (mut ours, mut theirs): (Vec<usize>, Vec<usize>) =
                ((0..len).collect(), (0..len).collect());
            sort(&mut ours, &|one, two| keys[one].cmp(&keys[two]));
            theirs.sort_by_key(|at| keys[*at]);
            assert_eq!(ours, theirs);
        }
    }
}
