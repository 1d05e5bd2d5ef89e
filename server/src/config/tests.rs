//! Tests of the whole configuration: defaults, wrong values, and their errors.

use super::*;
use clap::Parser;
use secrecy::ExposeSecret;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    arguments: Arguments,
}

fn parse(changes: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
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

/// Wrong values, and the variables that their errors name.
const WRONG: &[(&str, &str, &str)] = &[
    ("--public-url", "", "GNC_PUBLIC_URL"),
    ("--public-url", "collections.example.org", "GNC_PUBLIC_URL"),
    (
        "--public-url",
        "http://collections.example.org",
        "GNC_PUBLIC_URL",
    ),
    ("--public-url", "http://192.168.0.7:8787", "GNC_PUBLIC_URL"),
    ("--public-url", "http://localhost.example", "GNC_PUBLIC_URL"),
    ("--static-dir", "/nowhere/at/all", "GNC_STATIC_DIR"),
    ("--redis-url", "", "GNC_REDIS_URL"),
    ("--redis-url", "http://x", "GNC_REDIS_URL"),
    ("--oauth-client-id", "", "GNC_OAUTH_CLIENT_ID"),
    ("--oauth-issuer", "", "GNC_OAUTH_ISSUER"),
    (
        "--oauth-issuer",
        "http://auth.example.org",
        "GNC_OAUTH_ISSUER",
    ),
    (
        "--oauth-token-url",
        "http://10.0.0.7/token",
        "GNC_OAUTH_TOKEN_URL",
    ),
    (
        "--oauth-user-url",
        "http://localhost.example/user",
        "GNC_OAUTH_USER_URL",
    ),
    ("--oauth-jwt-type", "jwt", "GNC_OAUTH_JWT_TYPE"),
    ("--oauth-mode", "implicit", "GNC_OAUTH_MODE"),
    ("--oauth-client-auth", "jwt", "GNC_OAUTH_CLIENT_AUTH"),
    (
        "--oauth-revoke-client-auth",
        "basic",
        "GNC_OAUTH_REVOKE_CLIENT_AUTH",
    ),
    ("--oauth-state", "optional", "GNC_OAUTH_STATE"),
    ("--session-hours", "721", "GNC_SESSION_HOURS"),
    ("--session-idle-minutes", "4", "GNC_SESSION_IDLE_MINUTES"),
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
    ("--claim-by-password", "yes", "GNC_CLAIM_BY_PASSWORD"),
    (
        "--header-timeout-seconds",
        "0",
        "GNC_HEADER_TIMEOUT_SECONDS",
    ),
    ("--body-timeout-seconds", "long", "GNC_BODY_TIMEOUT_SECONDS"),
    ("--bind", "here", "GNC_BIND"),
    ("--gn2-bind", "here", "GNC_GN2_BIND"),
    ("--gn2-addresses", "localhost", "GNC_GN2_ADDRESSES"),
    ("--gn2-client-secret", "hunter2", "GNC_GN2_CLIENT_ID"),
    ("--log", "a=b=c", "GNC_LOG"),
    ("--token-cache-seconds", "61", "GNC_TOKEN_CACHE_SECONDS"),
    ("--trait-url", "javascript:alert(1)", "GNC_TRAIT_URL"),
    ("--trait-url", "https://gn.example/{trait}", "GNC_TRAIT_URL"),
    ("--home-url", "javascript:alert(1)", "GNC_HOME_URL"),
    ("--home-url", "genenetwork.org", "GNC_HOME_URL"),
    ("--home-url", "https://gn.example/{id}", "GNC_HOME_URL"),
    (
        "--collection-url",
        "javascript:'{id}'",
        "GNC_COLLECTION_URL",
    ),
    (
        "--collection-url",
        "https://gn.example/",
        "GNC_COLLECTION_URL",
    ),
    (
        "--collection-url",
        "https://gn.example/{id}/{name}",
        "GNC_COLLECTION_URL",
    ),
    ("--key-users", "collections2", "GNC_KEY_COLLECTIONS"),
    ("--key-migratable", "collections", "GNC_KEY_MIGRATABLE"),
    ("--key-collections", "gnc:lists", "GNC_KEY_COLLECTIONS"),
];

#[test]
fn only_this_machine_is_reached_without_tls() {
    for host in [
        "localhost",
        "gnc.localhost",
        "127.0.0.1",
        "127.8.8.8",
        "[::1]",
    ] {
        let url = format!("http://{host}:8787");
        for flag in ["--public-url", "--oauth-issuer", "--oauth-token-url"] {
            let config = parse(&[(flag, &url)]).map_err(|error| error.to_string());
            assert_eq!(config.map(drop), Ok(()), "{flag} {url}");
        }
    }
}

#[test]
fn valid_configuration_is_accepted() {
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
fn invalid_or_missing_value_names_the_variable_and_the_advice() {
    for (flag, value, variable) in WRONG {
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
fn all_wrong_settings_are_reported_at_once() {
    for (number, one) in WRONG.iter().enumerate() {
        for other in WRONG[number + 1..].iter().filter(|other| other.0 != one.0) {
            let errors = parse(&[(one.0, one.1), (other.0, other.1)]).err();
            let text = errors.expect("refused").to_string();
            let of = |variable: &str| {
                let lines = text.lines().filter(|line| line.starts_with(variable));
                lines.count()
            };
            for variable in [one.2, other.2] {
                assert_eq!(of(&format!("{variable}: ")), 1, "{one:?} {other:?}: {text}");
            }
        }
    }
}

#[test]
fn empty_key_names_are_refused() {
    for (flag, variable) in [
        ("--key-prefix", "GNC_KEY_PREFIX"),
        ("--key-collections", "GNC_KEY_COLLECTIONS"),
        ("--key-gn2-sessions", "GNC_KEY_GN2_SESSIONS"),
    ] {
        let given = Cli::parse_from(["test", flag, ""]).arguments.store;
        let mut errors = ConfigErrors::default();
        assert!(KeyNames::parse(&given, &mut errors).is_none(), "{flag}");
        let error = errors.to_string();
        assert!(
            error.starts_with(&format!("{variable}: it is empty")),
            "{error}"
        );
    }
}

#[test]
fn mediated_mode_is_the_default_and_its_cookie_key_is_unguessable() {
    let long = "a-secret-of-more-than-thirty-two-characters";
    let parsed = |client: &str, cookie: &str| {
        parse(&[
            ("--oauth-client-secret", client),
            ("--cookie-secret", cookie),
        ])
    };
    for (client, cookie, expected) in [
        (long, "", Some(long)),
        ("short", long, Some(long)),
        ("", long, Some(long)),
        ("", "", None),
    ] {
        let config = parsed(client, cookie).map_err(|error| error.to_string());
        let Mode::Mediated(mediation) = config.expect("sound").oauth.mode else {
            panic!("not mediated");
        };
        let secret = mediation.cookie_secret.as_ref();
        assert_eq!(secret.map(ExposeSecret::expose_secret), expected);
        let limits = mediation.limits;
        assert_eq!((limits.lifetime, limits.idle), (12 * 3600, 2 * 3600));
    }
    for (client, cookie) in [("short", ""), (long, "hunter2"), ("", "hunter2")] {
        let error = parsed(client, cookie).err().expect("refused").to_string();
        assert!(error.starts_with("GNC_COOKIE_SECRET: "), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn direct_mode_needs_no_cookie_key() {
    let config = parse(&[
        ("--oauth-mode", "direct"),
        ("--oauth-client-secret", "short"),
    ]);
    let config = config.map_err(|error| error.to_string()).expect("sound");
    assert!(matches!(config.oauth.mode, Mode::Direct));
}

#[test]
fn validation_method_requires_its_settings() {
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
