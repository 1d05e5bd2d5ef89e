//! What names and members may be. What is stored already is not checked: it stays.

use crate::api::{CreateCollection, PatchCollection};

/// The longest name and the longest member, in characters.
pub const MAX_CHARACTERS: usize = 500;

/// The longest note, in characters.
pub const MAX_NOTE: usize = 2_000;

/// One thing in a request that cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Invalid {
    /// Where in the body.
    pub path: String,
    /// Why, in words.
    pub reason: &'static str,
}

/// Whether this is `trait:dataset`, perhaps with `:Temp` behind it.
pub fn is_trait(member: &str) -> bool {
    member.split_once(':').is_some_and(|(name, dataset)| {
        !name.trim().is_empty() && !dataset.trim().is_empty() && !dataset.starts_with(':')
    })
}

pub(super) fn create(request: &CreateCollection) -> Result<(), Vec<Invalid>> {
    let mut invalid = all(
        Some(&request.name),
        &[("members", request.members.as_slice())],
    );
    let note = request.note.as_deref().unwrap_or_default();
    if note.chars().count() > MAX_NOTE {
        invalid.push(Invalid {
            path: "note".to_owned(),
            reason: "a note has at most 2,000 characters",
        });
    }
    verdict(invalid)
}

pub(super) fn patch(request: &PatchCollection) -> Result<(), Vec<Invalid>> {
    // What is to be taken out may be whatever old data holds.
    verdict(all(
        request.name.as_ref(),
        &[("add", request.add.as_slice())],
    ))
}

fn all(name: Option<&String>, lists: &[(&str, &[String])]) -> Vec<Invalid> {
    let mut invalid = Vec::new();
    if let Some(reason) = name.and_then(|name| wrong_name(name)) {
        invalid.push(Invalid {
            path: "name".to_owned(),
            reason,
        });
    }
    for (path, members) in lists {
        for (number, member) in members.iter().enumerate() {
            if let Some(reason) = wrong_member(member) {
                invalid.push(Invalid {
                    path: format!("{path}[{number}]"),
                    reason,
                });
            }
        }
    }
    invalid
}

fn verdict(invalid: Vec<Invalid>) -> Result<(), Vec<Invalid>> {
    if invalid.is_empty() {
        Ok(())
    } else {
        Err(invalid)
    }
}

fn wrong_name(name: &str) -> Option<&'static str> {
    if name.trim().is_empty() {
        Some("a name must not be blank")
    } else if name.trim().chars().count() > MAX_CHARACTERS {
        Some("a name has at most 500 characters")
    } else {
        None
    }
}

fn wrong_member(member: &str) -> Option<&'static str> {
    if !is_trait(member.trim()) {
        Some("a member must be trait:dataset")
    } else if member.trim().chars().count() > MAX_CHARACTERS {
        Some("a member has at most 500 characters")
    } else {
        None
    }
}
