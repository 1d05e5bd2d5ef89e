//! Invalid tokens and invalid answers of auth servers, with the status, the problem and the
//! challenge of each refusal.

use crate::harness::{
    ApiResponse, Behavior, Setup, Signer, SigningKey, bearer, people, token, unix_now, within,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::time::Duration;

/// An expected refusal.
struct Refusal {
    status: u16,
    problem: &'static str,
    challenge: Option<&'static str>,
}

const ANONYMOUS: Refusal = Refusal {
    status: 401,
    problem: "unauthenticated",
    challenge: Some("Bearer"),
};
const INVALID: Refusal = Refusal {
    status: 401,
    problem: "unauthenticated",
    challenge: Some("Bearer error=\"invalid_token\""),
};
const EXPIRED: Refusal = Refusal {
    status: 401,
    problem: "token-expired",
    challenge: Some("Bearer error=\"invalid_token\""),
};
const SCOPE: Refusal = Refusal {
    status: 403,
    problem: "insufficient-scope",
    challenge: Some("Bearer error=\"insufficient_scope\""),
};
const UNAVAILABLE: Refusal = Refusal {
    status: 503,
    problem: "auth-server-unavailable",
    challenge: None,
};

impl Refusal {
    fn check(&self, row: &str, answer: &ApiResponse) {
        assert_eq!(answer.problem(), self.problem, "{row}");
        assert_eq!(answer.status, self.status, "{row}");
        let challenge = answer.headers.get("www-authenticate");
        let challenge = challenge.map(|value| value.to_str().expect("text"));
        assert_eq!(challenge, self.challenge, "{row}");
    }
}

/// Returns claims with some of them replaced; `null` removes one.
fn changed(claims: &Value, change: Value) -> Value {
    let mut claims = claims.as_object().expect("an object").clone();
    for (name, value) in change.as_object().expect("an object").clone() {
        if value.is_null() {
            claims.remove(&name);
        } else {
            claims.insert(name, value);
        }
    }
    Value::Object(claims)
}

fn unsigned(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one table")]
async fn invalid_tokens_are_refused() {
    let key = SigningKey::generate("one");
    let stranger = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let flags = signer.flags("jwt");
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let setup = Setup::with(&flags, &people()).await;
    let claims = signer.claims_with_profile(&people()[0]);
    let sound = key.sign(&claims);
    let with = |change: Value| key.sign(&changed(&claims, change));

    // The public key, in each form in which somebody might use it as a shared secret.
    let public = key.public();
    let modulus = public["n"].as_str().expect("text");
    let by_public_key = |secret: &[u8]| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some("one".to_owned());
        encode(&header, &claims, &EncodingKey::from_secret(secret)).expect("signed")
    };
    let mut other_type = Header::new(Algorithm::RS256);
    other_type.kid = Some("one".to_owned());
    other_type.typ = Some("logout+jwt".to_owned());
    let mut critical = Header::new(Algorithm::RS256);
    critical.kid = Some("one".to_owned());
    critical.crit = Some(vec!["exp".to_owned()]);
    let other_type = encode(&other_type, &claims, &key.key).expect("signed");
    let critical = encode(&critical, &claims, &key.key).expect("signed");
    let none = json!({"alg": "none", "typ": "JWT", "kid": "one"});
    let (body, signature) = sound.rsplit_once('.').expect("a signature");
    let (header, _) = body.split_once('.').expect("a header");
    let other_claims = changed(&claims, json!({"sub": people()[1].user_id}));
    let swapped = format!(
        "{header}.{}.{signature}",
        BASE64_URL_SAFE_NO_PAD.encode(other_claims.to_string())
    );
    let now = unix_now();

    let rows: Vec<(&str, String, Refusal)> = vec![
        ("garbage", "garbage".to_owned(), INVALID),
        ("dots", "a.b.c".to_owned(), INVALID),
        ("wrong signature", stranger.sign(&claims), INVALID),
        ("other claims under a signature", swapped, INVALID),
        (
            "cut signature",
            sound[..sound.len() - 4].to_owned(),
            INVALID,
        ),
        ("no signature", format!("{body}."), INVALID),
        ("alg none", unsigned(&none, &claims, ""), INVALID),
        (
            "alg none in capitals",
            unsigned(&json!({"alg": "NONE", "kid": "one"}), &claims, ""),
            INVALID,
        ),
        (
            "HS256 with the public key's modulus",
            by_public_key(modulus.as_bytes()),
            INVALID,
        ),
        (
            "HS256 with the decoded modulus",
            by_public_key(&BASE64_URL_SAFE_NO_PAD.decode(modulus).expect("base64")),
            INVALID,
        ),
        (
            "HS256 with the whole public key",
            by_public_key(public.to_string().as_bytes()),
            INVALID,
        ),
        ("another type of token", other_type, INVALID),
        ("an unknown critical header", critical, INVALID),
        (
            "wrong iss",
            with(json!({"iss": "https://evil.example"})),
            INVALID,
        ),
        (
            "iss is a list with ours",
            with(json!({"iss": [7]})),
            INVALID,
        ),
        ("no iss", with(json!({"iss": null})), INVALID),
        ("wrong aud", with(json!({"aud": "another"})), INVALID),
        ("no aud", with(json!({"aud": null})), INVALID),
        ("expired", with(json!({"exp": now - 3600})), EXPIRED),
        (
            "expired beyond the leeway",
            with(json!({"exp": now - 90})),
            EXPIRED,
        ),
        ("never expires", with(json!({"exp": null})), INVALID),
        ("exp is a text", with(json!({"exp": "4000000000"})), INVALID),
        ("not yet valid", with(json!({"nbf": now + 3600})), INVALID),
        ("nbf is a text", with(json!({"nbf": "1"})), INVALID),
        (
            "missing scope",
            with(json!({"scope": "openid email"})),
            SCOPE,
        ),
        ("no scope", with(json!({"scope": null})), SCOPE),
        ("oversized", "a".repeat(16 * 1024), INVALID),
    ];
    for (row, token, refusal) in rows {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let answer = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
        refusal.check(row, &answer);
    }

    let bearer = format!("Bearer {sound}");
    let headers = [("authorization", bearer.as_str())];
    let answer = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
    assert_eq!(
        answer.status, 200,
        "the token that all rows depart from is sound"
    );
    assert_eq!(setup.auth.calls(), 0);
}

#[tokio::test]
async fn invalid_answers_of_the_user_endpoint_are_refused() {
    let setup = Setup::empty().await;
    let person = &people()[0];
    for (row, mood, refusal) in [
        ("redirects", Behavior::Redirects, UNAVAILABLE),
        ("hangs", Behavior::Hangs, UNAVAILABLE),
        ("answers HTML", Behavior::Page, UNAVAILABLE),
        ("answers other JSON", Behavior::OtherJson, UNAVAILABLE),
        ("fails", Behavior::Fails, UNAVAILABLE),
        (
            "raises an error about the token",
            Behavior::Raises("InvalidTokenError"),
            INVALID,
        ),
        (
            "raises an error about its expiry",
            Behavior::Raises("ExpiredTokenError"),
            EXPIRED,
        ),
        (
            "raises another error",
            Behavior::Raises("OperationalError"),
            UNAVAILABLE,
        ),
        ("says expired", Behavior::Expired, EXPIRED),
        ("says scope", Behavior::NoScope, SCOPE),
    ] {
        setup.auth.set_behavior(mood);
        let answer = setup.get(person, "/api/v1/me");
        let answer = within(Duration::from_secs(3), row, answer).await;
        refusal.check(row, &answer);
    }
    setup.auth.set_behavior(Behavior::Sound);
    let headers = [("authorization", "Bearer unknown")];
    let unknown = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
    INVALID.check("unknown token", &unknown);
    let long = format!("{}{}", bearer(person), "a".repeat(16 * 1024));
    let before = setup.auth.calls();
    let headers = [("authorization", long.as_str())];
    let oversized = setup.send(Method::GET, "/api/v1/me", &headers, None).await;
    INVALID.check("oversized header", &oversized);
    let in_query = format!("/api/v1/me?access_token={}", token(person));
    let in_query = setup.send(Method::GET, &in_query, &[], None).await;
    ANONYMOUS.check("token in the query", &in_query);
    assert_eq!(setup.auth.calls(), before, "nobody was asked about these");
}

#[tokio::test]
async fn tokens_outside_the_authorization_header_are_ignored() {
    let setup = Setup::empty().await;
    let person = &people()[0];
    let (sound, sound_header) = (token(person), bearer(person));
    let (sound, sound_header) = (sound.as_str(), sound_header.as_str());
    let in_query = format!("/api/v1/me?access_token={sound}");
    let rows = [
        ("no token", "/api/v1/me", vec![], ANONYMOUS),
        ("token in the query", in_query.as_str(), vec![], ANONYMOUS),
        (
            "token in a cookie",
            "/api/v1/me",
            vec![("cookie", sound)],
            ANONYMOUS,
        ),
        (
            "another scheme",
            "/api/v1/me",
            vec![("authorization", "Basic YTpi")],
            INVALID,
        ),
        (
            "two headers",
            "/api/v1/me",
            vec![
                ("authorization", sound_header),
                ("authorization", sound_header),
            ],
            INVALID,
        ),
    ];
    for (row, path, headers, refusal) in rows {
        let answer = setup.send(Method::GET, path, &headers, None).await;
        refusal.check(row, &answer);
    }
    assert_eq!(setup.auth.calls(), 0);
}
