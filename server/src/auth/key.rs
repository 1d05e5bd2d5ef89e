//! A public key of the auth server, and what it may have signed.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use std::str::FromStr;

/// Signatures with an RSA key.
const RSA: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];

/// Whether tokens may be signed in this way: by a key pair. A shared secret (`HS…`) would make the
/// server's public key a secret to sign with, and `none` is no signature; `jsonwebtoken` does not know it.
pub(super) fn is_allowed(algorithm: Algorithm) -> bool {
    RSA.contains(&algorithm)
        || matches!(
            algorithm,
            Algorithm::ES256 | Algorithm::ES384 | Algorithm::EdDSA
        )
}

/// A key that signatures are checked with.
pub struct Key {
    pub(super) id: Option<String>,
    pub(super) decoding: DecodingKey,
    /// All of one family: that of the key, never that of a token's header.
    pub(super) algorithms: Vec<Algorithm>,
}

impl Key {
    /// `None` for keys that are not for signatures, or not of a kind that is allowed here.
    pub(super) fn read(jwk: &Jwk) -> Option<Self> {
        if !matches!(
            jwk.common.public_key_use,
            None | Some(PublicKeyUse::Signature)
        ) {
            return None;
        }
        let kind: &[Algorithm] = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => RSA,
            AlgorithmParameters::EllipticCurve(key) => match key.curve {
                EllipticCurve::P256 => &[Algorithm::ES256],
                EllipticCurve::P384 => &[Algorithm::ES384],
                _ => return None,
            },
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                &[Algorithm::EdDSA]
            }
            _ => return None,
        };
        let algorithms: Vec<Algorithm> = match jwk.common.key_algorithm {
            None => kind.to_vec(),
            Some(only) => kind
                .iter()
                .copied()
                .filter(|algorithm| Some(*algorithm) == named(only))
                .collect(),
        };
        if algorithms.is_empty() {
            return None;
        }
        Some(Self {
            id: jwk.common.key_id.clone(),
            decoding: DecodingKey::from_jwk(jwk).ok()?,
            algorithms,
        })
    }
}

fn named(algorithm: KeyAlgorithm) -> Option<Algorithm> {
    Algorithm::from_str(&algorithm.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn algorithms(json: &str) -> Option<Vec<Algorithm>> {
        let jwk: Jwk = serde_json::from_str(json).expect("a key");
        Key::read(&jwk).map(|key| key.algorithms)
    }

    #[test]
    fn a_key_signs_only_what_its_kind_and_its_own_word_allow() {
        let rsa = |more: &str| format!(r#"{{"kty": "RSA", "n": "AQAB", "e": "AQAB"{more}}}"#);
        assert_eq!(algorithms(&rsa("")), Some(RSA.to_vec()));
        assert_eq!(
            algorithms(&rsa(r#", "alg": "RS256", "use": "sig""#)),
            Some(vec![Algorithm::RS256])
        );
        assert_eq!(
            algorithms(r#"{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}"#),
            Some(vec![Algorithm::ES256])
        );
        for useless in [
            rsa(r#", "use": "enc""#),
            rsa(r#", "alg": "HS256""#),
            rsa(r#", "alg": "RSA-OAEP""#),
            rsa(r#", "alg": "ES256""#),
            r#"{"kty": "oct", "k": "c2VjcmV0"}"#.to_owned(),
            r#"{"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}"#.to_owned(),
        ] {
            assert_eq!(algorithms(&useless), None, "{useless}");
        }
        assert!(!is_allowed(Algorithm::HS256) && !is_allowed(Algorithm::HS512));
    }
}
