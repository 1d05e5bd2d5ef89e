//! Checks the user endpoint and whether it states verified addresses.

use super::discovery::lists;
use super::gn_auth;
use super::probe::{Probe, ProbeResponse};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::{EmailTrust, ISSUER_TRUST_CAUTION, OauthSettings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

pub(super) async fn examine(
    probe: &Probe,
    oauth: &OauthSettings,
    endpoints: &Endpoints,
    metadata: Option<&Value>,
    token: Option<&SecretString>,
) -> Vec<Finding> {
    let url = endpoints.user.as_str();
    let invalid = probe.get(url, Some("gn-collections-doctor")).await;
    let mut findings = vec![refusal(invalid.as_ref())];
    let is_gn_auth_2025 = match &invalid {
        Some(invalid) => gn_auth::is_recognized(probe, &endpoints.user, invalid).await,
        None => false,
    };
    let mut states_verified = lists(metadata, "claims_supported", "email_verified");
    if let Some(token) = token {
        let response = probe.get(url, Some(token.expose_secret())).await;
        let is_gn_auth_refusal =
            is_gn_auth_2025 && response.as_ref().is_some_and(gn_auth::is_refusal);
        if !is_gn_auth_refusal {
            findings.push(shape(response.as_ref()));
        }
        if is_gn_auth_2025 {
            findings.extend(
                response
                    .as_ref()
                    .map(|response| gn_auth::line(Some((token, response)))),
            );
        }
        let user = response.and_then(|response| response.json);
        states_verified =
            user.map(|user| user.get("email_verified").is_some_and(Value::is_boolean));
    } else {
        findings.push(
            Finding::unknown(
                "user-shape",
                "not checked, because no access token was given",
            )
            .advice("set GNC_DOCTOR_TOKEN to an access token"),
        );
        if is_gn_auth_2025 {
            findings.push(gn_auth::line(None));
        }
    }
    let trust = oauth.validation.email_trust;
    findings.push(verified(trust, states_verified, is_gn_auth_2025));
    findings
}

/// Examines the response to an invalid token.
fn refusal(response: Option<&ProbeResponse>) -> Finding {
    let advice = "check GNC_OAUTH_USER_URL; its trailing slash matters";
    let Some(response) = response else {
        return Finding::problem("user", "the user endpoint does not respond").advice(advice);
    };
    if response.status.is_redirection() {
        return Finding::problem(
            "user",
            "the endpoint redirects, and tokens are not sent after a redirect",
        )
        .advice(advice);
    }
    match response.status.as_u16() {
        400 | 401 | 403 => Finding::good("user", "the endpoint refuses an invalid token"),
        _ if gn_auth::is_refusal(response) => Finding::good(
            "user",
            "the endpoint refuses an invalid token, with status 500 as gn-auth does since 2025",
        ),
        _ => Finding::problem(
            "user",
            format!("the response to an invalid token is {}", response.kind()),
        )
        .advice(advice),
    }
}

fn shape(response: Option<&ProbeResponse>) -> Finding {
    let Some(response) = response else {
        return Finding::problem("user-shape", "the user endpoint does not respond");
    };
    let has = |name: &str| {
        let member = response.json.as_ref().and_then(|json| json.get(name));
        member.is_some_and(Value::is_string)
    };
    if !response.status.is_success() {
        return Finding::problem(
            "user-shape",
            format!("the response to the token is {}", response.kind()),
        )
        .advice("set GNC_DOCTOR_TOKEN to a new token of this client with its scopes");
    }
    match ((has("user_id") || has("sub")), has("email")) {
        (true, true) => Finding::good("user-shape", "the response names account and address"),
        (false, _) => Finding::problem("user-shape", "the response has neither user_id nor sub")
            .advice("check GNC_OAUTH_USER_URL and GNC_OAUTH_SCOPES"),
        (_, false) => Finding::problem("user-shape", "the response has no email")
            .advice("add the scope email to GNC_OAUTH_SCOPES"),
    }
}

/// Whether earlier collections can be found.
fn verified(trust: EmailTrust, states_verified: Option<bool>, is_gn_auth_2025: bool) -> Finding {
    match (trust, states_verified) {
        (EmailTrust::Claim, Some(true)) => {
            Finding::good("email", "the server states which addresses are verified")
        }
        (EmailTrust::Claim, Some(false)) => Finding::problem(
            "email",
            "the server does not state which addresses are verified, so no earlier collections are found",
        )
        .advice("set GNC_EMAIL_TRUST=issuer if the server admits verified users only"),
        (EmailTrust::Claim, None) => {
            Finding::unknown("email", "only a user's data shows whether addresses are verified")
                .advice("set GNC_DOCTOR_TOKEN to an access token")
        }
        (EmailTrust::Issuer, Some(true)) => Finding::warning(
            "email",
            "the operator vouches for all addresses, but the server states which are verified",
        )
        .advice("set GNC_EMAIL_TRUST=claim"),
        (EmailTrust::Issuer, _) if is_gn_auth_2025 => Finding::good(
            "email",
            "the operator vouches for all addresses, and gn-auth refuses unverified people since 2025",
        ),
        (EmailTrust::Issuer, _) => Finding::warning("email", ISSUER_TRUST_CAUTION)
            .advice("make sure that the auth server does, or set GNC_EMAIL_TRUST=claim"),
    }
}
