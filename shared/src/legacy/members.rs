//! The members of a stored collection.

use crate::collection::{MembersHash, member_hash};
use crate::raw_json::{split_array, text};
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// One member: its text, and the JSON string it was stored as, which is written again unchanged. Somebody may have a
/// million: an ordinary one takes 16 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a>(Form<'a>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form<'a> {
    /// A JSON string without escapes: the text is what stands between the quotes.
    Plain(&'a str),
    Other(Box<Other<'a>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Other<'a> {
    text: Cow<'a, str>,
    raw: Cow<'a, str>,
}

impl<'a> Member<'a> {
    /// A member that is not stored yet.
    pub fn new(text: &'a str) -> Self {
        let raw = serde_json::Value::from(text).to_string();
        Self::other(Cow::Borrowed(text), Cow::Owned(raw))
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

    /// The JSON string, where it is one that any writer of JSON would write.
    pub(super) fn plain(&self) -> Option<&'a str> {
        match &self.0 {
            Form::Plain(raw) => Some(raw),
            Form::Other(_) => None,
        }
    }
}

impl AsRef<str> for Member<'_> {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

/// Members after repair.
pub(super) struct Members<'a> {
    pub(super) kept: Vec<Member<'a>>,
    /// Of those that are kept.
    pub(super) hash: MembersHash,
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
            .map(|member| Some(Cow::Owned(member.trim().to_owned())));
        let members = texts.map(|text| (text, None));
        return Some(Members {
            repaired: true,
            ..sift(members)
        });
    }
    if let Some(members) = ordinary(raw) {
        return Some(members);
    }
    let entries = split_array(raw.as_bytes()).ok()?;
    Some(sift(
        entries.into_iter().map(|entry| (text(entry), Some(entry))),
    ))
}

/// Reads a list as nearly all are: of strings without escapes, none of which is blank, repeated or has space around it.
/// `None` for all others, and they are read with care.
fn ordinary(raw: &str) -> Option<Members<'_>> {
    let body = raw.strip_prefix('[')?.strip_suffix(']')?;
    // Looks at every byte, which is quicker than to stop early.
    let special = |byte: &u8| matches!(byte, ..b' ' | b'\\');
    if body.is_empty() || body.as_bytes().iter().filter(|byte| special(byte)).count() > 0 {
        return None;
    }
    let about = body.len() / 24;
    let mut seen = Seen::with_capacity_and_hasher(about, BuildHasherDefault::default());
    let mut kept = Vec::with_capacity(about);
    let mut hash = MembersHash::default();
    let mut rest = body;
    loop {
        if rest.as_bytes().first() != Some(&b'"') {
            return None;
        }
        let text = &rest[1..];
        let end = memchr::memchr(b'"', text.as_bytes())?;
        let (member, behind) = rest.split_at(end + 2);
        let text = &text[..end];
        // Nothing but ASCII's visible characters at both ends is nothing to be trimmed.
        let bytes = text.as_bytes();
        if !(bytes.first()?.is_ascii_graphic() && bytes.last()?.is_ascii_graphic()) {
            return None;
        }
        let own = member_hash(text);
        if !seen.insert(Hashed { own, text }) {
            return None;
        }
        hash.add(own);
        kept.push(Member(Form::Plain(member)));
        // What Python writes between two, or whatever else may stand there.
        rest = match behind.as_bytes() {
            [] => {
                return Some(Members {
                    kept,
                    hash,
                    dropped: 0,
                    repaired: false,
                });
            }
            [b',', b' ', ..] => behind[2..].trim_start_matches(' '),
            [b',', ..] => &behind[1..],
            _ => return None,
        };
    }
}

/// Members that were there before.
type Seen<T> = HashSet<Hashed<T>, BuildHasherDefault<Known>>;

/// A member with its hash.
#[derive(PartialEq, Eq)]
struct Hashed<T> {
    own: u64,
    text: T,
}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.own);
    }
}

/// Takes a hash that is known already.
#[derive(Default)]
struct Known(u64);

impl Hasher for Known {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        // Nothing is hashed but by `write_u64`.
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
}

/// Keeps the first of each; white space around a member has no meaning in any GeneNetwork id.
fn sift<'a>(entries: impl Iterator<Item = (Option<Cow<'a, str>>, Option<&'a str>)>) -> Members<'a> {
    let expected = entries.size_hint().0;
    let mut seen = Seen::default();
    let mut hash = MembersHash::default();
    let mut kept = Vec::with_capacity(expected);
    let mut dropped = 0;
    let mut repaired = false;
    for (text, raw) in entries {
        let text = text.unwrap_or_default();
        let length = text.len();
        let text = trimmed(text);
        let own = member_hash(&text);
        let known = || Hashed {
            own,
            text: text.clone(),
        };
        if text.is_empty() || !seen.insert(known()) {
            dropped += 1;
            continue;
        }
        hash.add(own);
        kept.push(match raw {
            Some(raw) if text.len() == length => match text {
                Cow::Borrowed(_) => Member(Form::Plain(raw)),
                Cow::Owned(_) => Member::other(text, Cow::Borrowed(raw)),
            },
            _ => {
                repaired = true;
                let raw = serde_json::Value::from(text.as_ref()).to_string();
                Member::other(text, Cow::Owned(raw))
            }
        });
    }
    Members {
        repaired: repaired || dropped > 0,
        hash,
        kept,
        dropped,
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Option<(Vec<String>, u64, bool)> {
        let members = read(raw)?;
        let kept = members.kept.into_iter();
        let kept = kept.map(|member| member.text().to_owned()).collect();
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
    fn an_ordinary_list_is_read_as_one_read_with_care() {
        for raw in [
            r#"["1_at:HC", "2_at:HC"]"#,
            r#"["a:b","c:d",   "Größe:x"]"#,
            r#"["a" , "b"]"#,
            r#"[ "a"]"#,
            r#"["a", "b"],"#,
            r#"["a", "b",]"#,
            r#"["a" "b"]"#,
            r#"["a", "a"]"#,
            r#"["a", " b"]"#,
            r#"["a", "é"]"#,
            r#"["a", "\u00e9"]"#,
            "[\"a\",\n\"b\"]",
            "[\"a\u{1}b\"]",
            r#"["a", 7]"#,
            r#"["", "a"]"#,
            "[\"\"]",
            "[\"]",
            "[",
        ] {
            let Some(quick) = ordinary(raw) else { continue };
            let entries = split_array(raw.as_bytes()).expect(raw);
            let careful = sift(entries.into_iter().map(|entry| (text(entry), Some(entry))));
            assert_eq!(quick.kept, careful.kept, "{raw}");
            assert_eq!(quick.hash, careful.hash, "{raw}");
            assert_eq!((careful.dropped, careful.repaired), (0, false), "{raw}");
        }
        assert!(ordinary(r#"["1_at:HC", "2_at:HC"]"#).is_some());
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for raw in ["null", "{}", "7", "[1"] {
            assert!(read(raw).is_none(), "{raw}");
        }
    }
}
