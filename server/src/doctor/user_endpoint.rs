//! The user endpoint: that it is one, and what it says of addresses.

use super::discovery::lists;
use super::probe::{Probe, Seen};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::{EmailTrust, OauthSettings};
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
    let anonymous = probe.get(url, Some("gn-collections-doctor")).await;
    let mut findings = vec![refusal(anonymous.as_ref())];
    let mut says_verified = lists(metadata, "claims_supported", "email_verified");
    if let Some(token) = token {
        let seen = probe.get(url, Some(token.expose_secret())).await;
        findings.push(shape(seen.as_ref()));
        let user = seen.and_then(|seen| seen.json);
        says_verified = user.map(|user| user.get("email_verified").is_some_and(Value::is_boolean));
    } else {
        findings.push(
            Finding::unknown("user-shape", "nobody's token was given")
                .mend("give somebody's access token in GNC_DOCTOR_TOKEN"),
        );
    }
    findings.push(verified(oauth.validation.email_trust, says_verified));
    findings
}

/// What a token that does not exist gets.
fn refusal(seen: Option<&Seen>) -> Finding {
    let mend = "check GNC_OAUTH_USER_URL; the slash at the end matters";
    let Some(seen) = seen else {
        return Finding::problem("user", "the user endpoint does not answer").mend(mend);
    };
    if seen.status.is_redirection() {
        return Finding::problem(
            "user",
            "it redirects, and no token is sent after a redirect",
        )
        .mend(mend);
    }
    match seen.status.as_u16() {
        400 | 401 | 403 => Finding::good("user", "it refuses a token that does not exist"),
        _ => Finding::problem(
            "user",
            format!("a token that does not exist gets {}", seen.kind()),
        )
        .mend(mend),
    }
}

fn shape(seen: Option<&Seen>) -> Finding {
    let Some(seen) = seen else {
        return Finding::problem("user-shape", "the user endpoint does not answer");
    };
    let has = |name: &str| {
        let member = seen.json.as_ref().and_then(|json| json.get(name));
        member.is_some_and(Value::is_string)
    };
    if !seen.status.is_success() {
        return Finding::problem("user-shape", format!("the token gets {}", seen.kind()))
            .mend("give a fresh token in GNC_DOCTOR_TOKEN, of this client and with its scopes");
    }
    match ((has("user_id") || has("sub")), has("email")) {
        (true, true) => Finding::good("user-shape", "it names account and address"),
        (false, _) => {
            Finding::problem("user-shape", "it names no account: neither user_id nor sub")
                .mend("check GNC_OAUTH_USER_URL and GNC_OAUTH_SCOPES")
        }
        (_, false) => Finding::problem("user-shape", "it names no address")
            .mend("ask for the scope email in GNC_OAUTH_SCOPES"),
    }
}

/// Whether anybody's earlier collections will be found.
fn verified(trust: EmailTrust, said: Option<bool>) -> Finding {
    match (trust, said) {
        (EmailTrust::Claim, Some(true)) => {
            Finding::good("email", "the server says which addresses are verified")
        }
        (EmailTrust::Claim, Some(false)) => Finding::problem(
            "email",
            "the server does not say which addresses are verified: nobody's earlier collections are found",
        )
        .mend("if it admits verified people only, set GNC_EMAIL_TRUST=issuer"),
        (EmailTrust::Claim, None) => {
            Finding::unknown("email", "only a user's answer shows whether addresses are verified")
                .mend("give somebody's access token in GNC_DOCTOR_TOKEN")
        }
        (EmailTrust::Issuer, Some(true)) => Finding::warning(
            "email",
            "you vouch for all addresses, though the server says which are verified",
        )
        .mend("set GNC_EMAIL_TRUST=claim"),
        (EmailTrust::Issuer, _) => {
            Finding::good("email", "you vouch that the server admits verified people only")
        }
    }
}
