//! What must never be in the server's log, however much of it is asked for.

use crate::harness::{
    CLIENT_ID, CLIENT_SECRET, Manner, Redis, Serving, TokenEndpoint, UserEndpoint, bearer, code,
    people, sample, token,
};
use serde_json::{Value, json};

const COOKIE_SECRET: &str = "cookie-secret-of-more-than-thirty-two-characters";
const VERIFIER: &str = "the-verifier-of-more-than-forty-three-characters-0123";
const OWN: &str = "http://127.0.0.1:1";

/// Fails if the log holds one of these texts.
fn assert_silent(log: &str, secrets: &[&str]) {
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in the log: {line:?}");
    }
}

#[tokio::test]
async fn requests_leave_neither_tokens_nor_people_in_the_log() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let people = people();
    let auth = UserEndpoint::start(&people).await;
    let server = Serving::start(&redis, &auth, &[]);
    let url = &server.url;
    let client = reqwest::Client::new();
    for path in [
        "/api/v1/legacy",
        "/api/v1/collections",
        "/api/v1/me?access_token=in-the-query",
        "/callback?code=code-in-the-query&state=state-in-the-query",
    ] {
        let request = client
            .get(format!("{url}{path}"))
            .header("authorization", bearer(&people[0]));
        assert_eq!(request.send().await.expect("an answer").status(), 200);
    }
    let refused = client
        .get(format!("{url}/api/v1/me"))
        .header("authorization", "Bearer unknown-token");
    assert_eq!(refused.send().await.expect("an answer").status(), 401);
    let log = server.end();
    assert!(
        log.contains("\"status\":200") && log.contains("\"problem\":\"unauthenticated\""),
        "{log}"
    );
    assert!(log.contains("\"level\":\"TRACE\""), "all is logged");
    assert_silent(
        &log,
        &[
            "token-of-",
            "unknown-token",
            "in-the-query",
            "@jax.example",
            "Researcher",
            "My traits",
        ],
    );
}

#[tokio::test]
async fn a_mediated_sign_in_leaves_no_secret_in_the_log() {
    let people = people();
    let redis = Redis::start();
    let auth = UserEndpoint::start(&people).await;
    let manner = Manner {
        refresh: true,
        ..Manner::default()
    };
    let issuer = TokenEndpoint::start(manner, &people).await;
    let token_url = format!("{}/token", issuer.url);
    let revoke_url = format!("{}/revoke", issuer.url);
    let server = Serving::start(
        &redis,
        &auth,
        &[
            ("GNC_OAUTH_MODE", "mediated"),
            ("GNC_OAUTH_CLIENT_ID", CLIENT_ID),
            ("GNC_OAUTH_CLIENT_SECRET", CLIENT_SECRET),
            ("GNC_COOKIE_SECRET", COOKIE_SECRET),
            ("GNC_OAUTH_TOKEN_URL", &token_url),
            ("GNC_OAUTH_REVOKE_URL", &revoke_url),
        ],
    );
    let client = reqwest::Client::new();
    let ask = async |what: &str, cookie: &str, body: Option<Value>| {
        let mut request = client
            .post(format!("{}/api/v1/oauth2/{what}", server.url))
            .header("origin", OWN)
            .header("cookie", cookie)
            .header("authorization", bearer(&people[0]));
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.expect("an answer")
    };
    let body = json!({"code": code(&people[0]), "code_verifier": VERIFIER, "redirect_uri": format!("{OWN}/callback")});
    let bought = ask("token", "", Some(body.clone())).await;
    assert_eq!(bought.status(), 200);
    let header = bought.headers()["set-cookie"].to_str().expect("text");
    let cookie = header.split(';').next().expect("a pair").to_owned();
    assert_eq!(ask("token", "", Some(body)).await.status(), 401);
    let renewed = ask("refresh", &cookie, None).await;
    assert_eq!(renewed.status(), 200);
    assert_eq!(ask("logout", &cookie, None).await.status(), 200);
    let refresh_tokens: Vec<String> = issuer
        .asked()
        .into_iter()
        .filter_map(|asked| asked.form.get("refresh_token").cloned())
        .collect();
    assert_eq!(refresh_tokens.len(), 1);
    let log = server.end();
    let (_, sealed) = cookie.split_once('=').expect("a pair");
    assert!(log.contains("/api/v1/oauth2/token"), "{log}");
    let code = code(&people[0]);
    let token = token(&people[0]);
    let mut secrets = vec![
        CLIENT_SECRET,
        COOKIE_SECRET,
        VERIFIER,
        code.as_str(),
        token.as_str(),
        sealed,
    ];
    secrets.extend(refresh_tokens.iter().map(String::as_str));
    assert_silent(&log, &secrets);
}
