//! Requests of this deployment to its auth server, authenticated as an OAuth2 client.

use super::endpoints::EndpointSource;
use super::refusal::OauthErrorBody;
use super::validator::Unavailable;
use crate::config::{ClientAuth, ClientSettings};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use url::{Url, form_urlencoded};

/// Longer than other timeouts: a code is valid once, so giving up early loses the sign-in.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(10);

const INTROSPECTION_TIMEOUT: Duration = Duration::from_secs(2);

/// Real responses are a few kilobytes.
const MAX_RESPONSE: usize = 64 * 1024;

#[derive(Clone)]
pub struct AuthServerClient {
    pub endpoints: Arc<EndpointSource>,
    pub http: reqwest::Client,
    pub settings: ClientSettings,
}

/// The body may hold tokens.
pub struct FormResponse {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

impl FormResponse {
    /// Whether the auth server rejects the credentials of this client (RFC 6749, section 5.2).
    fn refuses_client(&self) -> bool {
        self.status.is_client_error() && OauthErrorBody::read(&self.body).error == "invalid_client"
    }
}

impl AuthServerClient {
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    pub(super) async fn token(&self, form: &[(&str, &str)]) -> Result<FormResponse, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        self.post(&endpoints.token, form, endpoints.client_auth)
            .await
    }

    /// Revokes a token (RFC 7009). Returns `false` when the auth server has no revocation endpoint.
    ///
    /// The revocation endpoint may require another client authentication than the token endpoint:
    /// gn-auth of 2024 accepts only `client_secret_post` there and only `client_secret_basic` here.
    /// If nobody states the method, that of the token endpoint is tried, then once the other one.
    pub(super) async fn revoke(&self, token: &str, hint: &str) -> Result<bool, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        let Some(url) = &endpoints.revoke else {
            return Ok(false);
        };
        let form = [("token", token), ("token_type_hint", hint)];
        let stated = endpoints.revoke_client_auth;
        let method = stated.unwrap_or(endpoints.client_auth);
        let mut response = self.post(url, &form, method).await?;
        let has_choice = stated.is_none() && self.settings.secret.is_some();
        if has_choice && response.refuses_client() {
            response = self.post(url, &form, method.other()).await?;
        }
        if response.status.is_success() {
            Ok(true)
        } else {
            Err(Unavailable::Status(response.status.as_u16()))
        }
    }

    /// Introspects a token (RFC 7662).
    pub(super) async fn introspect(&self, token: &str) -> Result<FormResponse, Unavailable> {
        let endpoints = self.endpoints.get().await?;
        let url = endpoints
            .introspect
            .as_ref()
            .ok_or(Unavailable::NotIntrospection)?;
        let form = [("token", token), ("token_type_hint", "access_token")];
        let ask = self.post(url, &form, endpoints.client_auth);
        // A request must be answered within three seconds.
        tokio::time::timeout(INTROSPECTION_TIMEOUT, ask)
            .await
            .unwrap_or(Err(Unavailable::NoAnswer))
    }

    async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        auth: ClientAuth,
    ) -> Result<FormResponse, Unavailable> {
        let request = self.authenticated(self.http.post(url.clone()), form, auth);
        let response = request.send().await.map_err(|_| Unavailable::NoAnswer)?;
        if response.status().is_redirection() {
            return Err(Unavailable::Redirect);
        }
        Ok(FormResponse {
            status: response.status(),
            body: limited_body(response)
                .await?
                .ok_or(Unavailable::NotTokens)?,
        })
    }

    /// Adds the form and the credentials of this client.
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
            .timeout(TOKEN_TIMEOUT)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.finish())
    }
}

/// Credentials as RFC 6749, section 2.3.1 requires: form-encoded, then as HTTP Basic.
fn basic(id: &str, secret: &SecretString) -> HeaderValue {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(id), encode(secret.expose_secret()));
    let mut value = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(pair)))
        // Base64 is always a valid header value.
        .unwrap_or_else(|_| HeaderValue::from_static("Basic"));
    value.set_sensitive(true);
    value
}

/// Reads a body. Returns `None` when it is longer than [`MAX_RESPONSE`].
pub(crate) async fn limited_body(
    mut response: reqwest::Response,
) -> Result<Option<Vec<u8>>, Unavailable> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Unavailable::NoAnswer)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_RESPONSE {
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
