//! E-mail addresses, as they are compared.

use std::borrow::Cow;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// An address in the one form in which addresses are compared: trimmed, NFC, lower case, the domain
/// in ASCII (punycode). Nothing else is folded: dots and `+tags` mean different mailboxes elsewhere.
///
/// Two people are the same to this program exactly if these are equal, so `Debug` does not show it:
/// addresses stay out of logs.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NormalizedEmail(String);

impl NormalizedEmail {
    /// `None` when the text is not an address: no `@`, nothing before or behind it, or a domain that
    /// cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = composed(text.trim()).to_lowercase();
        let (local, domain) = folded.rsplit_once('@')?;
        if local.is_empty() || local.contains(char::is_whitespace) {
            return None;
        }
        let domain = idna::domain_to_ascii_strict(domain).ok()?;
        // Lower-casing can decompose (İ), so the local part is composed once more.
        Some(Self(format!("{}@{domain}", composed(local))))
    }

    /// The address in its compared form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// NFC. Text in ASCII, as nearly every address is, is so already.
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
    fn other_texts_are_no_addresses() {
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
        fn the_compared_form_is_its_own_compared_form(text in "\\PC{1,12}@[a-zA-Zäß.-]{1,12}") {
            if let Some(email) = NormalizedEmail::parse(&text) {
                prop_assert_eq!(NormalizedEmail::parse(email.as_str()), Some(email.clone()));
            }
        }
    }
}
