//! A public key of the auth server and the algorithms it may be used with.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use std::str::FromStr;

const RSA: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];

/// Only key pairs may sign tokens. A shared secret (`HS…`) would turn the server's public key into
/// a secret, and `none` is no signature; `jsonwebtoken` does not support it.
pub(super) fn is_allowed(algorithm: Algorithm) -> bool {
    RSA.contains(&algorithm)
        || matches!(
            algorithm,
            Algorithm::ES256 | Algorithm::ES384 | Algorithm::EdDSA
        )
}

pub struct Key {
    pub(super) id: Option<String>,
    pub(super) decoding: DecodingKey,
    /// Algorithms of the key's own family, never those of a token's header.
    pub(super) algorithms: Vec<Algorithm>,
}

impl Key {
    /// Returns `None` for keys that are not for signatures, or of a kind that is not allowed.
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
    fn key_allows_only_algorithms_of_its_kind_and_its_alg() {
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
