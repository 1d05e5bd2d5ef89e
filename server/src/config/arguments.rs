//! The settings as text, documented for `--help`.

use super::gn2_arguments::Gn2Arguments;
use super::store_arguments::StoreArguments;
use clap::Args;
use secrecy::SecretString;

#[derive(Args)]
pub struct Arguments {
    /// Address and port to listen on. Port 0 selects a free port.
    #[arg(long, env = "GNC_BIND", default_value = "127.0.0.1:8787")]
    pub bind: String,

    /// Address and port of the Prometheus metrics, under `/metrics`. Keep it private.
    #[arg(long, env = "GNC_METRICS_BIND")]
    pub metrics_bind: Option<String>,

    /// The URL under which browsers reach this server, without a path. Register `<this>/callback`
    /// as the redirect URI of the client.
    #[arg(long, env = "GNC_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Folder of the built page (`dist` of a `trunk build`).
    #[arg(long, env = "GNC_STATIC_DIR")]
    pub static_dir: Option<String>,

    #[command(flatten)]
    pub store: StoreArguments,

    #[command(flatten)]
    pub gn2: Gn2Arguments,

    /// Issuer of the auth server. Its endpoints are discovered at
    /// `<issuer>/.well-known/openid-configuration`. Endpoints given below take precedence.
    #[arg(long, env = "GNC_OAUTH_ISSUER")]
    pub oauth_issuer: Option<String>,

    /// Authorization endpoint. Required without discovery, together with the next two.
    #[arg(long, env = "GNC_OAUTH_AUTHORIZE_URL")]
    pub oauth_authorize_url: Option<String>,

    /// Token endpoint.
    #[arg(long, env = "GNC_OAUTH_TOKEN_URL")]
    pub oauth_token_url: Option<String>,

    /// User endpoint: gn-auth's `/auth/user/` (older versions: `/oauth2/user/`; the trailing slash
    /// matters), or an OpenID Connect userinfo endpoint.
    #[arg(long, env = "GNC_OAUTH_USER_URL")]
    pub oauth_user_url: Option<String>,

    /// Revocation endpoint, if the auth server has one.
    #[arg(long, env = "GNC_OAUTH_REVOKE_URL")]
    pub oauth_revoke_url: Option<String>,

    /// End-session endpoint, if the auth server has one.
    #[arg(long, env = "GNC_OAUTH_END_SESSION_URL")]
    pub oauth_end_session_url: Option<String>,

    /// Page where people register an account.
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

    /// Secret of the client, if it is a confidential one. Only `GNC_OAUTH_MODE=mediated` sends it
    /// at sign-in. The browser never sees it.
    #[arg(long, env = "GNC_OAUTH_CLIENT_SECRET", hide_env_values = true)]
    pub oauth_client_secret: Option<SecretString>,

    /// How the secret is sent: `client_secret_post`, `client_secret_basic`, or `auto`. With `auto`
    /// the discovery document decides; without one it is `client_secret_post` (gn-auth).
    #[arg(long, env = "GNC_OAUTH_CLIENT_AUTH", default_value = "auto")]
    pub oauth_client_auth: String,

    /// How the secret is sent to the revocation endpoint, if the discovery document does not say:
    /// `client_secret_post`, `client_secret_basic`, or `auto`. `auto` tries the method of the token
    /// endpoint, then once the other one.
    #[arg(long, env = "GNC_OAUTH_REVOKE_CLIENT_AUTH", default_value = "auto")]
    pub oauth_revoke_client_auth: String,

    /// Requested scopes, separated by spaces.
    #[arg(long, env = "GNC_OAUTH_SCOPES", default_value = "openid profile email")]
    pub oauth_scopes: String,

    /// The caller of the token endpoint: `mediated` for this server, which keeps the session over a
    /// reload; `direct` for the page itself, as a public client with PKCE.
    #[arg(long, env = "GNC_OAUTH_MODE", default_value = "mediated")]
    pub oauth_mode: String,

    /// Whether the response to a sign-in must carry the `state` of the request: `required`; or
    /// `pending-login` for gn-auth, whose form drops it. The page then accepts a response without
    /// `state` only while it waits for exactly one, and asks the user to confirm the account.
    #[arg(long, env = "GNC_OAUTH_STATE", default_value = "required")]
    pub oauth_state: String,

    /// Secret that encrypts the session cookie of the mediated mode: at least 32 random characters,
    /// the same for all processes behind one URL. By default the key is derived from
    /// `GNC_OAUTH_CLIENT_SECRET`; without that secret it is random, and a restart of this server
    /// ends all sessions.
    #[arg(long, env = "GNC_COOKIE_SECRET", hide_env_values = true)]
    pub cookie_secret: Option<SecretString>,

    /// Hours after which a session of the mediated mode ends, 1 to 720.
    #[arg(long, env = "GNC_SESSION_HOURS", default_value = "12")]
    pub session_hours: String,

    /// Minutes without use after which a session of the mediated mode ends, 5 to 43200.
    #[arg(long, env = "GNC_SESSION_IDLE_MINUTES", default_value = "120")]
    pub session_idle_minutes: String,

    /// How a token is validated: `userinfo` at the user endpoint, `jwt` by its signature,
    /// `introspection` at the introspection endpoint.
    #[arg(long, env = "GNC_TOKEN_VALIDATION", default_value = "userinfo")]
    pub token_validation: String,

    /// The kind of JWT that `jwt` accepts: `at+jwt` for tokens whose header says that they are
    /// access tokens (RFC 9068); or `any` for servers whose access tokens do not say so. ID tokens
    /// are refused in either case.
    #[arg(long, env = "GNC_OAUTH_JWT_TYPE", default_value = "at+jwt")]
    pub oauth_jwt_type: String,

    /// Required audience of a token, with `jwt` and `introspection`.
    /// [default: `GNC_OAUTH_CLIENT_ID`]
    #[arg(long, env = "GNC_OAUTH_AUDIENCE")]
    pub oauth_audience: Option<String>,

    /// Required scopes of a token, separated by spaces, with `jwt` and `introspection`.
    #[arg(long, env = "GNC_OAUTH_REQUIRED_SCOPES", default_value = "profile")]
    pub oauth_required_scopes: String,

    /// When an address counts as verified: `claim` if the user endpoint says `email_verified:
    /// true`; `issuer` always, because the auth server admits verified users only. gn-auth does so
    /// from 2025 on. Never use `issuer` with gn-auth of 2024: there people register any address.
    #[arg(long, env = "GNC_EMAIL_TRUST", default_value = "claim")]
    pub email_trust: String,

    /// Seconds for which an accepted token is not validated again, 0 to 60.
    #[arg(long, env = "GNC_TOKEN_CACHE_SECONDS", default_value = "60")]
    pub token_cache_seconds: String,

    /// GN2's `SECRET_KEY`. With it, visitors can import collections that they made in today's GN2
    /// without signing in, proven by its signed cookie `session`. Browsers send the cookie only if
    /// this server has the same host name as GN2.
    #[arg(long, env = "GNC_GN2_SECRET_KEY", hide_env_values = true)]
    pub gn2_secret_key: Option<SecretString>,

    /// GN2's `SECRET_HMAC_CODE`. With it, visitors can import collections of an older anonymous
    /// session of GN2, proven by its signed cookie `anon_user_v1`. Browsers send the cookie only if
    /// this server has the same host name as GN2. It also signs the traits of exported CSV files,
    /// so that GN2 can import them.
    #[arg(long, env = "GNC_SESSION_HMAC_SECRET", hide_env_values = true)]
    pub session_hmac_secret: Option<SecretString>,

    /// Whether people can claim an old account that has another address with its old password: `on`
    /// or `off`. Each person, and each old address, has five attempts an hour.
    #[arg(long, env = "GNC_CLAIM_BY_PASSWORD", default_value = "off")]
    pub claim_by_password: String,

    /// GeneNetwork's own page, to which the header links, e.g. `https://genenetwork.org/`.
    #[arg(long, env = "GNC_HOME_URL")]
    pub home_url: Option<String>,

    /// Link template for GeneNetwork's page of a collection of the account, with `{id}`, e.g.
    /// `https://genenetwork.org/collections/view?uc_id={id}`.
    #[arg(long, env = "GNC_COLLECTION_URL")]
    pub collection_url: Option<String>,

    /// Link template for a trait's page, with `{trait}` and `{dataset}`, e.g.
    /// `https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}`.
    #[arg(long, env = "GNC_TRAIT_URL")]
    pub trait_url: Option<String>,

    /// Requests to the API per minute, for each user and each address; or `off`.
    #[arg(long, env = "GNC_RATE_LIMIT", default_value = "600")]
    pub rate_limit: String,

    /// Size of the plan cache in megabytes. Cached plans make repeated requests cheap while nothing
    /// changes.
    #[arg(long, env = "GNC_PLAN_CACHE_MB", default_value = "16")]
    pub plan_cache_mb: String,

    /// Header to which the proxy in front appends the client's address, e.g. `X-Forwarded-For`. Set
    /// it only if every request passes that proxy. By default the address of the connection counts.
    #[arg(long, env = "GNC_TRUSTED_PROXY_HEADER")]
    pub trusted_proxy_header: Option<String>,

    /// Seconds for the head of a request to arrive, and for a connection to be idle.
    #[arg(long, env = "GNC_HEADER_TIMEOUT_SECONDS", default_value = "15")]
    pub header_timeout_seconds: String,

    /// Seconds for the body of a request to arrive.
    #[arg(long, env = "GNC_BODY_TIMEOUT_SECONDS", default_value = "120")]
    pub body_timeout_seconds: String,

    /// Seconds for which a client may send a body, or read an answer, more slowly than
    /// `GNC_MIN_KB_PER_SECOND` before its connection is closed.
    #[arg(long, env = "GNC_STALL_TIMEOUT_SECONDS", default_value = "10")]
    pub stall_timeout_seconds: String,

    /// Kilobytes per second that a client must send or read on average.
    #[arg(long, env = "GNC_MIN_KB_PER_SECOND", default_value = "16")]
    pub min_kb_per_second: String,

    /// Megabytes of all large bodies of requests at a time. Each address may send two at a time.
    #[arg(long, env = "GNC_BODY_BUDGET_MB", default_value = "64")]
    pub body_budget_mb: String,

    /// Megabytes of large answers to one user at a time, from which on the user must first read.
    #[arg(long, env = "GNC_ANSWER_BUDGET_MB", default_value = "64")]
    pub answer_budget_mb: String,

    /// Seconds for which running requests may go on after SIGTERM.
    #[arg(long, env = "GNC_SHUTDOWN_TIMEOUT_SECONDS", default_value = "25")]
    pub shutdown_timeout_seconds: String,

    /// Log filter, e.g. `info` or `server=debug`.
    #[arg(long, env = "GNC_LOG", default_value = "info")]
    pub log: String,
}
