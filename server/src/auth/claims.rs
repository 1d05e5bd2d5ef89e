//! The claims of a token, read from a JWT or from an introspection response.

use super::profile::Profile;
use super::token::BearerToken;
use super::userinfo::UserInfoValidator;
use super::validator::{AuthError, TokenValidator, Verified};
use crate::config::EmailTrust;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The claims of a token. RFC 7662 and RFC 9068 use the same names.
#[derive(Deserialize)]
pub(super) struct Claims {
    /// Expiry in seconds of Unix time. Some servers send fractions.
    #[serde(default)]
    pub(super) exp: Option<f64>,
    #[serde(default, alias = "scp")]
    scope: Scopes,
    #[serde(flatten)]
    id_token: IdTokenClaims,
    #[serde(flatten)]
    profile: Profile,
}

/// Claims that only ID tokens have (OpenID Connect Core 1.0, sections 2 and 3.3.2.11).
#[derive(Deserialize)]
struct IdTokenClaims {
    nonce: Option<IgnoredAny>,
    at_hash: Option<IgnoredAny>,
    c_hash: Option<IgnoredAny>,
    s_hash: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scopes {
    Text(String),
    List(Vec<String>),
}

impl Default for Scopes {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Scopes {
    fn contains(&self, scope: &str) -> bool {
        match self {
            Self::Text(text) => text.split_whitespace().any(|one| one == scope),
            Self::List(list) => list.iter().any(|one| one == scope),
        }
    }
}

impl Claims {
    pub(super) fn covers(&self, required: &[String]) -> bool {
        required.iter().all(|scope| self.scope.contains(scope))
    }

    /// An ID token says who signed in; it gives no access, whoever presents it.
    pub(super) fn are_of_an_id_token(&self) -> bool {
        let claims = &self.id_token;
        let only_there = [
            &claims.nonce,
            &claims.at_hash,
            &claims.c_hash,
            &claims.s_hash,
        ];
        only_there.into_iter().any(Option::is_some)
    }

    #[expect(clippy::cast_possible_truncation, reason = "seconds; `as` saturates")]
    pub(super) fn expires_at(&self) -> Option<i64> {
        self.exp.map(|seconds| seconds as i64)
    }
}

/// Finds the user of a token whose claims were checked. Asks the user endpoint if the claims name
/// no address.
pub(super) struct UserResolver {
    pub(super) profiles: UserInfoValidator,
    pub(super) trust: EmailTrust,
    pub(super) required_scopes: Vec<String>,
}

impl UserResolver {
    pub(super) async fn resolve(
        &self,
        claims: Claims,
        token: &BearerToken,
    ) -> Result<Verified, AuthError> {
        if !claims.covers(&self.required_scopes) {
            return Err(AuthError::InsufficientScope);
        }
        if claims.profile.is_contradictory() {
            return Err(AuthError::Rejected);
        }
        let expires_at = claims.expires_at();
        let id = claims.profile.id();
        if let Some(user) = claims.profile.user(self.trust) {
            return Ok(Verified { user, expires_at });
        }
        let Verified { user, .. } = self.profiles.validate(token).await?;
        // OpenID Connect Core, section 5.3.2: a response about another subject must not be used.
        if id.is_some_and(|id| id != user.user_id) {
            return Err(AuthError::Rejected);
        }
        Ok(Verified { user, expires_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_in_every_spelling() {
        for (json, covers) in [
            (r#"{"scope": "openid profile user"}"#, true),
            (r#"{"scope": ["user", "profile"]}"#, true),
            (r#"{"scp": ["user", "profile"]}"#, true),
            (r#"{"scope": "profile"}"#, false),
            (r#"{"scope": "profiles user"}"#, false),
            (r#"{"scope": ""}"#, false),
            ("{}", false),
        ] {
            let claims: Claims = serde_json::from_str(json).expect("claims");
            let required = ["profile".to_owned(), "user".to_owned()];
            assert_eq!(claims.covers(&required), covers, "{json}");
            assert!(claims.covers(&[]));
        }
    }
}
