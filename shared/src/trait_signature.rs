//! The signature by which GN2 recognises a trait that it handed out: `trait:dataset:<20 hex
//! digits>`.
//!
//! Source: GN2's `gn2/utility/hmac.py`, `data_hmac`, read in November 2026. It is the HMAC-SHA1 of
//! the member under `SECRET_HMAC_CODE`, cut to 20 hex digits. GN2 signs other texts with the same
//! secret: the id in the cookie of an older anonymous session, which has no colon, and addresses
//! such as `/reset?code=…` and `https://…` (`url_for_hmac`). A [`TraitSigner`] signs none of these.

use crate::edit::check::is_showable;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The length of the signature in bytes. GN2 keeps the first 20 hex digits.
const SIGNATURE_BYTES: usize = 10;

/// GN2's secret, ready to sign members. It has no `Debug`, which would print the secret.
#[derive(Clone)]
pub struct TraitSigner(Hmac<Sha1>);

impl TraitSigner {
    /// Returns a signer with GN2's `SECRET_HMAC_CODE`.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes keys of any length"))
    }

    /// Returns the signature of a member, or `None` if GN2 cannot show the member or might take it
    /// for an address.
    pub fn sign(&self, member: &str) -> Option<String> {
        if !is_signable(member) {
            return None;
        }
        let code = self.0.clone().chain_update(member).finalize().into_bytes();
        let mut signature = String::with_capacity(2 * SIGNATURE_BYTES);
        for byte in code.iter().take(SIGNATURE_BYTES) {
            let _ = write!(signature, "{byte:02x}");
        }
        Some(signature)
    }

    /// Returns the members that can be signed, with their signatures.
    pub fn sign_all(&self, members: impl IntoIterator<Item = String>) -> BTreeMap<String, String> {
        let members = members.into_iter();
        members
            .filter_map(|member| {
                let signature = self.sign(&member)?;
                Some((member, signature))
            })
            .collect()
    }
}

/// Whether a text is a member and no address that GN2 signs.
fn is_signable(member: &str) -> bool {
    let is_address = member.split(':').any(|part| part.starts_with('/'));
    is_showable(member) && !is_address
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signatures are from Python:
    /// `hmac.new("…".encode("latin-1"), member.encode(), hashlib.sha1).hexdigest()[:20]`
    #[test]
    fn signature_is_that_of_pythons_hmac() {
        for (secret, member, signature) in [
            ("secret", "1435464_at:HC_M2_0606_P", "e90b5383950b0e8a97fe"),
            (
                "gn2-demo-hmac-secret",
                "10710:BXDPublish",
                "e55c74475d198daf5dfb",
            ),
            (
                "gn2-demo-hmac-secret",
                "PCA_1_BXD_2019:Temp",
                "50405e0ea4111643b58b",
            ),
            ("gn2-demo-hmac-secret", "größe:D", "a1e28aa4aa27a4cbc710"),
        ] {
            let signer = TraitSigner::new(secret.as_bytes());
            assert_eq!(signer.sign(member).as_deref(), Some(signature), "{member}");
        }
        // GN2 encodes its secret as Latin-1.
        let signer = TraitSigner::new(b"s\xe9cret");
        let signature = signer.sign("größe:D");
        assert_eq!(signature.as_deref(), Some("e23e78c44b2606f3e940"));
    }

    #[test]
    fn nothing_else_that_gn2_signs_gets_a_signature() {
        let signer = TraitSigner::new(b"secret");
        for text in [
            // The cookie of an anonymous session, with and without its signature.
            "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777",
            "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777:17cab53dfe367ce2b855:",
            // Addresses.
            "https://genenetwork.org/n/reset?code=1",
            "http:/x",
            "/n/reset?code=1",
            "/n/reset?code=1:2",
            // Members that GN2 cannot show.
            "PC1",
            "a:D:Temp",
            "a b:D",
            "a:Temp",
            "a:D\u{200b}",
            ":D",
            "",
        ] {
            assert_eq!(signer.sign(text), None, "{text}");
        }
        let members = ["a/b:D", "/a:D", "PC1"].map(str::to_owned);
        let accepted: Vec<String> = signer.sign_all(members).into_keys().collect();
        assert_eq!(accepted, ["a/b:D"]);
    }
}
