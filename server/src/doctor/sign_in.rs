//! Checks the authorization endpoint with the requests of a browser: whether it accepts the client,
//! the redirect URI and the scopes, and keeps `state`.
//!
//! A server that accepts our request may accept any. So a redirect URI and a scope that nobody
//! registered are tried as well: only a server that refuses those has checked ours.

use super::probe::{Probe, ProbeResponse};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::OauthSettings;
use serde_json::Value;
use shared::api::StatePolicy;
use url::Url;
use uuid::Uuid;

/// A path below our own origin, and a scope, that nobody registers.
const UNREGISTERED: &str = "gn-collections-doctor";

/// The parameters of an authorization request that the server may refuse.
struct AuthorizationRequest {
    redirect_uri: Url,
    scope: String,
    state: String,
}

/// The wrong part of a refused request, as far as the response tells.
enum Refusal {
    RedirectUri,
    Scope,
    Other(String),
}

pub(super) async fn examine(
    probe: &Probe,
    oauth: &OauthSettings,
    endpoints: &Endpoints,
    metadata: Option<&Value>,
) -> Vec<Finding> {
    let request = AuthorizationRequest::new(oauth);
    let Some(response) = request.send(probe, oauth, endpoints).await else {
        return vec![
            Finding::problem("authorize", "the authorization endpoint does not respond")
                .advice("check GNC_OAUTH_AUTHORIZE_URL, or the issuer"),
        ];
    };
    if let Some(refusal) = Refusal::of(&response) {
        return vec![refusal.finding(oauth)];
    }
    let authorize = Finding::good(
        "authorize",
        format!("the endpoint responds with {}", response.kind()),
    );
    let mut other_uri = AuthorizationRequest::new(oauth);
    other_uri.redirect_uri.set_path(UNREGISTERED);
    let mut other_scope = AuthorizationRequest::new(oauth);
    other_scope.scope = format!("{} {UNREGISTERED}", other_scope.scope);
    vec![
        authorize,
        redirect_uri(oauth, other_uri.is_refused(probe, oauth, endpoints).await),
        scopes(
            oauth,
            other_scope.is_refused(probe, oauth, endpoints).await,
            metadata,
        ),
        state(oauth, &response, &request.state),
    ]
}

impl AuthorizationRequest {
    fn new(oauth: &OauthSettings) -> Self {
        Self {
            redirect_uri: oauth.redirect_uri.clone(),
            scope: oauth.scopes.join(" "),
            state: Uuid::new_v4().to_string(),
        }
    }

    async fn send(
        &self,
        probe: &Probe,
        oauth: &OauthSettings,
        endpoints: &Endpoints,
    ) -> Option<ProbeResponse> {
        let mut url = endpoints.authorize.clone();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", oauth.client.id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("scope", self.scope.as_str()),
            ("state", self.state.as_str()),
            // The challenge of RFC 7636, appendix B.
            (
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ),
            ("code_challenge_method", "S256"),
        ]);
        probe.get(url.as_str(), None).await
    }

    async fn is_refused(
        &self,
        probe: &Probe,
        oauth: &OauthSettings,
        endpoints: &Endpoints,
    ) -> bool {
        let response = self.send(probe, oauth, endpoints).await;
        response.is_some_and(|response| Refusal::of(&response).is_some())
    }
}

impl Refusal {
    /// A server redirects the browser back with an `error`. If it does not accept the client or the
    /// redirect URI, it shows a page of its own instead (RFC 6749, section 4.1.2.1).
    fn of(response: &ProbeResponse) -> Option<Self> {
        let location = response.header("location").unwrap_or_default();
        let (_, query) = location.split_once('?').unwrap_or_default();
        let mut parameters = url::form_urlencoded::parse(query.as_bytes());
        let returned = parameters.find(|(name, _)| name == "error");
        if let Some((_, error)) = returned {
            return Some(Self::named(
                &error,
                format!("it redirects back with {error}"),
            ));
        }
        let is_error = response.status.is_client_error() || response.status.is_server_error();
        let text = response.text.to_lowercase();
        is_error.then(|| Self::named(&text, format!("it responds with {}", response.kind())))
    }

    fn named(text: &str, description: String) -> Self {
        let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if names(&["redirect_uri", "redirect uri", "redirection uri"]) {
            Self::RedirectUri
        } else if names(&["invalid_scope", "invalid scope"]) {
            Self::Scope
        } else {
            Self::Other(description)
        }
    }

    fn finding(self, oauth: &OauthSettings) -> Finding {
        let uri = &oauth.redirect_uri;
        match self {
            Self::RedirectUri => {
                Finding::problem("redirect-uri", "the server refuses the redirect URI").advice(
                    format!("register {uri} for the client, or correct GNC_PUBLIC_URL or GNC_OAUTH_CLIENT_ID"),
                )
            }
            Self::Scope => Finding::problem("scopes", "the server refuses the scopes").advice(
                "set GNC_OAUTH_SCOPES to scopes that the client may request; for gn-auth: profile user",
            ),
            Self::Other(description) => {
                let message = format!("the server refuses the request: {description}");
                Finding::problem("authorize", message).advice(format!(
                    "check GNC_OAUTH_CLIENT_ID and GNC_OAUTH_SCOPES, and register the redirect URI {uri}"
                ))
            }
        }
    }
}

fn redirect_uri(oauth: &OauthSettings, refuses_others: bool) -> Finding {
    let uri = &oauth.redirect_uri;
    if refuses_others {
        Finding::good("redirect-uri", format!("{uri} is registered"))
    } else {
        Finding::unknown(
            "redirect-uri",
            "the server checks none before the sign-in; only a complete sign-in shows whether it is registered",
        )
        .advice(format!("register {uri} for the client"))
    }
}

fn scopes(oauth: &OauthSettings, refuses_others: bool, metadata: Option<&Value>) -> Finding {
    let announced = metadata.and_then(|metadata| metadata.get("scopes_supported")?.as_array());
    let is_announced =
        |scope: &&String| announced.is_some_and(|all| all.iter().any(|one| one == *scope));
    let missing: Vec<&str> = oauth
        .scopes
        .iter()
        .filter(|scope| !is_announced(scope))
        .map(String::as_str)
        .collect();
    match announced {
        _ if refuses_others => Finding::good("scopes", "the scopes are accepted"),
        Some(_) if missing.is_empty() => Finding::good("scopes", "the server has all of them"),
        Some(_) => Finding::warning(
            "scopes",
            format!("the server does not announce {}", missing.join(", ")),
        )
        .advice("check GNC_OAUTH_SCOPES"),
        None => Finding::unknown(
            "scopes",
            "the server checks none before the sign-in, and announces none",
        ),
    }
}

/// Whether `state` survives the sign-in. A form that is displayed at once holds it in a field or in
/// its address, or drops it.
fn state(oauth: &OauthSettings, response: &ProbeResponse, sent: &str) -> Finding {
    let lenient = oauth.state == StatePolicy::PendingLogin;
    let form = response.status.is_success() && response.text.contains("<form");
    match (form, form && response.text.contains(sent), lenient) {
        (true, false, true) => {
            Finding::good("state", "the sign-in form drops state, as configured")
        }
        (true, false, false) => Finding::problem("state", "the sign-in form drops state")
            .advice("set GNC_OAUTH_STATE=pending-login"),
        (true, true, true) => Finding::warning("state", "the sign-in form keeps state")
            .advice("set GNC_OAUTH_STATE=required"),
        (true, true, false) => Finding::good("state", "the sign-in form keeps state"),
        (false, ..) => Finding::unknown(
            "state",
            "only a complete sign-in shows whether state is returned",
        ),
    }
}
