//! Checks the consistency of the settings.

use super::report::Finding;
use crate::config::{Config, EmailTrust, Mode, Validation};
use shared::api::StatePolicy;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let oauth = &config.oauth;
    let mode = match oauth.mode {
        Mode::Direct => "direct",
        Mode::Mediated(_) => "mediated",
    };
    let state = match oauth.state {
        StatePolicy::Required => "required",
        StatePolicy::PendingLogin => "pending-login",
    };
    let validation = match oauth.validation.method {
        Validation::UserInfo => "userinfo",
        Validation::Jwt { .. } => "jwt",
        Validation::Introspection => "introspection",
    };
    let trust = match oauth.validation.email_trust {
        EmailTrust::Claim => "claim",
        EmailTrust::Issuer => "issuer",
    };
    let mut findings = vec![Finding::good(
        "configuration",
        format!("mode {mode}, state {state}, validation {validation}, e-mail trust {trust}"),
    )];
    if matches!(&oauth.mode, Mode::Mediated(mediation) if mediation.cookie_secret.is_none()) {
        findings.push(
            Finding::warning("cookie-key", "a restart of the server ends all sessions")
                .advice("set GNC_COOKIE_SECRET, e.g. to the output of `openssl rand -hex 32`"),
        );
    }
    let secure = config.http.public_url.scheme() == "https";
    let limited = config.limits.per_minute.is_some();
    if secure && limited && config.limits.proxy_header.is_none() {
        findings.push(
            Finding::warning(
                "rate-limit",
                "all visitors behind the TLS proxy share one address and one limit",
            )
            .advice("set GNC_TRUSTED_PROXY_HEADER to the header with the client address, e.g. X-Forwarded-For"),
        );
    }
    if let Some(gn2) = &config.gn2
        && (gn2.client.is_none() || config.limits.proxy_header.is_none())
    {
        findings.push(
            Finding::warning(
                "gn2",
                "behind a web server that adds no header, anybody can change anonymous collections",
            )
            .advice("set GNC_GN2_CLIENT_ID, GNC_GN2_CLIENT_SECRET and GNC_TRUSTED_PROXY_HEADER"),
        );
    }
    findings
}
