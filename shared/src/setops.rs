//! Union, intersection, difference and symmetric difference of collections, and how many members are in which of them.
//!
//! Members are compared as everywhere here: trimmed, then letter by letter. Results keep the order in which members first
//! appear, going through the collections in their order.
//!
//! - [`Operation`], [`combine`]: a new list of members
//! - [`regions`]: the counts behind a Venn diagram or an `UpSet` plot

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most collections that are compared at once.
pub const MAX_SETS: usize = 64;

/// What is made of several collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// What is in any of them.
    Union,
    /// What is in all of them.
    Intersection,
    /// What is in the first and in none of the others.
    Difference,
    /// What is in an odd number of them: of two, what is in one only. That is what the difference of sets, made of two,
    /// gives for more, in whatever order.
    SymmetricDifference,
}

/// How many members are in exactly these collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Bit `n` is set if they are in collection `n`, counted from 0. Never 0.
    pub sets: u64,
    /// How many there are. Never 0.
    pub members: usize,
}

/// More than [`MAX_SETS`] collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("at most 64 collections can be compared")]
pub struct TooMany;

impl Operation {
    /// Every operation, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Union,
        Self::Intersection,
        Self::Difference,
        Self::SymmetricDifference,
    ];

    /// Whether a member that is in these of `count` collections is in the result.
    pub fn keeps(self, sets: u64, count: usize) -> bool {
        match self {
            Self::Union => sets != 0,
            Self::Intersection => count > 0 && sets.count_ones() as usize == count,
            Self::Difference => sets == 1,
            Self::SymmetricDifference => sets.count_ones() % 2 == 1,
        }
    }

    /// How many members the result has.
    pub fn count(self, regions: &[Region], sets: usize) -> usize {
        let kept = regions
            .iter()
            .filter(|region| self.keeps(region.sets, sets));
        kept.map(|region| region.members).sum()
    }
}

/// The members of the result.
///
/// # Errors
/// [`TooMany`].
pub fn combine<T: AsRef<str>>(
    operation: Operation,
    collections: &[Vec<T>],
) -> Result<Vec<&str>, TooMany> {
    let (order, places) = places(collections)?;
    let kept = order.into_iter().filter(|member| {
        let sets = places.get(member).copied().unwrap_or_default();
        operation.keeps(sets, collections.len())
    });
    Ok(kept.collect())
}

/// The regions that are not empty: largest first, then those of few collections before those of many.
///
/// # Errors
/// [`TooMany`].
pub fn regions<T: AsRef<str>>(collections: &[Vec<T>]) -> Result<Vec<Region>, TooMany> {
    let (_, places) = places(collections)?;
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for sets in places.into_values() {
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

/// All members in the order in which they first appear, and the collections each is in.
fn places<T: AsRef<str>>(
    collections: &[Vec<T>],
) -> Result<(Vec<&str>, HashMap<&str, u64>), TooMany> {
    if collections.len() > MAX_SETS {
        return Err(TooMany);
    }
    let mut order = Vec::new();
    let mut places: HashMap<&str, u64> = HashMap::new();
    for (number, members) in collections.iter().enumerate() {
        let members = members.iter().map(|member| member.as_ref().trim());
        for member in members.filter(|member| !member.is_empty()) {
            let sets = places.entry(member).or_insert_with(|| {
                order.push(member);
                0
            });
            *sets |= 1 << number;
        }
    }
    Ok((order, places))
}

#[cfg(test)]
mod tests;
