//! Reads a JSON string that may have lone surrogates.

use serde::de::{Deserializer, Error, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Returns the text of a JSON string, or `None` if `raw` is not a JSON string. Lone surrogates,
/// which Python writes as `\ud800`, become U+FFFD. A string without escapes is a slice of `raw`.
pub fn text(raw: &str) -> Option<Cow<'_, str>> {
    struct Lossy;

    impl Visitor<'_> for Lossy {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        // With this method, serde_json returns lone surrogates as three bytes instead of an error.
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }

    let raw = raw.trim();
    let opened = raw.strip_prefix('"')?;
    if let Some(plain) = opened.strip_suffix('"').filter(|text| is_plain(text)) {
        return Some(Cow::Borrowed(plain));
    }
    let mut json = serde_json::Deserializer::from_str(raw);
    let text = json.deserialize_bytes(Lossy).ok()?;
    json.end().is_ok().then_some(Cow::Owned(text))
}

/// Whether a text needs no escapes in JSON.
fn is_plain(text: &str) -> bool {
    !text
        .bytes()
        .any(|byte| matches!(byte, ..b' ' | b'"' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogate_becomes_replacement_characters() {
        assert_eq!(text(r#""Gr\u00f6\u00dfe""#).as_deref(), Some("Größe"));
        assert!(matches!(
            text(" \"1_at:HC Größe\" "),
            Some(Cow::Borrowed("1_at:HC Größe"))
        ));
        assert_eq!(text(r#""\ud83e\uddec""#).as_deref(), Some("🧬"));
        let half = text(r#""x\ud800y""#).expect("a string");
        assert!(
            half.starts_with("x\u{fffd}") && half.ends_with('y'),
            "{half}"
        );
        for not_text in [
            "7",
            "null",
            "[]",
            "\"open",
            "\"",
            "\"a\" \"b\"",
            "\"a\\\"",
            "",
        ] {
            assert_eq!(text(not_text), None, "{not_text}");
        }
    }
}
