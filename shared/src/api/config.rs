//! `GET /api/v1/config`: the settings that the page needs to start.

use serde::{Deserialize, Serialize};

/// The public settings of this deployment. They contain no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientConfig {
    /// The settings of the sign-in.
    pub oauth: OauthConfig,
    /// The links out of the page.
    pub links: Links,
    /// Whether collections of GN2's anonymous sessions can be imported: `{"source": "session"}`.
    pub anonymous_sessions: bool,
    /// Whether the server signs the members of exported collections for GN2.
    #[serde(default)]
    pub signed_exports: bool,
    /// Whether legacy accounts can be claimed with their password.
    pub claim_by_password: bool,
    /// The version of the server.
    pub version: String,
}

/// The OAuth2 client and server to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OauthConfig {
    /// The caller of the token endpoint.
    pub mode: OauthMode,
    /// The handling of a callback without `state`.
    pub state: StatePolicy,
    /// The id of the client registered for this page.
    pub client_id: String,
    /// The scopes to request.
    pub scopes: Vec<String>,
    /// The expected `iss` of the authorization response (RFC 9207).
    pub issuer: Option<String>,
    /// Whether the server sends `iss` in every authorization response. Then a response without it
    /// is refused.
    pub iss_required: bool,
    /// Whether the page may sign in again without asking, by `prompt=none`, after a reload. Always
    /// `false` in `mediated` mode, in which the session survives the reload.
    pub silent_sign_in: bool,
    /// The authorization endpoint.
    pub authorize_url: String,
    /// The token endpoint. Absent in `mediated` mode.
    pub token_url: Option<String>,
    /// The revocation endpoint (RFC 7009), if the server has one. Absent in `mediated` mode.
    pub revoke_url: Option<String>,
    /// The OpenID Connect end-session endpoint, if the server has one.
    pub end_session_url: Option<String>,
    /// The registered redirect URI.
    pub redirect_uri: String,
}

/// The party that exchanges the authorization code for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OauthMode {
    /// The page itself, as a public client.
    Direct,
    /// This server, which keeps the session and adds the client's secret if there is one.
    Mediated,
}

/// Whether the authorization response must carry the `state` that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatePolicy {
    /// A callback without `state` is refused.
    Required,
    /// A callback without `state` is accepted while exactly one sign-in is pending in the tab,
    /// because gn-auth's form drops `state`.
    PendingLogin,
}

/// The links out of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Links {
    /// The page for the registration of an account.
    pub register: Option<String>,
    /// GeneNetwork's own page.
    #[serde(default)]
    pub home: Option<String>,
    /// The template of a trait's page, with `{trait}` and `{dataset}`.
    pub r#trait: Option<String>,
    /// The template of GeneNetwork's page of an account's collection, with `{id}`.
    #[serde(default)]
    pub collection: Option<String>,
}
