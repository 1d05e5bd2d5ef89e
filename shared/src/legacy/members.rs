//! The members of a stored collection.

use crate::raw_json::{split_array, text};
use std::borrow::Cow;
use std::collections::HashSet;

/// One member: its text, and the JSON string it was stored as, which is written again unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// The text, normally `trait:dataset`.
    pub text: String,
    /// The JSON string.
    pub raw: Cow<'a, str>,
}

impl AsRef<str> for Member<'_> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// Members after repair.
pub(super) struct Members<'a> {
    pub(super) kept: Vec<Member<'a>>,
    /// Blank, repeated and non-text ones, left out.
    pub(super) dropped: u64,
    /// Whether the list has to be written anew.
    pub(super) repaired: bool,
}

/// Reads a `members` value; `None` when it is not a list of members in any form.
pub(super) fn read(raw: &str) -> Option<Members<'_>> {
    // Seen in old data: one text with commas instead of a list.
    if let Some(joined) = text(raw) {
        let texts = joined
            .split(',')
            .map(|member| Some(member.trim().to_owned()));
        let members = texts.map(|text| (text, None));
        return Some(Members {
            repaired: true,
            ..sift(members)
        });
    }
    let entries = split_array(raw.as_bytes()).ok()?;
    Some(sift(
        entries.into_iter().map(|entry| (text(entry), Some(entry))),
    ))
}

/// Keeps the first of each; white space around a member has no meaning in any GeneNetwork id.
fn sift<'a>(entries: impl Iterator<Item = (Option<String>, Option<&'a str>)>) -> Members<'a> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    let mut dropped = 0;
    let mut repaired = false;
    for (text, raw) in entries {
        let trimmed = text.as_deref().map(str::trim).unwrap_or_default();
        if trimmed.is_empty() || !seen.insert(trimmed.to_owned()) {
            dropped += 1;
            continue;
        }
        let raw = match raw {
            Some(raw) if text.as_deref() == Some(trimmed) => Cow::Borrowed(raw),
            _ => {
                repaired = true;
                Cow::Owned(serde_json::Value::from(trimmed).to_string())
            }
        };
        kept.push(Member {
            text: trimmed.to_owned(),
            raw,
        });
    }
    Members {
        repaired: repaired || dropped > 0,
        kept,
        dropped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Option<(Vec<String>, u64, bool)> {
        let members = read(raw)?;
        let kept = members.kept.into_iter().map(|member| member.text).collect();
        Some((kept, members.dropped, members.repaired))
    }

    fn members(kept: &[&str], dropped: u64, repaired: bool) -> (Vec<String>, u64, bool) {
        (
            kept.iter().map(ToString::to_string).collect(),
            dropped,
            repaired,
        )
    }

    #[test]
    fn members_of_any_form_are_kept() {
        assert_eq!(
            texts(r#"["PC1", "a:b:c", "x:Temp"]"#),
            Some(members(&["PC1", "a:b:c", "x:Temp"], 0, false))
        );
        assert_eq!(
            texts(r#""10710:BXDPublish, 1_at:HC""#),
            Some(members(&["10710:BXDPublish", "1_at:HC"], 0, true))
        );
        assert_eq!(
            texts(r#"[" a:b", "a:b "]"#),
            Some(members(&["a:b"], 1, true))
        );
        assert_eq!(texts("[]"), Some(members(&[], 0, false)));
    }

    #[test]
    fn blank_repeated_and_other_values_are_dropped_and_counted() {
        assert_eq!(
            texts(r#"["a:b", "", " ", "a:b", null, 7, {"x": 1}]"#),
            Some(members(&["a:b"], 6, true))
        );
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for raw in ["null", "{}", "7", "[1"] {
            assert!(read(raw).is_none(), "{raw}");
        }
    }
}
