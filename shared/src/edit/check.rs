//! Which text is a valid member, name or note. New ones are checked, wherever they come from;
//! stored ones stay as they are.

use crate::api::{CreateCollection, PatchCollection};
use std::collections::HashSet;

/// The maximum length of a name and of a member, in characters.
pub const MAX_CHARACTERS: usize = 500;

/// The maximum length of a note, in characters.
pub const MAX_NOTE: usize = 2_000;

/// The dataset of computed traits. GN2 takes the group of such a trait from the third part of its
/// name.
const COMPUTED: &str = "Temp";

/// A value of a request that cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Invalid {
    /// The path of the value in the body.
    pub path: String,
    /// The reason, in words.
    pub reason: &'static str,
}

/// The reason why a text cannot be a new member: GeneNetwork could not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum InvalidMember {
    /// The text has no colon or several, or nothing before or after it.
    NotATrait,
    /// The text contains white space, control characters or characters without width.
    Invisible,
    /// The dataset is `Temp`, and the name does not tell the group.
    NoGroup,
    /// The text is longer than [`MAX_CHARACTERS`].
    TooLong,
}

impl InvalidMember {
    /// The reason, in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NotATrait => "a member must be trait:dataset, with one colon",
            Self::Invisible => {
                "a member must not contain white space, control or zero-width characters"
            }
            Self::NoGroup => {
                "the name of a trait of Temp must have three parts separated by underscores"
            }
            Self::TooLong => "a member has at most 500 characters",
        }
    }
}

/// Checks whether a text can be a new member, which means that GeneNetwork can show it. GN2 splits
/// a member at its colons without a check, and the name of a trait of `Temp` at its underscores:
/// the page of a whole collection fails over one member with more or fewer parts.
///
/// # Errors
/// The first [`InvalidMember`] that applies.
pub fn check_member(member: &str) -> Result<(), InvalidMember> {
    let (name, dataset) = member.split_once(':').ok_or(InvalidMember::NotATrait)?;
    if name.trim().is_empty() || dataset.trim().is_empty() || dataset.contains(':') {
        return Err(InvalidMember::NotATrait);
    }
    if member.chars().any(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(InvalidMember::Invisible);
    }
    if dataset == COMPUTED && name.split('_').nth(2).is_none_or(str::is_empty) {
        return Err(InvalidMember::NoGroup);
    }
    if is_longer_than(member, MAX_CHARACTERS) {
        return Err(InvalidMember::TooLong);
    }
    Ok(())
}

/// Whether GeneNetwork can show a member.
pub fn is_showable(member: &str) -> bool {
    check_member(member).is_ok()
}

/// Whether a character is a control character or has no width: Unicode's
/// `Default_Ignorable_Code_Point` (16.0), and the annotation characters.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a text has more characters than the limit.
pub fn is_longer_than(text: &str, limit: usize) -> bool {
    text.len() > limit && text.chars().count() > limit
}

pub(super) fn create(request: &CreateCollection) -> Result<(), Vec<Invalid>> {
    let mut invalid = Vec::new();
    check_name(&request.name, &mut invalid);
    check_members("members", &request.members, &HashSet::new(), &mut invalid);
    if is_longer_than(request.note.as_deref().unwrap_or_default(), MAX_NOTE) {
        invalid.push(Invalid {
            path: "note".to_owned(),
            reason: "a note has at most 2,000 characters",
        });
    }
    result(invalid)
}

/// Checks an edit of a collection that has or had the `known` members, which may be added again
/// whatever they are.
pub(super) fn patch(
    request: &PatchCollection,
    known: &HashSet<String>,
) -> Result<(), Vec<Invalid>> {
    let mut invalid = Vec::new();
    if let Some(name) = &request.name {
        check_name(name, &mut invalid);
    }
    // Members to remove are not checked: old data may have any.
    check_members("add", &request.add, known, &mut invalid);
    result(invalid)
}

fn result(invalid: Vec<Invalid>) -> Result<(), Vec<Invalid>> {
    if invalid.is_empty() {
        Ok(())
    } else {
        Err(invalid)
    }
}

fn check_name(name: &str, invalid: &mut Vec<Invalid>) {
    let reason = if name.trim().is_empty() {
        "a name must not be blank"
    } else if is_longer_than(name.trim(), MAX_CHARACTERS) {
        "a name has at most 500 characters"
    } else {
        return;
    };
    let path = "name".to_owned();
    invalid.push(Invalid { path, reason });
}

fn check_members(
    field: &str,
    members: &[String],
    known: &HashSet<String>,
    invalid: &mut Vec<Invalid>,
) {
    for (number, member) in members.iter().enumerate() {
        let member = member.trim();
        if let Err(error) = check_member(member)
            && !known.contains(member)
        {
            invalid.push(Invalid {
                path: format!("{field}[{number}]"),
                reason: error.reason(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_has_one_colon_and_no_invisible_character() {
        use InvalidMember::{Invisible, NoGroup, NotATrait, TooLong};
        let long = format!("{}:D", "é".repeat(499));
        for (member, expected) in [
            ("1435464_at:HC_M2_0606_P", Ok(())),
            ("größe,\"x\";y:D", Ok(())),
            ("PCA_1_BXD_2019:Temp", Ok(())),
            ("a_b_c:Temp", Ok(())),
            ("a:temp", Ok(())),
            ("e\u{301}:D", Ok(())),
            ("PC1", Err(NotATrait)),
            ("", Err(NotATrait)),
            (":D", Err(NotATrait)),
            ("a: ", Err(NotATrait)),
            ("\u{a0}:D", Err(NotATrait)),
            ("a:D:Temp", Err(NotATrait)),
            ("a::D", Err(NotATrait)),
            ("a b:D", Err(Invisible)),
            ("a:D\n", Err(Invisible)),
            (" a:D", Err(Invisible)),
            ("a\u{a0}b:D", Err(Invisible)),
            ("a\0:D", Err(Invisible)),
            ("a\u{85}:D", Err(Invisible)),
            ("a\u{200b}:D", Err(Invisible)),
            ("a:\u{feff}D", Err(Invisible)),
            ("a\u{ad}b:D", Err(Invisible)),
            ("a:D\u{202e}", Err(Invisible)),
            ("a:D\u{2060}", Err(Invisible)),
            ("a:D\u{3164}", Err(Invisible)),
            ("a:D\u{e0041}", Err(Invisible)),
            ("a:Temp", Err(NoGroup)),
            ("a_b:Temp", Err(NoGroup)),
            ("a_b_:Temp", Err(NoGroup)),
            (&long, Err(TooLong)),
        ] {
            assert_eq!(check_member(member), expected, "{member:?}");
        }
    }

    #[test]
    fn earlier_member_may_be_added_again() {
        let request = PatchCollection {
            add: vec!["PC1".to_owned(), "x y:D".to_owned()],
            ..PatchCollection::default()
        };
        let known = HashSet::from(["PC1".to_owned()]);
        let invalid = patch(&request, &known).expect_err("one is new");
        assert_eq!(invalid.len(), 1);
        assert_eq!(invalid[0].path, "add[1]");
    }
}
