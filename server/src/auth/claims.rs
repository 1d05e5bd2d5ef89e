//! What a token says of itself, read from the token (`jwt`) or told by the auth server (`introspection`).

use super::profile::Profile;
use super::token::BearerToken;
use super::userinfo::UserInfo;
use super::validator::{AuthError, TokenValidator, Verified};
use crate::config::{EmailTrust, ValidationSettings};
use serde::Deserialize;

/// Claims, named alike in RFC 7662 and RFC 9068.
#[derive(Deserialize)]
pub(super) struct Claims {
    /// When the token expires, in seconds of Unix time; some servers give fractions.
    #[serde(default)]
    pub(super) exp: Option<f64>,
    #[serde(default, alias = "scp")]
    scope: Scopes,
    #[serde(flatten)]
    profile: Profile,
}

/// Scopes, separated by spaces or as a list.
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
    /// Whether the token covers all of these scopes.
    pub(super) fn covers(&self, required: &[String]) -> bool {
        required.iter().all(|scope| self.scope.contains(scope))
    }

    #[expect(clippy::cast_possible_truncation, reason = "seconds; `as` saturates")]
    fn expires_at(&self) -> Option<i64> {
        self.exp.map(|seconds| seconds as i64)
    }
}

/// Whom a token with sound claims speaks for. Most tokens name an account but no address: then the user
/// endpoint is asked.
pub(super) struct Completion {
    pub(super) profiles: UserInfo,
    pub(super) trust: EmailTrust,
    pub(super) required_scopes: Vec<String>,
}

impl Completion {
    pub(super) fn new(profiles: UserInfo, settings: &ValidationSettings) -> Self {
        Self {
            profiles,
            trust: settings.email_trust,
            required_scopes: settings.required_scopes.clone(),
        }
    }

    pub(super) async fn of(
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
        // OpenID Connect Core, section 5.3.2: an answer about somebody else must not be used.
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
    fn scopes_are_read_in_every_spelling_and_none_is_none() {
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
