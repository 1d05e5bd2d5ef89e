//! A list of members as a delta of another list.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A run of members copied from the base list, followed by inserted members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeltaSegment {
    /// The start of the run in the base list, from 0.
    pub from: usize,
    /// The length of the run, which may be 0.
    pub count: usize,
    /// The members inserted after the run.
    #[serde(rename = "then", default, skip_serializing_if = "Vec::is_empty")]
    pub inserted: Vec<String>,
}

/// Returns the delta from which [`apply_delta`] makes `target` of `base`.
pub fn delta(base: &[String], target: &[String]) -> Vec<DeltaSegment> {
    let positions: HashMap<&String, usize> = base.iter().zip(0..).collect();
    let mut segments: Vec<DeltaSegment> = Vec::new();
    for member in target {
        match (positions.get(member), segments.last_mut()) {
            (None, Some(last)) => last.inserted.push(member.clone()),
            (None, None) => segments.push(DeltaSegment {
                inserted: vec![member.clone()],
                ..DeltaSegment::default()
            }),
            (Some(_), Some(last))
                if last.inserted.is_empty() && base.get(last.from + last.count) == Some(member) =>
            {
                last.count += 1;
            }
            (Some(&from), _) => segments.push(DeltaSegment {
                from,
                count: 1,
                inserted: Vec::new(),
            }),
        }
    }
    segments
}

/// Makes the target list of a delta. Returns `None` when the delta has another base list.
pub fn apply_delta(base: &[String], delta: &[DeltaSegment]) -> Option<Vec<String>> {
    let mut members = Vec::new();
    for segment in delta {
        let end = segment.from.checked_add(segment.count)?;
        members.extend_from_slice(base.get(segment.from..end)?);
        members.extend_from_slice(&segment.inserted);
    }
    Some(members)
}
