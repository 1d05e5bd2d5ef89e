//! The members of a stored collection.

use crate::collection::{MembersHash, member_hash};
use crate::raw_json::{split_array, text};
use foldhash::quality::RandomState;
use std::borrow::Cow;
use std::collections::HashSet;

/// A member: its text, and the JSON string that is written back unchanged.
///
/// An owner may have a million members, so that an ordinary one takes only 16 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a>(Form<'a>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form<'a> {
    /// A stored JSON string without escapes. The text stands between the quotes.
    Plain(&'a str),
    Other(Box<Other<'a>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Other<'a> {
    text: Cow<'a, str>,
    raw: Cow<'a, str>,
}

impl<'a> Member<'a> {
    /// Makes a member that is not stored yet.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let raw = json(&text);
        Self::other(text, Cow::Owned(raw))
    }

    fn other(text: Cow<'a, str>, raw: Cow<'a, str>) -> Self {
        Self(Form::Other(Box::new(Other { text, raw })))
    }

    /// The text, normally `trait:dataset`.
    pub fn text(&self) -> &str {
        match &self.0 {
            Form::Plain(raw) => &raw[1..raw.len() - 1],
            Form::Other(other) => &other.text,
        }
    }

    /// The JSON string.
    pub fn raw(&self) -> &str {
        match &self.0 {
            Form::Plain(raw) => raw,
            Form::Other(other) => &other.raw,
        }
    }

    /// The JSON string without needless escapes.
    pub(super) fn canonical(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Plain(raw) => Cow::Borrowed(raw),
            Form::Other(other) => Cow::Owned(json(&other.text)),
        }
    }
}

impl AsRef<str> for Member<'_> {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

#[derive(Default)]
pub(super) struct Members<'a> {
    pub(super) list: Vec<Member<'a>>,
    pub(super) hash: MembersHash,
    /// The number of blank, repeated and non-text members, which are left out.
    pub(super) dropped: u64,
    /// Whether the list must be rewritten.
    pub(super) is_repaired: bool,
}

/// Returns the hash of distinct members.
pub(super) fn hash(members: &[Member<'_>]) -> MembersHash {
    let mut hash = MembersHash::default();
    for member in members {
        hash.add(member_hash(member.text()));
    }
    hash
}

/// Reads a `members` value. Returns `None` when it is not a list of members in any form.
pub(super) fn read(raw: &str) -> Option<Members<'_>> {
    // Old data has one text with commas instead of a list.
    if let Some(joined) = text(raw) {
        let texts = joined.split(',').map(|text| Cow::Owned(text.to_owned()));
        let members = collect(texts.map(|text| (Some(text), None)));
        return Some(Members {
            is_repaired: true,
            ..members
        });
    }
    let entries = split_array(raw.as_bytes()).ok()?;
    Some(collect(
        entries.into_iter().map(|raw| (text(raw), Some(raw))),
    ))
}

/// Collects the first of each member, with its JSON string if it has one. White space around a
/// member has no meaning in GeneNetwork ids.
fn collect<'a>(
    entries: impl Iterator<Item = (Option<Cow<'a, str>>, Option<&'a str>)>,
) -> Members<'a> {
    let expected = entries.size_hint().0;
    let mut seen = HashSet::with_capacity_and_hasher(expected, RandomState::default());
    let mut collected = Members {
        list: Vec::with_capacity(expected),
        ..Members::default()
    };
    for (text, raw) in entries {
        let text = text.unwrap_or_default();
        let trimmed = match &text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        if trimmed.is_empty() || !seen.insert(trimmed.clone()) {
            collected.dropped += 1;
            continue;
        }
        collected.hash.add(member_hash(&trimmed));
        let raw = raw.filter(|_| trimmed.len() == text.len());
        collected.is_repaired |= raw.is_none();
        collected.list.push(match (trimmed, raw) {
            (Cow::Borrowed(_), Some(raw)) => Member(Form::Plain(raw)),
            (text, Some(raw)) => Member::other(text, Cow::Borrowed(raw)),
            (text, None) => Member::new(text),
        });
    }
    collected.is_repaired |= collected.dropped > 0;
    collected
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Option<(Vec<String>, u64, bool)> {
        let members = read(raw)?;
        let texts = members.list.iter();
        let texts = texts.map(|member| member.text().to_owned()).collect();
        Some((texts, members.dropped, members.is_repaired))
    }

    fn members(texts: &[&str], dropped: u64, is_repaired: bool) -> (Vec<String>, u64, bool) {
        let texts = texts.iter().map(ToString::to_string).collect();
        (texts, dropped, is_repaired)
    }

    #[test]
    fn members_of_every_form_are_read() {
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
    fn blank_repeated_and_non_text_members_are_dropped_and_counted() {
        assert_eq!(
            texts(r#"["a:b", "", " ", "a:b", null, 7, {"x": 1}]"#),
            Some(members(&["a:b"], 6, true))
        );
    }

    #[test]
    fn value_that_is_no_list_is_refused() {
        for raw in ["null", "{}", "7", "[1"] {
            assert!(read(raw).is_none(), "{raw}");
        }
    }
}
