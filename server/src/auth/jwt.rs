//! Validates tokens by their signature (RFC 7519, RFC 9068).

use super::claims::{Claims, UserResolver};
use super::jwks::KeySet;
use super::key::{Key, is_allowed};
use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::config::JwtType;
use async_trait::async_trait;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation, decode, decode_header};
use url::Url;

/// Allowed difference between clocks, in seconds.
pub(super) const LEEWAY: u32 = 60;

pub struct JwtValidator {
    pub(super) keys: KeySet,
    pub(super) issuer: Url,
    pub(super) audience: String,
    pub(super) accepted_type: JwtType,
    pub(super) user_resolver: UserResolver,
}

impl JwtValidator {
    fn claims(&self, token: &BearerToken, key: &Key) -> Result<Claims, AuthError> {
        let mut validation = Validation::default();
        // The key determines the allowed algorithms. The token's header only has to agree.
        validation.algorithms.clone_from(&key.algorithms);
        validation.leeway = LEEWAY.into();
        validation.validate_nbf = true;
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        // Some servers write a URL without a path with a slash, some without.
        let issuer = self.issuer.as_str();
        validation.set_issuer(&[issuer, issuer.trim_end_matches('/')]);
        validation.set_audience(&[&self.audience]);
        match decode(token.expose(), &key.decoding, &validation) {
            Ok(token) => Ok(token.claims),
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => {
                Err(AuthError::Expired)
            }
            Err(_) => Err(AuthError::Rejected),
        }
    }
}

/// Refuses ID tokens and other kinds of JWT by their header.
fn is_access_token(header: &Header, accepted: JwtType) -> bool {
    let kind = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    let is_stated = matches!(kind.as_str(), "at+jwt" | "application/at+jwt");
    is_allowed(header.alg)
        && header.crit.is_none()
        && (is_stated || (accepted == JwtType::Unstated && kind == "jwt"))
}

#[async_trait]
impl TokenValidator for JwtValidator {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let header = decode_header(token.expose()).map_err(|_| AuthError::Rejected)?;
        if !is_access_token(&header, self.accepted_type) {
            return Err(AuthError::Rejected);
        }
        let key = self.keys.find(header.kid.as_deref()).await?;
        let claims = self.claims(token, &*key.ok_or(AuthError::Rejected)?)?;
        if claims.are_of_an_id_token() {
            return Err(AuthError::Rejected);
        }
        self.user_resolver.resolve(claims, token).await
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        self.keys.reachable().await
    }
}
