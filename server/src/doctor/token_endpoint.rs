//! Checks the token endpoint with a code that does not exist, which reveals the kind of client.

use super::probe::{Probe, ProbeResponse};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::{ClientAuth, Mode, OauthSettings};
use secrecy::ExposeSecret;

/// A code and a token that nobody issued.
const UNKNOWN_TOKEN: &str = "gn-collections-doctor";

/// The credentials of the requests.
struct Client<'a> {
    id: &'a str,
    secret: Option<&'a str>,
    auth: ClientAuth,
}

pub(super) async fn examine(
    probe: &Probe,
    oauth: &OauthSettings,
    endpoints: &Endpoints,
) -> Vec<Finding> {
    let direct = matches!(oauth.mode, Mode::Direct);
    let secret = oauth.client.secret.as_ref().filter(|_| !direct);
    let secret = secret.map(ExposeSecret::expose_secret);
    let client = Client {
        id: &oauth.client.id,
        secret,
        auth: endpoints.client_auth,
    };
    let code = [
        ("grant_type", "authorization_code"),
        ("code", UNKNOWN_TOKEN),
        ("redirect_uri", oauth.redirect_uri.as_str()),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ),
    ];
    let Some(response) = client.ask(probe, endpoints, &code).await else {
        return vec![
            Finding::problem("token", "the token endpoint does not respond")
                .advice("check GNC_OAUTH_TOKEN_URL, or the issuer"),
        ];
    };
    let mut findings = vec![client.verdict(probe, endpoints, &code, &response).await];
    if direct {
        findings.push(cors(probe, &response));
    }
    findings.push(client.refresh(probe, endpoints).await);
    findings.push(client.revocation(probe, endpoints).await);
    findings
}

impl Client<'_> {
    /// The client with this way to send its secret.
    fn with_method(&self, auth: ClientAuth) -> Self {
        Self { auth, ..*self }
    }

    async fn ask(
        &self,
        probe: &Probe,
        endpoints: &Endpoints,
        form: &[(&str, &str)],
    ) -> Option<ProbeResponse> {
        self.post(probe, &endpoints.token, form).await
    }

    async fn post(
        &self,
        probe: &Probe,
        url: &url::Url,
        form: &[(&str, &str)],
    ) -> Option<ProbeResponse> {
        let mut form = form.to_vec();
        if let (Some(secret), ClientAuth::Basic) = (self.secret, self.auth) {
            return probe.post(url, &form, Some((self.id, secret))).await;
        }
        form.push(("client_id", self.id));
        form.extend(self.secret.map(|secret| ("client_secret", secret)));
        probe.post(url, &form, None).await
    }

    /// Whether the client is of the kind that the mode needs.
    async fn verdict(
        &self,
        probe: &Probe,
        endpoints: &Endpoints,
        code: &[(&str, &str)],
        response: &ProbeResponse,
    ) -> Finding {
        let accepted = |response: &ProbeResponse| response.error() == Some("invalid_grant");
        let refused = matches!(
            response.error(),
            Some("invalid_client" | "unauthorized_client")
        );
        match (accepted(response), refused, self.secret) {
            (true, _, None) => Finding::good("client", "a public client, as configured"),
            (true, _, Some(_)) => {
                Finding::good("client", "a confidential client with an accepted secret")
            }
            (_, true, None) => Finding::problem("client", "the client is confidential or unknown")
                .advice("set GNC_OAUTH_CLIENT_SECRET and GNC_OAUTH_MODE=mediated, or register a public client"),
            (_, true, Some(_)) => {
                let other = self.with_method(self.auth.other());
                let again = other.ask(probe, endpoints, code).await;
                if again.as_ref().is_some_and(accepted) {
                    Finding::problem("client", "the secret is accepted only with the other authentication method")
                        .advice(format!("set GNC_OAUTH_CLIENT_AUTH={}", other.auth.name()))
                } else {
                    Finding::problem("client", "the server rejects the id or the secret")
                        .advice("check GNC_OAUTH_CLIENT_ID and GNC_OAUTH_CLIENT_SECRET")
                }
            }
            _ => Finding::problem("client", format!("the response to an invalid code is {}", response.kind()))
                .advice("check GNC_OAUTH_TOKEN_URL, or the issuer"),
        }
    }

    async fn refresh(&self, probe: &Probe, endpoints: &Endpoints) -> Finding {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", UNKNOWN_TOKEN),
        ];
        let response = self.ask(probe, endpoints, &form).await;
        match response.as_ref().and_then(ProbeResponse::error) {
            Some("invalid_grant") => Finding::good("refresh", "refresh tokens are supported"),
            Some("unsupported_grant_type" | "unauthorized_client") => Finding::good(
                "refresh",
                "not supported; a session lasts as long as its access token",
            ),
            _ => Finding::unknown("refresh", "the response does not tell"),
        }
    }

    async fn revocation(&self, probe: &Probe, endpoints: &Endpoints) -> Finding {
        let Some(url) = &endpoints.revoke else {
            return Finding::warning(
                "revocation",
                "not supported; a token is valid until it expires",
            );
        };
        let form = [
            ("token", UNKNOWN_TOKEN),
            ("token_type_hint", "access_token"),
        ];
        // As the server does at sign-out.
        let stated = endpoints.revoke_client_auth;
        let method = stated.unwrap_or(self.auth);
        let mut response = self.with_method(method).post(probe, url, &form).await;
        let refused = response.as_ref().and_then(ProbeResponse::error) == Some("invalid_client");
        if refused && stated.is_none() && self.secret.is_some() {
            let other = self.with_method(method.other());
            response = other.post(probe, url, &form).await;
        }
        match response {
            Some(response) if response.status.is_success() && !response.text.contains("<html") => {
                Finding::good("revocation", "tokens can be revoked")
            }
            Some(response) => Finding::warning(
                "revocation",
                format!("the endpoint responds with {}", response.kind()),
            )
            .advice("check GNC_OAUTH_REVOKE_CLIENT_AUTH and GNC_OAUTH_REVOKE_URL"),
            None => Finding::warning("revocation", "the endpoint does not respond")
                .advice("check or remove GNC_OAUTH_REVOKE_URL"),
        }
    }
}

/// Whether browsers let the page read the response.
fn cors(probe: &Probe, response: &ProbeResponse) -> Finding {
    let allowed = response.header("access-control-allow-origin");
    if allowed.is_some_and(|allowed| allowed == "*" || allowed == probe.origin()) {
        Finding::good("cors", "the page may call the token endpoint")
    } else {
        Finding::problem(
            "cors",
            "browsers do not let the page call the token endpoint",
        )
        .advice(format!(
            "allow the origin {} at the auth server, or set GNC_OAUTH_MODE=mediated",
            probe.origin()
        ))
    }
}
