//! Forms that an OAuth2 client posts to its auth server, with the client's own authentication.

use super::endpoints::EndpointSource;
use super::validator::Unavailable;
use crate::config::{ClientAuth, ClientSettings};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use url::{Url, form_urlencoded};

/// How long the token endpoint may take: a code is good once, so giving up early loses the sign-in.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a question about a token may take.
const QUESTION: Duration = Duration::from_secs(2);

/// Answers are a few kilobytes; one above this is something else.
const MAX_ANSWER: usize = 64 * 1024;

/// This deployment as a client of its auth server.
#[derive(Clone)]
pub struct AuthServerClient {
    endpoints: Arc<EndpointSource>,
    http: reqwest::Client,
    settings: ClientSettings,
}

/// Status and body of an answer. The body may hold tokens.
pub struct FormAnswer {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Vec<u8>,
}

impl AuthServerClient {
    /// The client of these settings, at the server that `endpoints` finds.
    pub fn new(
        endpoints: Arc<EndpointSource>,
        http: reqwest::Client,
        settings: ClientSettings,
    ) -> Self {
        Self {
            endpoints,
            http,
            settings,
        }
    }

    /// The client's id.
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// Asks the token endpoint.
    pub(super) async fn token(&self, form: &[(&str, &str)]) -> Result<FormAnswer, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        self.post(&endpoints.token, form, endpoints.client_auth)
            .await
    }

    /// Revokes a token (RFC 7009). `false` when the auth server has no revocation endpoint.
    pub(super) async fn revoke(&self, token: &str, hint: &str) -> Result<bool, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        let Some(url) = &endpoints.revoke else {
            return Ok(false);
        };
        let form = [("token", token), ("token_type_hint", hint)];
        let answer = self.post(url, &form, endpoints.client_auth).await?;
        if answer.status.is_success() {
            Ok(true)
        } else {
            Err(Unavailable::Status(answer.status.as_u16()))
        }
    }

    /// Asks what a token is worth (RFC 7662).
    pub(super) async fn introspect(&self, token: &str) -> Result<FormAnswer, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        let url = endpoints
            .introspect
            .as_ref()
            .ok_or(Unavailable::NotIntrospection)?;
        let form = [("token", token), ("token_type_hint", "access_token")];
        let ask = self.post(url, &form, endpoints.client_auth);
        // Somebody waits for an answer within three seconds.
        tokio::time::timeout(QUESTION, ask)
            .await
            .unwrap_or(Err(Unavailable::NoAnswer))
    }

    async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        auth: ClientAuth,
    ) -> Result<FormAnswer, Unavailable> {
        let request = self.authenticated(self.http.post(url.clone()), form, auth);
        let answer = request.send().await.map_err(|_| Unavailable::NoAnswer)?;
        if answer.status().is_redirection() {
            return Err(Unavailable::Redirect);
        }
        Ok(FormAnswer {
            status: answer.status(),
            body: limited_body(answer).await?.ok_or(Unavailable::NotTokens)?,
        })
    }

    /// The form, with what proves that it is ours.
    fn authenticated(
        &self,
        request: reqwest::RequestBuilder,
        form: &[(&str, &str)],
        auth: ClientAuth,
    ) -> reqwest::RequestBuilder {
        let ClientSettings { id, secret, .. } = &self.settings;
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let request = match (secret, auth) {
            (Some(secret), ClientAuth::Basic) => {
                request.header(header::AUTHORIZATION, basic(id, secret))
            }
            (secret, _) => {
                body.append_pair("client_id", id);
                if let Some(secret) = secret {
                    body.append_pair("client_secret", secret.expose_secret());
                }
                request
            }
        };
        request
            .timeout(PATIENCE)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.finish())
    }
}

/// Id and secret as RFC 6749, section 2.3.1 wants them: each encoded as in a form, then as HTTP Basic.
fn basic(id: &str, secret: &SecretString) -> HeaderValue {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(id), encode(secret.expose_secret()));
    let mut value = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(pair)))
        // Base64 is always a header's text.
        .unwrap_or_else(|_| HeaderValue::from_static("Basic"));
    value.set_sensitive(true);
    value
}

/// A body, or `None` when it is longer than any answer that is one.
pub(crate) async fn limited_body(
    mut answer: reqwest::Response,
) -> Result<Option<Vec<u8>>, Unavailable> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Unavailable::NoAnswer)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_and_secret_are_encoded_before_they_are_joined() {
        let value = basic("a:b", &SecretString::from("c d/ü"));
        let pair = BASE64_STANDARD.encode("a%3Ab:c+d%2F%C3%BC");
        assert_eq!(value.to_str().expect("text"), format!("Basic {pair}"));
        assert!(!format!("{value:?}").contains(&pair));
    }
}
