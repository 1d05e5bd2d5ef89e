//! The sign-in page, as a browser is sent there.

use super::probe::{Probe, Seen};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::OauthSettings;
use shared::api::StatePolicy;
use uuid::Uuid;

pub(super) async fn examine(
    probe: &Probe,
    oauth: &OauthSettings,
    endpoints: &Endpoints,
) -> Vec<Finding> {
    let sent = Uuid::new_v4().to_string();
    let mut url = endpoints.authorize.clone();
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", oauth.client.id.as_str()),
        ("redirect_uri", oauth.redirect_uri.as_str()),
        ("scope", oauth.scopes.join(" ").as_str()),
        ("state", sent.as_str()),
        // The challenge of RFC 7636, appendix B.
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
    ]);
    let Some(seen) = probe.get(url.as_str(), None).await else {
        return vec![
            Finding::problem("authorize", "the authorization endpoint does not answer")
                .mend("check GNC_OAUTH_AUTHORIZE_URL, or the issuer"),
        ];
    };
    if seen.status.is_client_error() || seen.status.is_server_error() {
        return vec![
            Finding::problem("authorize", format!("it answers {}", seen.kind())).mend(format!(
                "check GNC_OAUTH_CLIENT_ID and GNC_OAUTH_SCOPES, and register the redirect URI {}",
                oauth.redirect_uri
            )),
        ];
    }
    let back = seen.header("location").unwrap_or_default();
    if back.starts_with(oauth.redirect_uri.as_str()) && back.contains("error=") {
        return vec![
            Finding::problem(
                "authorize",
                "it refuses the request and sends the browser back",
            )
            .mend("check GNC_OAUTH_SCOPES, and what the client is registered for"),
        ];
    }
    let authorize = Finding::good("authorize", format!("it answers {}", seen.kind()));
    vec![authorize, state(oauth, &seen, &sent)]
}

/// Whether `state` would come back: a form that is shown at once has it in a field or in its address, or
/// loses it.
fn state(oauth: &OauthSettings, seen: &Seen, sent: &str) -> Finding {
    let lenient = oauth.state == StatePolicy::PendingLogin;
    let form = seen.status.is_success() && seen.text.contains("<form");
    match (form, form && seen.text.contains(sent), lenient) {
        (true, false, true) => Finding::good("state", "the sign-in form drops it, as configured"),
        (true, false, false) => Finding::problem("state", "the sign-in form drops it")
            .mend("set GNC_OAUTH_STATE=pending-login"),
        (true, true, true) => Finding::warning("state", "the sign-in form keeps it")
            .mend("set GNC_OAUTH_STATE=required"),
        (true, true, false) => Finding::good("state", "the sign-in form keeps it"),
        (false, ..) => {
            Finding::unknown("state", "only a whole sign-in shows whether it comes back")
        }
    }
}
