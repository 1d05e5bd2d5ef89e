//! Secrets and personal data are never in the log, even at the most verbose level.

use crate::harness::{
    AuthServerKind, CLIENT_ID, CLIENT_SECRET, FlaskSession, Redis, ServerProcess, TokenEndpoint,
    UserEndpoint, bearer, code, flask_sessions, people, sample, token,
};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

const COOKIE_SECRET: &str = "cookie-secret-of-more-than-thirty-two-characters";
const VERIFIER: &str = "the-verifier-of-more-than-forty-three-characters-0123";
const OWN: &str = "http://127.0.0.1:1";

/// Fails if the log contains one of these texts.
fn assert_silent(log: &str, secrets: &[&str]) {
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is in the log: {line:?}");
    }
}

#[tokio::test]
async fn log_contains_neither_tokens_nor_people() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let people = people();
    let auth = UserEndpoint::start(&people).await;
    let secret_key = "gn2-demo-secret-key";
    let variables = [
        ("GNC_GN2_SECRET_KEY", secret_key),
        ("GNC_CLAIM_BY_PASSWORD", "on"),
    ];
    let server = ServerProcess::start(&redis, &auth, &variables);
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
    for (password, status) in [("wrong-password", 403), ("old-demo", 201), ("", 422)] {
        let claim = client
            .post(format!("{url}/api/v1/legacy/claims"))
            .header("authorization", bearer(&people[0]))
            .json(&json!({"email": "researcher70@uthsc.example", "password": password}));
        assert_eq!(claim.send().await.expect("an answer").status(), status);
    }
    let refused = client
        .get(format!("{url}/api/v1/me"))
        .header("authorization", "Bearer unknown-token");
    assert_eq!(refused.send().await.expect("an answer").status(), 401);
    let sessions = flask_sessions("0.5.0").into_iter();
    let sessions: Vec<FlaskSession> = sessions
        .filter(|session| ["signed in", "runs a command"].contains(&session.name.as_str()))
        .collect();
    for session in &sessions {
        let mut set = redis::cmd("SET");
        set.arg(&session.key)
            .arg(BASE64_STANDARD.decode(&session.value).expect("base64"));
        let mut connection = redis.connect().await;
        set.query_async::<()>(&mut connection)
            .await
            .expect("stored");
        let planned = client
            .post(format!("{url}/api/v1/imports/plan"))
            .header("authorization", bearer(&people[0]))
            .header("cookie", format!("session={}", session.cookie))
            .json(&json!({"source": "session"}));
        assert_eq!(planned.send().await.expect("an answer").status(), 200);
    }
    let log = server.stop();
    assert!(log.contains("a session of GN2 cannot be read"), "{log}");
    for session in &sessions {
        let (id, signature) = session.cookie.split_once('.').expect("signed");
        assert_silent(&log, &[id, signature]);
    }
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
            "@uthsc.example",
            "wrong-password",
            "old-demo",
            "Researcher",
            "My traits",
            secret_key,
            "somebody@example.org",
        ],
    );
}

#[tokio::test]
async fn log_of_a_mediated_sign_in_contains_no_secret() {
    let people = people();
    let redis = Redis::start();
    let auth = UserEndpoint::start(&people).await;
    let kind = AuthServerKind {
        refresh: true,
        ..AuthServerKind::default()
    };
    let issuer = TokenEndpoint::start(kind, &people).await;
    let token_url = format!("{}/token", issuer.url);
    let revoke_url = format!("{}/revoke", issuer.url);
    let server = ServerProcess::start(
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
        .requests()
        .into_iter()
        .filter_map(|asked| asked.form.get("refresh_token").cloned())
        .collect();
    assert_eq!(refresh_tokens.len(), 1);
    let log = server.stop();
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
