//! The compared form of e-mail addresses.

use std::borrow::Cow;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// An address in its compared form: trimmed, NFC, lower case, the domain in ASCII (punycode).
/// Nothing else is folded, because dots and `+tags` mean different mailboxes at some providers.
///
/// Two people are the same to this program exactly if their addresses are equal. `Debug` does not
/// show the address, so that it stays out of logs.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NormalizedEmail(String);

impl NormalizedEmail {
    /// Parses an address. Returns `None` when the text is not an address: it has no `@`, no local
    /// part or no valid domain.
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = composed(text.trim()).to_lowercase();
        let (local, domain) = folded.rsplit_once('@')?;
        if local.is_empty() || local.contains(char::is_whitespace) {
            return None;
        }
        let domain = idna::domain_to_ascii_strict(domain).ok()?;
        // Lower-casing can decompose (İ), so the local part is composed again.
        Some(Self(format!("{}@{domain}", composed(local))))
    }

    /// The address in its compared form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the text in NFC. ASCII text, as nearly every address is, is already.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        text.nfc().collect::<String>().into()
    }
}

impl fmt::Debug for NormalizedEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NormalizedEmail(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(one: &str, other: &str) -> bool {
        NormalizedEmail::parse(one).expect("an address")
            == NormalizedEmail::parse(other).expect("an address")
    }

    #[test]
    fn spellings_of_one_address_are_equal() {
        assert!(same("  Person@Example.ORG\n", "person@example.org"));
        assert!(same(
            "person@bücher.example",
            "person@xn--bcher-kva.example"
        ));
        assert!(same(
            "person@ＢÜCHER。example",
            "person@xn--bcher-kva.example"
        ));
        assert!(same("pe\u{301}rson@example.org", "p\u{e9}rson@example.org"));
    }

    #[test]
    fn different_mailboxes_stay_different() {
        assert!(!same("a.b@example.org", "ab@example.org"));
        assert!(!same("a+x@example.org", "a@example.org"));
        assert!(!same("a@example.org", "a@example.com"));
    }

    #[test]
    fn text_that_is_no_address_is_refused() {
        for text in [
            "",
            "@",
            "a@",
            "@b.example",
            "person",
            "a b@c.example",
            "a@b..example",
            "a@b c.example",
        ] {
            assert!(NormalizedEmail::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_is_idempotent(text in "\\PC{1,12}@[a-zA-Zäß.-]{1,12}") {
            if let Some(email) = NormalizedEmail::parse(&text) {
                prop_assert_eq!(NormalizedEmail::parse(email.as_str()), Some(email.clone()));
            }
        }
    }
}
