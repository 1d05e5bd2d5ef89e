//! Checks the discovery document, PKCE and `iss`.

use super::probe::Probe;
use super::report::Finding;
use crate::config::{Mode, OauthSettings};
use serde_json::Value;

/// Fetches the metadata of the auth server, if there is a document.
pub(super) async fn fetch(probe: &Probe, oauth: &OauthSettings) -> Option<Value> {
    let issuer = oauth.issuer.as_ref()?.as_str().trim_end_matches('/');
    let url = format!("{issuer}/.well-known/openid-configuration");
    let response = probe.get(&url, None).await?;
    response.json.filter(|json| json.get("issuer").is_some())
}

/// Whether a list in the metadata contains `name`; `None` if there is no such list.
pub(super) fn lists(metadata: Option<&Value>, list: &str, name: &str) -> Option<bool> {
    let list = metadata?.get(list)?.as_array()?;
    Some(list.iter().any(|one| one == name))
}

pub(super) fn examine(oauth: &OauthSettings, metadata: Option<&Value>) -> Vec<Finding> {
    let document = match (&oauth.issuer, metadata) {
        (_, Some(_)) => Finding::good("discovery", "the issuer has a discovery document"),
        (None, None) => Finding::good("discovery", "not used; the endpoints are configured"),
        (Some(_), None) if oauth.endpoints.suffice() => Finding::warning(
            "discovery",
            "the issuer has no discovery document; the configured endpoints are used",
        ),
        (Some(_), None) => Finding::problem("discovery", "the issuer has no discovery document")
            .advice("check GNC_OAUTH_ISSUER, or set GNC_OAUTH_AUTHORIZE_URL, GNC_OAUTH_TOKEN_URL and GNC_OAUTH_USER_URL"),
    };
    let mediated = matches!(oauth.mode, Mode::Mediated(_)) && oauth.client.secret.is_some();
    let pkce = match lists(metadata, "code_challenge_methods_supported", "S256") {
        Some(true) => Finding::good("pkce", "S256 is supported"),
        Some(false) | None if mediated => Finding::warning(
            "pkce",
            "not announced; only the client secret protects authorization codes",
        ),
        Some(false) => Finding::problem("pkce", "S256 is not supported")
            .advice("register a confidential client, and set GNC_OAUTH_MODE=mediated"),
        None => Finding::unknown("pkce", "the server does not announce S256"),
    };
    let promised = metadata
        .and_then(|metadata| metadata.get("authorization_response_iss_parameter_supported"))
        == Some(&Value::Bool(true));
    let iss = if promised {
        Finding::good("iss", "announced and checked")
    } else {
        Finding::good("iss", "not announced; checked only if it is present")
    };
    vec![document, pkce, iss]
}
