//! Tokens that say something about themselves, which must be true: their kind, their account, their
//! issuer, and their time.

use crate::harness::{
    ApiResponse, AuthServerKind, Behavior, CLIENT_ID, CLIENT_SECRET, Setup, Signer, SigningKey,
    TokenEndpoint, code, people, token, unix_now,
};
use http::Method;
use serde_json::{Value, json};

const OWN: &str = "https://collections.example.org";
const SOMEBODY: &str = "00000000-0000-4000-8000-000000000000";

async fn start(signer: &Signer, method: &str, more: &[&str]) -> Setup {
    let mut flags = signer.flags(method);
    flags.extend(more.iter().map(|flag| (*flag).to_owned()));
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    Setup::with(&flags, &people()).await
}

async fn me(setup: &Setup, token: &str) -> ApiResponse {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    setup.send(Method::GET, "/api/v1/me", &headers, None).await
}

/// Returns an object with members added.
fn with(object: &Value, members: Value) -> Value {
    let mut object = object.clone();
    let members = members.as_object().expect("an object").clone();
    object.as_object_mut().expect("an object").extend(members);
    object
}

#[tokio::test]
async fn user_id_and_sub_that_disagree_are_nobody() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let person = &people()[0];
    let claims = signer.claims_with_profile(person);
    let setup = start(&signer, "jwt", &[]).await;
    let same = key.sign(&with(&claims, json!({"user_id": person.user_id})));
    assert_eq!(me(&setup, &same).await.status, 200);
    let other = key.sign(&with(&claims, json!({"user_id": SOMEBODY})));
    // The user endpoint would name one of the two.
    setup.auth.add_token(&other, person);
    assert_eq!(me(&setup, &other).await.problem(), "unauthenticated");

    let setup = start(&signer, "introspection", &[]).await;
    let stated =
        json!({"active": true, "scope": "profile", "sub": person.user_id, "user_id": SOMEBODY});
    signer.set_introspection(&token(person), stated);
    assert_eq!(
        me(&setup, &token(person)).await.problem(),
        "unauthenticated"
    );

    let setup = Setup::empty().await;
    assert_eq!(me(&setup, &token(person)).await.status, 200);
    setup.auth.set_behavior(Behavior::TwoAccounts);
    assert_eq!(
        me(&setup, &token(person)).await.problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn only_access_tokens_give_access() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let claims = signer.claims_with_profile(&people()[0]);
    for (setting, plain) in [(None, 401), (Some("--oauth-jwt-type=any"), 200)] {
        let setup = start(&signer, "jwt", setting.as_slice()).await;
        for (kind, status) in [
            ("at+jwt", 200),
            ("application/at+jwt", 200),
            ("JWT", plain),
            ("logout+jwt", 401),
        ] {
            let answer = me(&setup, &key.sign_as(kind, &claims)).await;
            assert_eq!(answer.status, status, "{kind} {setting:?}");
            for claim in ["nonce", "at_hash", "c_hash", "s_hash"] {
                let id_token = key.sign_as(kind, &with(&claims, json!({ claim: "x" })));
                let answer = me(&setup, &id_token).await;
                assert_eq!(answer.problem(), "unauthenticated", "{kind} with {claim}");
            }
        }
    }
}

#[tokio::test]
async fn introspection_response_must_agree_with_this_server_and_the_time() {
    let signer = Signer::start(&SigningKey::generate("one")).await;
    let setup = start(&signer, "introspection", &[]).await;
    let person = &people()[0];
    let sound = json!({"active": true, "sub": person.user_id, "scope": "profile"});
    let now = unix_now();
    for (members, status, problem) in [
        (json!({"iss": signer.url}), 200, ""),
        (json!({"iss": format!("{}/", signer.url)}), 200, ""),
        (json!({"token_type": "Bearer"}), 200, ""),
        (json!({"token_type": "bearer"}), 200, ""),
        (json!({"exp": now + 600, "nbf": now - 1}), 200, ""),
        // Clocks may differ by a minute.
        (json!({"exp": now - 30}), 200, ""),
        (json!({"nbf": now + 30}), 200, ""),
        (
            json!({"iss": "https://evil.example"}),
            401,
            "unauthenticated",
        ),
        (
            json!({"token_type": "refresh_token"}),
            401,
            "unauthenticated",
        ),
        (json!({"token_type": "DPoP"}), 401, "unauthenticated"),
        (json!({"exp": now - 3600}), 401, "token-expired"),
        (json!({"nbf": now + 3600}), 401, "unauthenticated"),
    ] {
        signer.set_introspection(&token(person), with(&sound, members.clone()));
        let answer = me(&setup, &token(person)).await;
        assert_eq!(answer.status, status, "{members}");
        if status != 200 {
            assert_eq!(answer.problem(), problem, "{members}");
        }
    }
}

/// Starts the mediated mode with this setting of the cache.
async fn mediated(cache: &str) -> (Setup, TokenEndpoint) {
    let issuer = TokenEndpoint::start(AuthServerKind::default(), &people()).await;
    let flags = [
        format!("--oauth-client-id={CLIENT_ID}"),
        format!("--oauth-client-secret={CLIENT_SECRET}"),
        format!("--oauth-token-url={}/token", issuer.url),
        format!("--token-cache-seconds={cache}"),
    ];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    (Setup::with(&flags, &people()).await, issuer)
}

async fn exchange(setup: &Setup, verifier: &str) -> ApiResponse {
    let body = json!({"code": code(&people()[0]), "code_verifier": verifier, "redirect_uri": format!("{OWN}/callback")});
    let headers = [("origin", OWN)];
    let path = "/api/v1/oauth2/token";
    setup.send(Method::POST, path, &headers, Some(&body)).await
}

#[tokio::test]
async fn opaque_token_is_not_cached_past_the_expiry_that_its_issuer_stated() {
    let person = &people()[0];
    for (lifetime, cached) in [(0, false), (3600, true)] {
        let (setup, issuer) = mediated("60").await;
        let grant =
            json!({"access_token": token(person), "token_type": "Bearer", "expires_in": lifetime});
        issuer.respond_with(200, &grant.to_string());
        assert_eq!(exchange(&setup, &"v".repeat(43)).await.status, 200);
        for _ in 0..3 {
            assert_eq!(me(&setup, &token(person)).await.status, 200);
        }
        // The audit of the sign-in may have asked as well.
        let calls = setup.auth.calls();
        assert_eq!(calls == 1, cached, "{lifetime}: {calls}");
        assert!(cached || calls >= 3, "{calls}");
    }
}

#[tokio::test]
async fn verifier_has_the_length_and_the_characters_of_the_standard() {
    let (setup, issuer) = mediated("0").await;
    for verifier in [
        "v".repeat(42),
        "v".repeat(129),
        String::new(),
        format!("{} ", "v".repeat(50)),
        "\u{e9}".repeat(50),
    ] {
        let answer = exchange(&setup, &verifier).await;
        assert_eq!(answer.problem(), "invalid-request", "{verifier}");
        assert_eq!(answer.body["errors"][0]["path"], "code_verifier");
    }
    assert!(issuer.requests().is_empty(), "the code is still unused");
    let verifier = format!("{}-._~", "v".repeat(124));
    assert_eq!(exchange(&setup, &verifier).await.status, 200);
}
