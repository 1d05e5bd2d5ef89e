//! Where the auth server's endpoints are: as configured, or discovered (OpenID Connect Discovery 1.0).

use super::validator::Unavailable;
use crate::config::{ClientAuth, OauthSettings};
use serde::Deserialize;
use tokio::sync::OnceCell;
use url::Url;

/// The endpoints of an auth server.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// Authorization endpoint.
    pub authorize: Url,
    /// Token endpoint.
    pub token: Url,
    /// User endpoint.
    pub user: Url,
    /// Revocation endpoint (RFC 7009).
    pub revoke: Option<Url>,
    /// End-session endpoint.
    pub end_session: Option<Url>,
    /// Introspection endpoint (RFC 7662).
    pub introspect: Option<Url>,
    /// The server's public keys.
    pub jwks: Option<Url>,
    /// How a client presents its secret.
    pub client_auth: ClientAuth,
    /// Whether the server promises `iss` in authorization responses (RFC 9207).
    pub iss_promised: bool,
}

/// Finds the endpoints when they are first needed: the auth server may start after us.
pub struct EndpointSource {
    settings: OauthSettings,
    http: reqwest::Client,
    found: OnceCell<Endpoints>,
}

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
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl EndpointSource {
    /// Endpoints according to these settings, asked for over this client.
    pub fn new(settings: OauthSettings, http: reqwest::Client) -> Self {
        Self {
            settings,
            http,
            found: OnceCell::new(),
        }
    }

    /// The endpoints. Only a success is remembered.
    ///
    /// # Errors
    /// [`Unavailable`] when they are neither configured nor can be discovered now.
    pub async fn get(&self) -> Result<&Endpoints, Unavailable> {
        self.found.get_or_try_init(|| self.find()).await
    }

    /// The endpoints if they are known already; asks nobody.
    pub fn known(&self) -> Option<&Endpoints> {
        self.found.get()
    }

    async fn find(&self) -> Result<Endpoints, Unavailable> {
        let given = &self.settings.endpoints;
        let metadata = match &self.settings.issuer {
            None => None,
            Some(issuer) => match self.discover(issuer).await {
                Ok(metadata) => Some(metadata),
                // Servers without discovery answer with a page; explicit endpoints do without.
                Err(Unavailable::NoMetadata) if given.suffice() => None,
                Err(unavailable) => return Err(unavailable),
            },
        };
        let found = metadata.as_ref();
        let either =
            |given: &Option<Url>, found: Option<&Url>| given.clone().or_else(|| found.cloned());
        Ok(Endpoints {
            authorize: either(
                &given.authorize,
                found.map(|found| &found.authorization_endpoint),
            )
            .ok_or(Unavailable::NoMetadata)?,
            token: either(&given.token, found.map(|found| &found.token_endpoint))
                .ok_or(Unavailable::NoMetadata)?,
            user: either(
                &given.user,
                found.and_then(|found| found.userinfo_endpoint.as_ref()),
            )
            .ok_or(Unavailable::NoMetadata)?,
            revoke: either(
                &given.revoke,
                found.and_then(|found| found.revocation_endpoint.as_ref()),
            ),
            end_session: either(
                &given.end_session,
                found.and_then(|found| found.end_session_endpoint.as_ref()),
            ),
            introspect: either(
                &given.introspect,
                found.and_then(|found| found.introspection_endpoint.as_ref()),
            ),
            jwks: either(&given.jwks, found.and_then(|found| found.jwks_uri.as_ref())),
            client_auth: self
                .settings
                .client
                .auth
                .unwrap_or_else(|| client_auth(found)),
            iss_promised: found
                .is_some_and(|found| found.authorization_response_iss_parameter_supported),
        })
    }

    async fn discover(&self, issuer: &Url) -> Result<Metadata, Unavailable> {
        let url = format!(
            "{}/.well-known/openid-configuration",
            issuer.as_str().trim_end_matches('/')
        );
        let answer = self
            .http
            .get(url)
            .send()
            .await
            .map_err(|_| Unavailable::NoAnswer)?;
        if answer.status().is_server_error() {
            return Err(Unavailable::Status(answer.status().as_u16()));
        }
        let metadata: Metadata = answer.json().await.map_err(|_| Unavailable::NoMetadata)?;
        // OpenID Connect Discovery 1.0, section 4.3: the issuer must be the one that was asked.
        if metadata.issuer == *issuer {
            Ok(metadata)
        } else {
            Err(Unavailable::NoMetadata)
        }
    }
}

/// What the metadata says about authentication at the token endpoint. Metadata that is silent means
/// `client_secret_basic` (RFC 8414, section 2); no metadata means gn-auth, which knows the other only.
fn client_auth(metadata: Option<&Metadata>) -> ClientAuth {
    let Some(metadata) = metadata else {
        return ClientAuth::Post;
    };
    let methods = metadata.token_endpoint_auth_methods_supported.as_deref();
    match methods {
        Some(methods) if methods.iter().any(|method| method == "client_secret_post") => {
            ClientAuth::Post
        }
        _ => ClientAuth::Basic,
    }
}
