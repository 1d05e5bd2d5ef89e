//! Union, intersection, difference and symmetric difference of collections, and their Venn regions.
//!
//! Members are trimmed and compared letter by letter. Results have the members in the order of
//! their first appearance.
//!
//! - [`Operation`], [`combine`]: a new list of members
//! - [`regions`]: the counts behind a Venn diagram or an `UpSet` plot

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The maximum number of collections in one operation.
pub const MAX_SETS: usize = 64;

/// An operation on several collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The members of any collection.
    Union,
    /// The members of all collections.
    Intersection,
    /// The members of only the first collection.
    Difference,
    /// The members of an odd number of collections, which is the symmetric difference applied pair
    /// by pair in any order.
    SymmetricDifference,
}

/// The number of members that are in exactly these collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The collections: bit `n` stands for collection `n`, from 0. Never 0.
    pub sets: u64,
    /// The number of members. Never 0.
    pub members: usize,
}

/// The operation has more than [`MAX_SETS`] collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("at most 64 collections can be compared")]
pub struct TooManySets;

impl Operation {
    /// Every operation, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Union,
        Self::Intersection,
        Self::Difference,
        Self::SymmetricDifference,
    ];

    /// Whether the result has the members that are in exactly these of `count` collections.
    pub fn includes(self, sets: u64, count: usize) -> bool {
        match self {
            Self::Union => sets != 0,
            Self::Intersection => count > 0 && sets.count_ones() as usize == count,
            Self::Difference => sets == 1,
            Self::SymmetricDifference => sets.count_ones() % 2 == 1,
        }
    }

    /// Returns the number of members of the result.
    pub fn count(self, regions: &[Region], sets: usize) -> usize {
        let regions = regions.iter();
        let included = regions.filter(|region| self.includes(region.sets, sets));
        included.map(|region| region.members).sum()
    }
}

/// Returns the members of the result.
///
/// # Errors
/// [`TooManySets`].
pub fn combine<T: AsRef<str>>(
    operation: Operation,
    collections: &[Vec<T>],
) -> Result<Vec<&str>, TooManySets> {
    let (order, memberships) = memberships(collections)?;
    let result = order.into_iter().filter(|member| {
        let sets = memberships.get(member).copied().unwrap_or_default();
        operation.includes(sets, collections.len())
    });
    Ok(result.collect())
}

/// Returns the regions that are not empty. The largest come first, and among equals those of the
/// fewest collections.
///
/// # Errors
/// [`TooManySets`].
pub fn regions<T: AsRef<str>>(collections: &[Vec<T>]) -> Result<Vec<Region>, TooManySets> {
    let (_, memberships) = memberships(collections)?;
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for sets in memberships.into_values() {
        *counts.entry(sets).or_default() += 1;
    }
    let regions = counts
        .into_iter()
        .map(|(sets, members)| Region { sets, members });
    let mut regions: Vec<Region> = regions.collect();
    regions.sort_unstable_by_key(|region| {
        let Region { sets, members } = *region;
        (usize::MAX - members, sets.count_ones(), sets)
    });
    Ok(regions)
}

/// Returns all members in the order of their first appearance, and the collections of each.
fn memberships<T: AsRef<str>>(
    collections: &[Vec<T>],
) -> Result<(Vec<&str>, HashMap<&str, u64>), TooManySets> {
    if collections.len() > MAX_SETS {
        return Err(TooManySets);
    }
    let mut order = Vec::new();
    let mut memberships: HashMap<&str, u64> = HashMap::new();
    for (number, members) in collections.iter().enumerate() {
        let members = members.iter().map(|member| member.as_ref().trim());
        for member in members.filter(|member| !member.is_empty()) {
            let sets = memberships.entry(member).or_insert_with(|| {
                order.push(member);
                0
            });
            *sets |= 1 << number;
        }
    }
    Ok((order, memberships))
}

#[cfg(test)]
mod tests;
