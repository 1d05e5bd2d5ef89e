//! The auth server's endpoints, configured or discovered (OpenID Connect Discovery 1.0).

use super::validator::Unavailable;
use crate::clock::MonotonicClock;
use crate::config::{ClientAuth, OauthSettings, is_private};
use serde::Deserialize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;
use url::Url;

#[derive(Debug, Clone)]
pub struct Endpoints {
    pub authorize: Url,
    pub token: Url,
    pub user: Url,
    /// RFC 7009.
    pub revoke: Option<Url>,
    pub end_session: Option<Url>,
    /// RFC 7662.
    pub introspect: Option<Url>,
    /// The JSON Web Key Set (RFC 7517).
    pub jwks: Option<Url>,
    /// The client authentication of the token endpoint.
    pub client_auth: ClientAuth,
    /// The client authentication of the revocation endpoint, if it is discovered or configured.
    pub revoke_client_auth: Option<ClientAuth>,
    /// Whether the server promises `iss` in authorization responses (RFC 9207).
    pub iss_promised: bool,
    /// Whether the server can sign in without a page of its own, by `prompt=none` (OpenID Connect
    /// Core 1.0, section 3.1.2.1).
    pub silent_sign_in: bool,
}

/// Discovers the endpoints on first use, because the auth server may start after this server.
pub struct EndpointSource {
    settings: OauthSettings,
    http: reqwest::Client,
    clock: MonotonicClock,
    discovered: OnceCell<Endpoints>,
    last_failure: Mutex<Option<(Instant, Unavailable)>>,
}

/// After a failure, the auth server is asked again after this time, however many requests need it.
const RETRY: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
struct Metadata {
    issuer: Url,
    authorization_endpoint: Url,
    token_endpoint: Url,
    userinfo_endpoint: Option<Url>,
    revocation_endpoint: Option<Url>,
    end_session_endpoint: Option<Url>,
    introspection_endpoint: Option<Url>,
    jwks_uri: Option<Url>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    revocation_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    prompt_values_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl EndpointSource {
    pub fn new(settings: OauthSettings, http: reqwest::Client, clock: MonotonicClock) -> Self {
        Self {
            settings,
            http,
            clock,
            discovered: OnceCell::new(),
            last_failure: Mutex::default(),
        }
    }

    /// Returns the endpoints. A success is remembered for good, a failure for a second.
    pub async fn get(&self) -> Result<&Endpoints, Unavailable> {
        let find = async || {
            // Those who waited for a failing request do not repeat it.
            let failure = *self.last_failure();
            if let Some((at, failure)) = failure
                && self.clock.now().duration_since(at) < RETRY
            {
                return Err(failure);
            }
            let found = self.find().await;
            *self.last_failure() = found.as_ref().err().map(|error| (self.clock.now(), *error));
            found
        };
        self.discovered.get_or_try_init(find).await
    }

    fn last_failure(&self) -> MutexGuard<'_, Option<(Instant, Unavailable)>> {
        self.last_failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The endpoints if they are known. Never asks the auth server.
    pub fn discovered(&self) -> Option<&Endpoints> {
        self.discovered.get()
    }

    async fn find(&self) -> Result<Endpoints, Unavailable> {
        let configured = &self.settings.endpoints;
        let metadata = match &self.settings.issuer {
            None => None,
            Some(issuer) => match self.discover(issuer).await {
                Ok(metadata) => Some(metadata),
                // Servers without discovery respond with an HTML page.
                Err(Unavailable::NoMetadata) if configured.suffice() => None,
                Err(unavailable) => return Err(unavailable),
            },
        };
        let metadata = metadata.as_ref();
        let endpoint = |configured: &Option<Url>, discovered: fn(&Metadata) -> Option<&Url>| {
            let discovered = metadata.and_then(discovered);
            configured.as_ref().or(discovered).cloned()
        };
        let required = |url: Option<Url>| url.ok_or(Unavailable::NoMetadata);
        let authorize = endpoint(&configured.authorize, |metadata| {
            Some(&metadata.authorization_endpoint)
        });
        let token = endpoint(&configured.token, |metadata| Some(&metadata.token_endpoint));
        let user = endpoint(&configured.user, |metadata| {
            metadata.userinfo_endpoint.as_ref()
        });
        let client = &self.settings.client;
        let client_auth = client.auth.unwrap_or_else(|| default_client_auth(metadata));
        let revoke_methods = metadata
            .and_then(|metadata| metadata.revocation_endpoint_auth_methods_supported.as_ref());
        Ok(Endpoints {
            authorize: required(authorize)?,
            token: required(token)?,
            user: required(user)?,
            revoke: endpoint(&configured.revoke, |metadata| {
                metadata.revocation_endpoint.as_ref()
            }),
            end_session: endpoint(&configured.end_session, |metadata| {
                metadata.end_session_endpoint.as_ref()
            }),
            introspect: endpoint(&configured.introspect, |metadata| {
                metadata.introspection_endpoint.as_ref()
            }),
            jwks: endpoint(&configured.jwks, |metadata| metadata.jwks_uri.as_ref()),
            client_auth,
            revoke_client_auth: revoke_methods
                .and_then(|methods| supported(methods, client_auth))
                .or(client.revoke_auth),
            iss_promised: metadata
                .is_some_and(|metadata| metadata.authorization_response_iss_parameter_supported),
            silent_sign_in: metadata.is_some_and(|metadata| {
                let mut values = metadata.prompt_values_supported.iter();
                values.any(|value| value == "none")
            }),
        })
    }

    async fn discover(&self, issuer: &Url) -> Result<Metadata, Unavailable> {
        let url = format!(
            "{}/.well-known/openid-configuration",
            issuer.as_str().trim_end_matches('/')
        );
        let response = self
            .http
            .get(url)
            .send()
            .await
            .map_err(|_| Unavailable::NoAnswer)?;
        if response.status().is_server_error() {
            return Err(Unavailable::Status(response.status().as_u16()));
        }
        let metadata: Metadata = response.json().await.map_err(|_| Unavailable::NoMetadata)?;
        metadata.checked(issuer)
    }
}

impl Metadata {
    fn checked(self, issuer: &Url) -> Result<Self, Unavailable> {
        // OpenID Connect Discovery 1.0, section 4.3: the issuers must be equal.
        if self.issuer != *issuer {
            return Err(Unavailable::NoMetadata);
        }
        if self.endpoints().all(is_private) {
            Ok(self)
        } else {
            Err(Unavailable::NoTls)
        }
    }

    fn endpoints(&self) -> impl Iterator<Item = &Url> {
        let optional = [
            &self.userinfo_endpoint,
            &self.revocation_endpoint,
            &self.end_session_endpoint,
            &self.introspection_endpoint,
            &self.jwks_uri,
        ];
        let required = [&self.authorization_endpoint, &self.token_endpoint];
        let optional = optional.into_iter().flatten();
        required.into_iter().chain(optional)
    }
}

/// The client authentication of the token endpoint. Metadata without the list means
/// `client_secret_basic` (RFC 8414, section 2). No metadata means gn-auth, which supports only
/// `client_secret_post`.
fn default_client_auth(metadata: Option<&Metadata>) -> ClientAuth {
    let Some(metadata) = metadata else {
        return ClientAuth::Post;
    };
    let methods = metadata.token_endpoint_auth_methods_supported.as_deref();
    supported(methods.unwrap_or_default(), ClientAuth::Post).unwrap_or(ClientAuth::Basic)
}

/// Returns `preferred` if the server supports it, else the other method if it supports that.
fn supported(methods: &[String], preferred: ClientAuth) -> Option<ClientAuth> {
    [preferred, preferred.other()]
        .into_iter()
        .find(|auth| methods.iter().any(|method| method == auth.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discovered_endpoint_without_tls_is_refused() {
        let issuer = Url::parse("https://auth.example").expect("a URL");
        let check = |name: &str, url: &str| {
            let mut document = serde_json::json!({
                "issuer": "https://auth.example",
                "authorization_endpoint": "https://auth.example/authorize",
                "token_endpoint": "https://auth.example/token",
            });
            document[name] = url.into();
            let metadata: Metadata = serde_json::from_value(document).expect("metadata");
            metadata.checked(&issuer).map(drop)
        };
        for name in [
            "authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
            "end_session_endpoint",
            "introspection_endpoint",
            "jwks_uri",
        ] {
            let unsafe_url = check(name, "http://auth.example/x");
            assert_eq!(unsafe_url, Err(Unavailable::NoTls), "{name}");
            for url in ["https://auth.example/x", "http://127.0.0.1:9000/x"] {
                assert_eq!(check(name, url), Ok(()), "{name} {url}");
            }
        }
        let other = check("issuer", "https://another.example");
        assert_eq!(other, Err(Unavailable::NoMetadata));
    }
}
