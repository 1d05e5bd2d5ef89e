//! The settings as they are given: text, documented for `--help`.

use super::store::StoreArguments;
use clap::Args;
use secrecy::SecretString;

/// Settings of the server. Each can be given as a flag or as the environment variable named beside it.
#[derive(Args)]
pub struct Arguments {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "GNC_BIND", default_value = "127.0.0.1:8787")]
    pub bind: String,

    /// Address and port on which Prometheus finds the metrics, under `/metrics`; not for the public.
    #[arg(long, env = "GNC_METRICS_BIND")]
    pub metrics_bind: Option<String>,

    /// The URL under which browsers reach this server, without a path. `<this>/callback` is the
    /// redirect URI to register for the client.
    #[arg(long, env = "GNC_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Folder with the built page (`dist` of a `trunk build`).
    #[arg(long, env = "GNC_STATIC_DIR")]
    pub static_dir: Option<String>,

    /// Where the collections lie.
    #[command(flatten)]
    pub store: StoreArguments,

    /// Issuer of the auth server; its endpoints are then found by discovery
    /// (`<issuer>/.well-known/openid-configuration`). Endpoints given below win over discovered ones.
    #[arg(long, env = "GNC_OAUTH_ISSUER")]
    pub oauth_issuer: Option<String>,

    /// Authorization endpoint. Needed, with the next two, when there is no discovery.
    #[arg(long, env = "GNC_OAUTH_AUTHORIZE_URL")]
    pub oauth_authorize_url: Option<String>,

    /// Token endpoint.
    #[arg(long, env = "GNC_OAUTH_TOKEN_URL")]
    pub oauth_token_url: Option<String>,

    /// User endpoint: gn-auth's `/auth/user/` (older: `/oauth2/user/`; the trailing slash matters), or
    /// an OpenID Connect userinfo endpoint.
    #[arg(long, env = "GNC_OAUTH_USER_URL")]
    pub oauth_user_url: Option<String>,

    /// Revocation endpoint, where there is one.
    #[arg(long, env = "GNC_OAUTH_REVOKE_URL")]
    pub oauth_revoke_url: Option<String>,

    /// End-session endpoint, where there is one.
    #[arg(long, env = "GNC_OAUTH_END_SESSION_URL")]
    pub oauth_end_session_url: Option<String>,

    /// Where people register an account.
    #[arg(long, env = "GNC_OAUTH_REGISTER_URL")]
    pub oauth_register_url: Option<String>,

    /// Token introspection endpoint (RFC 7662), for `GNC_TOKEN_VALIDATION=introspection`.
    #[arg(long, env = "GNC_OAUTH_INTROSPECT_URL")]
    pub oauth_introspect_url: Option<String>,

    /// The auth server's public keys (a JSON Web Key Set), for `GNC_TOKEN_VALIDATION=jwt`.
    #[arg(long, env = "GNC_OAUTH_JWKS_URL")]
    pub oauth_jwks_url: Option<String>,

    /// Id of the client registered for this page.
    #[arg(long, env = "GNC_OAUTH_CLIENT_ID")]
    pub oauth_client_id: Option<String>,

    /// Secret of that client, if it is a confidential one. Needed with `GNC_OAUTH_MODE=mediated`; the
    /// browser never sees it.
    #[arg(long, env = "GNC_OAUTH_CLIENT_SECRET", hide_env_values = true)]
    pub oauth_client_secret: Option<SecretString>,

    /// How the secret is presented: `client_secret_post`, `client_secret_basic`, or `auto`: what the
    /// discovery document says, and `client_secret_post` without one (gn-auth).
    #[arg(long, env = "GNC_OAUTH_CLIENT_AUTH", default_value = "auto")]
    pub oauth_client_auth: String,

    /// Scopes to ask for, separated by spaces.
    #[arg(long, env = "GNC_OAUTH_SCOPES", default_value = "openid profile email")]
    pub oauth_scopes: String,

    /// Who calls the token endpoint: `direct`, the page itself, as a public client with PKCE;
    /// `mediated`, this server, as a confidential client (gn-auth).
    #[arg(long, env = "GNC_OAUTH_MODE", default_value = "direct")]
    pub oauth_mode: String,

    /// Whether the answer to a sign-in must carry the `state` that was sent: `required`; or
    /// `pending-login`, for gn-auth, whose form drops it: then the page takes an answer without it only
    /// while it waits for exactly one, and asks who it is.
    #[arg(long, env = "GNC_OAUTH_STATE", default_value = "required")]
    pub oauth_state: String,

    /// Encrypts the session cookie of the mediated mode: at least 32 random characters, the same for all
    /// processes behind one URL. Without it the key is derived from `GNC_OAUTH_CLIENT_SECRET`.
    #[arg(long, env = "GNC_COOKIE_SECRET", hide_env_values = true)]
    pub cookie_secret: Option<SecretString>,

    /// How a token is checked: `userinfo`, by asking the user endpoint; `jwt`, by its signature;
    /// `introspection`, by asking the introspection endpoint.
    #[arg(long, env = "GNC_TOKEN_VALIDATION", default_value = "userinfo")]
    pub token_validation: String,

    /// With `jwt` and `introspection`: the audience a token must be made for.
    /// [default: `GNC_OAUTH_CLIENT_ID`]
    #[arg(long, env = "GNC_OAUTH_AUDIENCE")]
    pub oauth_audience: Option<String>,

    /// With `jwt` and `introspection`: scopes a token must have, separated by spaces.
    #[arg(long, env = "GNC_OAUTH_REQUIRED_SCOPES", default_value = "profile")]
    pub oauth_required_scopes: String,

    /// When an address counts as verified: `claim`, if the user endpoint says `email_verified: true`;
    /// `issuer`, always, because the auth server admits verified users only (gn-auth).
    #[arg(long, env = "GNC_EMAIL_TRUST", default_value = "claim")]
    pub email_trust: String,

    /// For how long an accepted token is not asked about again, 0 to 60 seconds.
    #[arg(long, env = "GNC_TOKEN_CACHE_SECONDS", default_value = "60")]
    pub token_cache_seconds: String,

    /// GN2's `SECRET_HMAC_CODE`. With it, collections of GN2's anonymous sessions can be imported by
    /// those who still have its signed cookie; this server must then be under the same host name.
    #[arg(long, env = "GNC_SESSION_HMAC_SECRET", hide_env_values = true)]
    pub session_hmac_secret: Option<SecretString>,

    /// Link template for a trait's page, with `{trait}` and `{dataset}`, e.g.
    /// `https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}`.
    #[arg(long, env = "GNC_TRAIT_URL")]
    pub trait_url: Option<String>,

    /// Requests to the API that a user, and an address, may make in a minute; or `off`.
    #[arg(long, env = "GNC_RATE_LIMIT", default_value = "600")]
    pub rate_limit: String,

    /// Megabytes of plans that are kept, so that looking again at an offer that has not changed costs little.
    #[arg(long, env = "GNC_PLAN_CACHE_MB", default_value = "16")]
    pub plan_cache_mb: String,

    /// Header in which the proxy in front appends the address it was called from, e.g.
    /// `X-Forwarded-For`. Set it only if every request comes through that proxy; without it the address
    /// is the connection's.
    #[arg(long, env = "GNC_TRUSTED_PROXY_HEADER")]
    pub trusted_proxy_header: Option<String>,

    /// Seconds that a client may take to send the head of a request, and that a connection may idle.
    #[arg(long, env = "GNC_HEADER_TIMEOUT_SECONDS", default_value = "15")]
    pub header_timeout_seconds: String,

    /// Seconds that a client may take to send the body of a request.
    #[arg(long, env = "GNC_BODY_TIMEOUT_SECONDS", default_value = "120")]
    pub body_timeout_seconds: String,

    /// What is logged, e.g. `info` or `server=debug`.
    #[arg(long, env = "GNC_LOG", default_value = "info")]
    pub log: String,
}
