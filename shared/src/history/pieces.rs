//! A list of members as pieces of another one.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A run of the other list, and what comes after it that is not taken from there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where the run begins, from 0.
    pub from: usize,
    /// How long it is; may be 0.
    pub count: usize,
    /// Members that follow it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
}

/// `wanted` in pieces of `other`: [`rebuild`] makes it again.
pub fn pieces(other: &[String], wanted: &[String]) -> Vec<Piece> {
    let places: HashMap<&String, usize> = other.iter().zip(0..).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for member in wanted {
        let last = pieces.last_mut();
        match (places.get(member), last) {
            (None, Some(last)) => last.then.push(member.clone()),
            (None, None) => pieces.push(Piece {
                then: vec![member.clone()],
                ..Piece::default()
            }),
            (Some(_), Some(last))
                if last.then.is_empty() && other.get(last.from + last.count) == Some(member) =>
            {
                last.count += 1;
            }
            (Some(&from), _) => pieces.push(Piece {
                from,
                count: 1,
                then: Vec::new(),
            }),
        }
    }
    pieces
}

/// The list that was cut into these pieces of `other`; `None` when they are pieces of another list.
pub fn rebuild(other: &[String], pieces: &[Piece]) -> Option<Vec<String>> {
    let mut members = Vec::new();
    for piece in pieces {
        let end = piece.from.checked_add(piece.count)?;
        members.extend_from_slice(other.get(piece.from..end)?);
        members.extend_from_slice(&piece.then);
    }
    Some(members)
}
