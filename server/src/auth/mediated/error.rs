//! Errors of a mediated sign-in.

use crate::auth::client::FormResponse;
use crate::auth::refusal::OauthErrorBody;
use crate::auth::validator::Unavailable;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MediationError {
    #[error("this deployment does not mediate sign-ins")]
    NotMediated,
    #[error("the request comes from another origin")]
    ForeignOrigin,
    #[error("the redirect URI is not the registered one")]
    RedirectUriMismatch,
    #[error("it must have 43 to 128 letters, digits, or characters of -._~")]
    InvalidVerifier,
    /// The code or refresh token is wrong, used or expired.
    #[error("the auth server does not accept the code or refresh token")]
    GrantRefused,
    /// The auth server rejects this client's credentials.
    #[error(
        "the auth server refuses this client; check GNC_OAUTH_CLIENT_ID, GNC_OAUTH_CLIENT_SECRET and GNC_OAUTH_CLIENT_AUTH"
    )]
    ClientRefused,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl MediationError {
    /// Interprets an error response of the token endpoint.
    pub(super) fn from_refusal(response: &FormResponse) -> Self {
        let other = Self::Unavailable(Unavailable::Status(response.status.as_u16()));
        if !response.status.is_client_error() {
            return other;
        }
        match OauthErrorBody::read(&response.body).error.as_str() {
            "invalid_grant" => Self::GrantRefused,
            "invalid_client" | "unauthorized_client" => Self::ClientRefused,
            _ => other,
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
            MediationError::from_refusal(&FormResponse {
                status: StatusCode::from_u16(status).expect("a status"),
                body: body.as_bytes().to_vec(),
            })
        };
        let unavailable = |status| MediationError::Unavailable(Unavailable::Status(status));
        for (status, body, expected) in [
            (
                400,
                r#"{"error":"invalid_grant"}"#,
                MediationError::GrantRefused,
            ),
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
