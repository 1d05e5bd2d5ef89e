//! The token endpoint, asked for tokens with a code that does not exist: what kind of client this is.

use super::probe::{Probe, Seen};
use super::report::Finding;
use crate::auth::endpoints::Endpoints;
use crate::config::{ClientAuth, Mode, OauthSettings};
use secrecy::ExposeSecret;

/// A code and a token that nobody issued.
const NOTHING: &str = "gn-collections-doctor";

/// How this deployment presents itself in what follows.
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
    let secret = match &oauth.mode {
        Mode::Direct => None,
        Mode::Mediated(mediation) => Some(mediation.client_secret.expose_secret()),
    };
    let client = Client {
        id: &oauth.client.id,
        secret,
        auth: endpoints.client_auth,
    };
    let code = [
        ("grant_type", "authorization_code"),
        ("code", NOTHING),
        ("redirect_uri", oauth.redirect_uri.as_str()),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ),
    ];
    let Some(seen) = client.ask(probe, endpoints, &code).await else {
        return vec![
            Finding::problem("token", "the token endpoint does not answer")
                .mend("check GNC_OAUTH_TOKEN_URL, or the issuer"),
        ];
    };
    let mut findings = vec![client.verdict(probe, endpoints, &code, &seen).await];
    if secret.is_none() {
        findings.push(cors(probe, &seen));
    }
    findings.push(client.refresh(probe, endpoints).await);
    findings.push(client.revocation(probe, endpoints).await);
    findings
}

impl Client<'_> {
    async fn ask(
        &self,
        probe: &Probe,
        endpoints: &Endpoints,
        form: &[(&str, &str)],
    ) -> Option<Seen> {
        self.post(probe, &endpoints.token, form).await
    }

    async fn post(&self, probe: &Probe, url: &url::Url, form: &[(&str, &str)]) -> Option<Seen> {
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
        seen: &Seen,
    ) -> Finding {
        let accepted = |seen: &Seen| seen.error() == Some("invalid_grant");
        let refused = matches!(seen.error(), Some("invalid_client" | "unauthorized_client"));
        match (accepted(seen), refused, self.secret) {
            (true, _, None) => Finding::good("client", "a public client, as the mode needs it"),
            (true, _, Some(_)) => {
                Finding::good("client", "a confidential client, and its secret is accepted")
            }
            (_, true, None) => Finding::problem("client", "a confidential client, or an unknown one")
                .mend("set GNC_OAUTH_MODE=mediated and GNC_OAUTH_CLIENT_SECRET, or register a public client"),
            (_, true, Some(_)) => {
                let (other, name) = match self.auth {
                    ClientAuth::Post => (ClientAuth::Basic, "client_secret_basic"),
                    ClientAuth::Basic => (ClientAuth::Post, "client_secret_post"),
                };
                let other = Client { auth: other, ..*self };
                let again = other.ask(probe, endpoints, code).await;
                if again.as_ref().is_some_and(accepted) {
                    Finding::problem("client", "the secret is accepted, but not in this way")
                        .mend(format!("set GNC_OAUTH_CLIENT_AUTH={name}"))
                } else {
                    Finding::problem("client", "id or secret are not accepted")
                        .mend("check GNC_OAUTH_CLIENT_ID and GNC_OAUTH_CLIENT_SECRET")
                }
            }
            _ => Finding::problem("client", format!("a code that does not exist gets {}", seen.kind()))
                .mend("check GNC_OAUTH_TOKEN_URL, or the issuer"),
        }
    }

    async fn refresh(&self, probe: &Probe, endpoints: &Endpoints) -> Finding {
        let form = [("grant_type", "refresh_token"), ("refresh_token", NOTHING)];
        let seen = self.ask(probe, endpoints, &form).await;
        match seen.as_ref().and_then(Seen::error) {
            Some("invalid_grant") => Finding::good("refresh", "refresh tokens are taken"),
            Some("unsupported_grant_type" | "unauthorized_client") => Finding::good(
                "refresh",
                "none: a session lasts as long as its access token",
            ),
            _ => Finding::unknown("refresh", "the server does not say"),
        }
    }

    async fn revocation(&self, probe: &Probe, endpoints: &Endpoints) -> Finding {
        let Some(url) = &endpoints.revoke else {
            return Finding::warning("revocation", "none: a token is good until it expires");
        };
        let form = [("token", NOTHING), ("token_type_hint", "access_token")];
        match self.post(probe, url, &form).await {
            Some(seen) if seen.status.is_success() && !seen.text.contains("<html") => {
                Finding::good("revocation", "tokens can be revoked")
            }
            Some(seen) => Finding::warning("revocation", format!("it answers {}", seen.kind()))
                .mend("check GNC_OAUTH_REVOKE_URL, or leave it out"),
            None => Finding::warning("revocation", "the endpoint does not answer")
                .mend("check GNC_OAUTH_REVOKE_URL, or leave it out"),
        }
    }
}

/// Whether a browser lets the page read the answer.
fn cors(probe: &Probe, seen: &Seen) -> Finding {
    let allowed = seen.header("access-control-allow-origin");
    if allowed.is_some_and(|allowed| allowed == "*" || allowed == probe.origin()) {
        Finding::good("cors", "the page may call the token endpoint")
    } else {
        Finding::problem(
            "cors",
            "browsers do not let the page call the token endpoint",
        )
        .mend(format!(
            "allow the origin {} at the auth server, or set GNC_OAUTH_MODE=mediated",
            probe.origin()
        ))
    }
}
