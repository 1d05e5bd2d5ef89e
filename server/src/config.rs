//! Settings, from the environment or from flags of the same name.
//!
//! [`Arguments`] declares and documents them as text; [`Config`] holds them parsed, one struct a
//! concern. A missing or wrong value stops the start with one line that names the variable and the
//! mend.

mod arguments;
mod choice;
mod client;
mod endpoints;
mod error;
mod http;
mod key_names;
mod limits;
mod oauth;
mod redis_server;
mod session;
mod store;
mod trait_url;
mod validation;

pub use arguments::Arguments;
pub use client::{ClientAuth, ClientSettings, Mediation, Mode};
pub use endpoints::ExplicitEndpoints;
pub use error::ConfigError;
pub use http::HttpConfig;
pub use key_names::KeyNames;
pub use limits::LimitSettings;
pub use oauth::OauthSettings;
pub use redis_server::{Elected, RedisServer};
pub use store::{StoreArguments, StoreConfig};
pub use validation::{EmailTrust, Validation, ValidationSettings};

use secrecy::SecretSlice;
use tracing_subscriber::EnvFilter;

/// Everything the server is told from outside.
pub struct Config {
    /// Where it listens and what it serves.
    pub http: HttpConfig,
    /// Where the collections lie.
    pub store: StoreConfig,
    /// Who people sign in with.
    pub oauth: OauthSettings,
    /// How much one user, and one address, may ask for.
    pub limits: LimitSettings,
    /// The key of GN2's session cookies, if its anonymous sessions are served.
    pub session_secret: Option<SecretSlice<u8>>,
    /// Link template for a trait's page, with `{trait}` and `{dataset}`.
    pub trait_url: Option<String>,
    /// What is logged.
    pub log: EnvFilter,
}

impl TryFrom<Arguments> for Config {
    type Error = ConfigError;

    fn try_from(mut arguments: Arguments) -> Result<Self, ConfigError> {
        let http = HttpConfig::parse(&arguments)?;
        let oauth = OauthSettings::parse(&arguments, &http.public_url)?;
        let limits = LimitSettings::parse(&arguments)?;
        let trait_url = trait_url::parse(arguments.trait_url.take())?;
        let session_secret = session::parse(&arguments)?;
        let log = EnvFilter::try_new(&arguments.log).map_err(|_| {
            ConfigError::invalid(
                "GNC_LOG",
                "it is not a log filter",
                "write e.g. info or server=debug",
            )
        })?;
        let store = StoreConfig::try_from(arguments.store)?;
        Ok(Self {
            http,
            store,
            oauth,
            limits,
            session_secret,
            trait_url,
            log,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use secrecy::ExposeSecret;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn parse(changes: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("index.html"), "<html></html>").expect("written");
        let mut flags = vec![
            ("--public-url", "https://collections.example.org"),
            ("--static-dir", dir.path().to_str().expect("UTF-8")),
            ("--redis-url", "redis://127.0.0.1:6379/0"),
            ("--oauth-issuer", "https://auth.example.org"),
            ("--oauth-client-id", "gn-collections-spa"),
        ];
        flags.retain(|(flag, _)| !changes.iter().any(|(changed, _)| changed == flag));
        flags.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let line = flags.iter().flat_map(|(flag, value)| [*flag, *value]);
        Config::try_from(Cli::parse_from(std::iter::once("test").chain(line)).arguments)
    }

    #[test]
    fn a_sound_configuration_is_taken() {
        let config = parse(&[])
            .map_err(|error| error.to_string())
            .expect("sound");
        assert_eq!(
            config.oauth.redirect_uri.as_str(),
            "https://collections.example.org/callback"
        );
        assert_eq!(config.store.keys.collections, "collections2");
    }

    #[test]
    fn a_wrong_or_missing_value_names_the_variable_and_the_mend() {
        for (flag, value, variable) in [
            ("--public-url", "", "GNC_PUBLIC_URL"),
            ("--public-url", "collections.example.org", "GNC_PUBLIC_URL"),
            ("--static-dir", "/nowhere/at/all", "GNC_STATIC_DIR"),
            ("--redis-url", "", "GNC_REDIS_URL"),
            ("--redis-url", "http://x", "GNC_REDIS_URL"),
            ("--oauth-client-id", "", "GNC_OAUTH_CLIENT_ID"),
            ("--oauth-issuer", "", "GNC_OAUTH_ISSUER"),
            ("--oauth-mode", "mediated", "GNC_OAUTH_CLIENT_SECRET"),
            ("--oauth-mode", "implicit", "GNC_OAUTH_MODE"),
            ("--oauth-client-auth", "jwt", "GNC_OAUTH_CLIENT_AUTH"),
            ("--oauth-state", "optional", "GNC_OAUTH_STATE"),
            ("--token-validation", "trust", "GNC_TOKEN_VALIDATION"),
            (
                "--oauth-introspect-url",
                "/introspect",
                "GNC_OAUTH_INTROSPECT_URL",
            ),
            ("--oauth-jwks-url", "jwks.json", "GNC_OAUTH_JWKS_URL"),
            ("--rate-limit", "0", "GNC_RATE_LIMIT"),
            ("--rate-limit", "many", "GNC_RATE_LIMIT"),
            (
                "--trusted-proxy-header",
                "X Forwarded",
                "GNC_TRUSTED_PROXY_HEADER",
            ),
            (
                "--session-hmac-secret",
                "\u{4e2d}",
                "GNC_SESSION_HMAC_SECRET",
            ),
            ("--email-trust", "everyone", "GNC_EMAIL_TRUST"),
            (
                "--header-timeout-seconds",
                "0",
                "GNC_HEADER_TIMEOUT_SECONDS",
            ),
            ("--body-timeout-seconds", "long", "GNC_BODY_TIMEOUT_SECONDS"),
            ("--bind", "here", "GNC_BIND"),
            ("--log", "a=b=c", "GNC_LOG"),
            ("--token-cache-seconds", "61", "GNC_TOKEN_CACHE_SECONDS"),
            ("--trait-url", "javascript:alert(1)", "GNC_TRAIT_URL"),
            ("--trait-url", "https://gn.example/{trait}", "GNC_TRAIT_URL"),
            ("--key-users", "collections2", "GNC_KEY_COLLECTIONS"),
            ("--key-migratable", "users", "GNC_KEY_MIGRATABLE"),
            ("--key-collections", "gnc:lists", "GNC_KEY_COLLECTIONS"),
        ] {
            let error = parse(&[(flag, value)]).err().expect(flag).to_string();
            assert!(
                error.starts_with(&format!("{variable}: ")),
                "{flag}: {error}"
            );
            assert!(
                error.contains("; ") && !error.contains('\n'),
                "{flag}: {error}"
            );
        }
    }

    #[test]
    fn keys_without_a_name_are_refused() {
        for (flag, variable) in [
            ("--key-prefix", "GNC_KEY_PREFIX"),
            ("--key-collections", "GNC_KEY_COLLECTIONS"),
        ] {
            let given = Cli::parse_from(["test", flag, ""]).arguments.store;
            let error = KeyNames::parse(&given).expect_err(flag).to_string();
            assert!(
                error.starts_with(&format!("{variable}: it is empty")),
                "{error}"
            );
        }
    }

    #[test]
    fn the_mediated_mode_needs_a_secret_that_cannot_be_guessed() {
        let long = "a-secret-of-more-than-thirty-two-characters";
        let mediated = |client: &str, cookie: &str| {
            parse(&[
                ("--oauth-mode", "mediated"),
                ("--oauth-client-secret", client),
                ("--cookie-secret", cookie),
            ])
        };
        for (client, cookie) in [(long, ""), ("short", long)] {
            let config = mediated(client, cookie).map_err(|error| error.to_string());
            let Mode::Mediated(mediation) = config.expect("sound").oauth.mode else {
                panic!("not mediated");
            };
            assert_eq!(mediation.client_secret.expose_secret(), client);
            assert_eq!(mediation.cookie_secret.expose_secret(), long);
        }
        for (client, cookie) in [("short", ""), (long, "hunter2")] {
            let error = mediated(client, cookie).err().expect("refused").to_string();
            assert!(error.starts_with("GNC_COOKIE_SECRET: "), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_way_of_validation_needs_what_it_compares_or_asks() {
        let endpoints = [
            ("--oauth-issuer", ""),
            ("--oauth-authorize-url", "https://auth.example.org/a"),
            ("--oauth-token-url", "https://auth.example.org/t"),
            ("--oauth-user-url", "https://auth.example.org/u"),
        ];
        for (method, variable) in [
            ("jwt", "GNC_OAUTH_ISSUER"),
            ("introspection", "GNC_OAUTH_INTROSPECT_URL"),
        ] {
            let flags = [&endpoints[..], &[("--token-validation", method)]].concat();
            let error = parse(&flags).err().expect("refused").to_string();
            assert!(error.starts_with(&format!("{variable}: ")), "{error}");
        }
    }

    #[test]
    fn a_redis_password_is_not_shown() {
        let error = parse(&[("--redis-url", "redis://:hunter2@[bad")])
            .err()
            .expect("wrong");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
