//! Recognises gn-auth of 2025. For an authorization code it issues a token that it never stores, so
//! its own user endpoint refuses the token, unless one line is added to gn-auth.

use super::probe::{Probe, ProbeResponse};
use super::report::Finding;
use crate::auth::refusal::refuses_token;
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

const ADVICE: &str = "add this line to gn-auth, after the one that makes its jwttokengenerator, and restart it: \
    server.register_token_generator(\"authorization_code\", jwttokengenerator)";

/// Whether the response refuses a token as gn-auth of 2025 does.
pub(super) fn is_refusal(response: &ProbeResponse) -> bool {
    response.status == StatusCode::INTERNAL_SERVER_ERROR && refuses_token(response.text.as_bytes())
}

/// Whether the server is gn-auth of 2025 or later. `invalid` is the response of its user endpoint
/// to an invalid token.
pub(super) async fn is_recognized(probe: &Probe, user: &Url, invalid: &ProbeResponse) -> bool {
    let Ok(keys) = user.join("../public-jwks") else {
        return false;
    };
    if !is_refusal(invalid) {
        return false;
    }
    let response = probe.get(keys.as_str(), None).await;
    let json = response.and_then(|response| response.json);
    json.is_some_and(|json| json.get("jwks").is_some_and(Value::is_array))
}

/// Whether gn-auth has the line, as far as the response to the operator's token tells.
pub(super) fn line(token: Option<(&SecretString, &ProbeResponse)>) -> Finding {
    let Some((token, response)) = token else {
        return Finding::warning(
            "gn-auth",
            "gn-auth of 2025 refuses the tokens that it issues, unless one line is added to it",
        )
        .advice(format!(
            "set GNC_DOCTOR_TOKEN to a token of a sign-in; if it is refused, {ADVICE}"
        ));
    };
    // With the line, gn-auth issues JSON Web Tokens, which have three parts.
    let is_opaque = token.expose_secret().split('.').count() != 3;
    if !is_refusal(response) {
        Finding::good("gn-auth", "gn-auth of 2025 accepts the token")
    } else if is_opaque {
        Finding::problem("gn-auth", "gn-auth of 2025 refuses the token").advice(ADVICE)
    } else {
        Finding::problem("gn-auth", "gn-auth of 2025 refuses this JSON Web Token")
            .advice("set GNC_DOCTOR_TOKEN to a token of a new sign-in")
    }
}
