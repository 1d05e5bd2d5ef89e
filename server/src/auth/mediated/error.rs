//! What can go wrong with a mediated sign-in.

use crate::auth::client::FormAnswer;
use crate::auth::validator::Unavailable;
use serde::Deserialize;

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MediationError {
    /// This deployment does not mediate.
    #[error("the mode is not mediated")]
    NotMediated,
    /// The request does not come from our own page.
    #[error("the request comes from another origin")]
    OtherOrigin,
    /// The page signed in with another redirect URI than ours.
    #[error("the redirect URI is another")]
    OtherRedirectUri,
    /// The code or the session is wrong, used or over.
    #[error("the auth server does not accept the code or refresh token")]
    Refused,
    /// The auth server does not accept us: id or secret are wrong, or presented in a way it does not know.
    #[error(
        "the auth server refuses this client; check GNC_OAUTH_CLIENT_ID, GNC_OAUTH_CLIENT_SECRET and GNC_OAUTH_CLIENT_AUTH"
    )]
    ClientRefused,
    /// The auth server could not be asked.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Body of a refusal (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl MediationError {
    /// What an answer of the token endpoint means that is no success.
    pub(super) fn from_refusal(answer: &FormAnswer) -> Self {
        let other = Self::Unavailable(Unavailable::Status(answer.status.as_u16()));
        if !answer.status.is_client_error() {
            return other;
        }
        match serde_json::from_slice::<Refusal>(&answer.body) {
            Ok(refusal) => match refusal.error.as_str() {
                "invalid_grant" => Self::Refused,
                "invalid_client" | "unauthorized_client" => Self::ClientRefused,
                _ => other,
            },
            Err(_) => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[test]
    fn only_a_refused_grant_ends_a_session() {
        let refusal = |status: u16, body: &str| {
            MediationError::from_refusal(&FormAnswer {
                status: StatusCode::from_u16(status).expect("a status"),
                body: body.as_bytes().to_vec(),
            })
        };
        let unavailable = |status| MediationError::Unavailable(Unavailable::Status(status));
        for (status, body, expected) in [
            (400, r#"{"error":"invalid_grant"}"#, MediationError::Refused),
            (
                401,
                r#"{"error":"invalid_client"}"#,
                MediationError::ClientRefused,
            ),
            (
                400,
                r#"{"error":"unauthorized_client"}"#,
                MediationError::ClientRefused,
            ),
            (400, r#"{"error":"invalid_request"}"#, unavailable(400)),
            (404, "<!doctype html>", unavailable(404)),
            (500, r#"{"error":"invalid_grant"}"#, unavailable(500)),
            (302, "", unavailable(302)),
        ] {
            assert_eq!(refusal(status, body), expected, "{status} {body}");
        }
    }
}
