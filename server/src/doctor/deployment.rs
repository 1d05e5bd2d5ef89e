//! What the settings say of each other.

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
    let public = &config.http.public_url;
    let secure = public.scheme() == "https";
    let local = matches!(public.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if !secure && !local {
        findings.push(
            Finding::problem("public-url", "browsers reach this server without TLS")
                .mend("put a TLS proxy in front, and set GNC_PUBLIC_URL to its https:// URL"),
        );
    }
    let limited = config.limits.per_minute.is_some();
    if secure && limited && config.limits.proxy_header.is_none() {
        findings.push(
            Finding::warning(
                "rate-limit",
                "behind a TLS proxy all visitors come from one address and share one limit",
            )
            .mend("set GNC_TRUSTED_PROXY_HEADER to the header that the proxy appends to, e.g. X-Forwarded-For"),
        );
    }
    findings
}
