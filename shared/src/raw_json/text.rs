//! Reading a JSON string that may hold lone surrogates.

use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// The text of a JSON string, with U+FFFD where it holds half of a surrogate pair (Python writes
/// those as `\ud800`); `None` if `raw` is not a JSON string.
pub fn text(raw: &str) -> Option<String> {
    struct Lossy;

    impl Visitor<'_> for Lossy {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        // serde_json hands out lone surrogates as their three bytes when it is asked for bytes.
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }

    let raw = raw.trim();
    if !raw.starts_with('"') {
        return None;
    }
    let mut json = serde_json::Deserializer::from_str(raw);
    let text = json.deserialize_bytes(Lossy).ok()?;
    json.end().is_ok().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_is_shown_as_replacement_characters() {
        assert_eq!(text(r#""Gr\u00f6\u00dfe""#).as_deref(), Some("Größe"));
        assert_eq!(text(r#""\ud83e\uddec""#).as_deref(), Some("🧬"));
        let half = text(r#""x\ud800y""#).expect("a string");
        assert!(
            half.starts_with("x\u{fffd}") && half.ends_with('y'),
            "{half}"
        );
        for not_text in ["7", "null", "[]", "\"open", "\"a\" \"b\"", ""] {
            assert_eq!(text(not_text), None, "{not_text}");
        }
    }
}
