//! `GET /api/v1/config`: what the page needs to start.

use serde::{Deserialize, Serialize};

/// Public configuration of this deployment. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientConfig {
    /// How to sign in.
    pub oauth: OauthConfig,
    /// Where the page links to.
    pub links: Links,
    /// Whether collections of GN2's anonymous sessions can be imported: `{"source": "session"}`.
    pub anonymous_sessions: bool,
    /// Version of the server.
    pub version: String,
}

/// The OAuth2 client and server to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OauthConfig {
    /// Who calls the token endpoint.
    pub mode: OauthMode,
    /// What a callback without `state` means.
    pub state: StatePolicy,
    /// Id of the client registered for this page.
    pub client_id: String,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Expected `iss` of the authorization response (RFC 9207).
    pub issuer: Option<String>,
    /// Whether the server promises `iss` in every authorization response, so that a missing one is refused.
    pub iss_required: bool,
    /// Authorization endpoint.
    pub authorize_url: String,
    /// Token endpoint; absent in `mediated` mode.
    pub token_url: Option<String>,
    /// Revocation endpoint (RFC 7009), where the server has one; absent in `mediated` mode.
    pub revoke_url: Option<String>,
    /// OpenID Connect end-session endpoint, where the server has one.
    pub end_session_url: Option<String>,
    /// Where the server sends the browser back to: exactly the registered one.
    pub redirect_uri: String,
}

/// Who exchanges the authorization code for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OauthMode {
    /// The page itself, as a public client.
    Direct,
    /// Our server, which adds the client secret.
    Mediated,
}

/// Whether the authorization response must carry the `state` that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatePolicy {
    /// Yes; a callback without it is refused.
    Required,
    /// gn-auth's form drops it: allowed while exactly one sign-in is pending in this tab.
    PendingLogin,
}

/// Links out of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Links {
    /// Where to register an account.
    pub register: Option<String>,
    /// Template for a trait's page, with `{trait}` and `{dataset}`.
    pub r#trait: Option<String>,
}
