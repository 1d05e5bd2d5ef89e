//! The claims of a token, read from a JWT or from an introspection response.

use super::profile::Profile;
use super::token::BearerToken;
use super::userinfo::UserInfoValidator;
use super::validator::{AuthError, TokenValidator, Verified};
use crate::config::EmailTrust;
use serde::Deserialize;

/// The claims of a token. RFC 7662 and RFC 9068 use the same names.
#[derive(Deserialize)]
pub(super) struct Claims {
    /// Expiry in seconds of Unix time. Some servers send fractions.
    #[serde(default)]
    pub(super) exp: Option<f64>,
    #[serde(default, alias = "scp")]
    scope: Scopes,
    #[serde(flatten)]
    profile: Profile,
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

    #[expect(clippy::cast_possible_truncation, reason = "seconds; `as` saturates")]
    fn expires_at(&self) -> Option<i64> {
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
