//! The three token validators, and the number of their requests.

use crate::harness::{
    ApiResponse, ManualClock, Person, Setup, Signer, SigningKey, bearer, people, token, unix_now,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use std::time::Duration;

async fn start(signer: &Signer, method: &str, ticker: &MonotonicClock) -> Setup {
    let flags = signer.flags(method);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    Setup::with_clock(&flags, &people(), ticker).await
}

async fn me(setup: &Setup, token: &str) -> ApiResponse {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    setup.send(Method::GET, "/api/v1/me", &headers, None).await
}

fn expected(person: &Person) -> Value {
    json!({"user_id": person.user_id, "email": person.email, "email_verified": true, "name": person.name, "group": null})
}

#[tokio::test]
async fn signed_token_with_a_profile_needs_no_user_endpoint() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let setup = start(&signer, "jwt", &MonotonicClock::system()).await;
    let person = &people()[0];
    let claims = signer.claims_with_profile(person);
    assert_eq!(me(&setup, &key.sign(&claims)).await.body, expected(person));
    // Clocks may differ by a minute, and the issuer may end with a slash.
    for change in [
        json!({"exp": unix_now() - 30}),
        json!({"nbf": unix_now() + 30}),
        json!({"iss": format!("{}/", signer.url)}),
        json!({"aud": ["another", "gn-collections-spa"]}),
        json!({"exp": 0.5 + 4_000_000_000.0}),
    ] {
        let mut claims = claims.clone();
        let change = change.as_object().expect("an object").clone();
        claims.as_object_mut().expect("an object").extend(change);
        let answer = me(&setup, &key.sign(&claims)).await;
        assert_eq!(answer.status, 200, "{claims}");
    }
    assert_eq!(setup.auth.calls(), 0, "nobody else was asked");
    assert_eq!(signer.key_fetches(), 1);
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.status, 200);
}

#[tokio::test]
async fn signed_token_without_a_profile_uses_the_user_endpoint() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let setup = start(&signer, "jwt", &MonotonicClock::system()).await;
    let (person, other) = (&people()[0], &people()[1]);
    let token = key.sign(&signer.claims(person));
    setup.auth.add_token(&token, person);
    assert_eq!(me(&setup, &token).await.body, expected(person));
    assert_eq!(setup.auth.calls(), 1);
    // A response about another subject is not used.
    let token = key.sign(&signer.claims(other));
    setup.auth.add_token(&token, person);
    assert_eq!(me(&setup, &token).await.problem(), "unauthenticated");
}

#[tokio::test]
async fn new_key_is_found_and_withdrawn_key_is_dropped() {
    let [one, two, three] = ["one", "two", "three"].map(SigningKey::generate);
    let signer = Signer::start(&one).await;
    let clock = ManualClock::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.claims_with_profile(&people()[0]);
    assert_eq!(me(&setup, &one.sign(&claims)).await.status, 200);
    signer.publish(&[two.public()]);
    assert_eq!(me(&setup, &two.sign(&claims)).await.status, 200, "at once");
    assert_eq!(signer.key_fetches(), 2);
    let withdrawn = me(&setup, &one.sign(&claims)).await;
    assert_eq!(withdrawn.problem(), "unauthenticated");
    assert_eq!(signer.key_fetches(), 3, "it is looked for once");
    signer.publish(&[two.public(), three.public()]);
    let refused = me(&setup, &three.sign(&claims)).await;
    assert_eq!(refused.problem(), "unauthenticated", "not yet looked for");
    clock.advance(Duration::from_secs(31));
    assert_eq!(me(&setup, &three.sign(&claims)).await.status, 200);
    assert_eq!(signer.key_fetches(), 4);
    signer.publish(&[one.public()]);
    clock.advance(Duration::from_mins(11));
    let withdrawn = me(&setup, &two.sign(&claims)).await;
    assert_eq!(
        withdrawn.problem(),
        "unauthenticated",
        "known keys grow old"
    );
}

#[tokio::test]
async fn key_document_of_gn_auth_is_read_but_its_tokens_are_refused() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    signer.publish_document(json!({"documentation": "The keys.", "jwks": [key.public()]}));
    let setup = start(&signer, "jwt", &MonotonicClock::system()).await;
    let person = &people()[0];
    let claims = signer.claims_with_profile(person);
    assert_eq!(me(&setup, &key.sign(&claims)).await.body, expected(person));
    // They name neither an end nor an audience: a token of any client would be good for ever.
    let gn_auth = key.sign(&json!({
        "iss": signer.url, "sub": person.user_id, "iat": unix_now(),
        "client_id": "gn-collections-spa", "oauth2_client_id": "gn-collections-spa",
    }));
    setup.auth.add_token(&gn_auth, person);
    assert_eq!(me(&setup, &gn_auth).await.problem(), "unauthenticated");
    let setup = start(&signer, "userinfo", &MonotonicClock::system()).await;
    setup.auth.add_token(&gn_auth, person);
    assert_eq!(me(&setup, &gn_auth).await.body, expected(person));
}

#[tokio::test]
async fn thousand_tokens_without_a_known_key_cause_one_fetch() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    // With two keys, a token that names none belongs to neither.
    signer.publish(&[key.public(), SigningKey::generate("two").public()]);
    let clock = ManualClock::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.claims_with_profile(&people()[0]);
    // A signature with an unknown key is not checked.
    let forge = |has_key_id: bool| {
        let mut header = json!({"alg": "RS256", "typ": "at+jwt"});
        if has_key_id {
            header["kid"] = json!(uuid::Uuid::new_v4());
        }
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.AAAA", part(&header), part(&claims))
    };
    for (fetches, has_key_id) in [(1, true), (2, false)] {
        let answers = stream::iter((0..1000).map(|_| forge(has_key_id)))
            .map(async |token| me(&setup, &token).await)
            .buffer_unordered(100);
        answers
            .for_each(async |answer| assert_eq!(answer.problem(), "unauthenticated"))
            .await;
        assert_eq!(signer.key_fetches(), fetches);
        clock.advance(Duration::from_secs(29));
        assert_eq!(me(&setup, &key.sign(&claims)).await.status, 200);
        assert_eq!(signer.key_fetches(), fetches, "a known key needs none");
        clock.advance(Duration::from_secs(1));
    }
}

#[tokio::test]
async fn thousand_requests_with_a_new_token_cause_one_validation() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let person = &people()[0];
    let worth = json!({"active": true, "sub": person.user_id, "scope": "profile", "email": person.email, "email_verified": true, "name": person.name});
    signer.set_introspection(&token(person), worth);
    for method in ["userinfo", "introspection"] {
        let mut flags = signer.flags(method);
        flags.push("--token-cache-seconds=60".to_owned());
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        let setup = Setup::with(&flags, &people()).await;
        let answers = join_all((0..1000).map(|_| setup.get(person, "/api/v1/me"))).await;
        assert!(answers.iter().all(|answer| answer.body == expected(person)));
        let asked = setup.auth.calls() + signer.introspections();
        assert_eq!(asked, 1, "{method}");
    }
}

#[tokio::test]
async fn introspection_accepts_and_refuses_tokens() {
    let signer = Signer::start(&SigningKey::generate("one")).await;
    let setup = start(&signer, "introspection", &MonotonicClock::system()).await;
    let person = &people()[0];
    let sound = json!({"active": true, "sub": person.user_id, "scope": "openid profile"});
    for (change, status) in [
        (json!({}), 200),
        (json!({"aud": "gn-collections-spa"}), 200),
        (json!({"aud": ["x", "gn-collections-spa"]}), 200),
        (json!({"client_id": "gn-collections-spa"}), 200),
        (json!({"exp": 4_000_000_000_i64}), 200),
        (json!({"active": false}), 401),
        (json!({"aud": "another"}), 401),
        (json!({"client_id": "another"}), 401),
        (json!({"scope": "openid"}), 403),
        (json!({"active": "yes"}), 503),
        (json!({"sub": people()[1].user_id}), 401),
    ] {
        let mut worth = sound.clone();
        let change = change.as_object().expect("an object").clone();
        worth.as_object_mut().expect("an object").extend(change);
        signer.set_introspection(&token(person), worth.clone());
        let answer = setup.get(person, "/api/v1/me").await;
        assert_eq!(answer.status, status, "{worth}");
        if status == 200 {
            assert_eq!(
                answer.body,
                expected(person),
                "completed by the user endpoint"
            );
        }
    }
    let unknown = me(&setup, "unknown").await;
    assert_eq!(unknown.problem(), "unauthenticated");
    let ready = setup.send(Method::GET, "/readyz", &[], None).await;
    assert_eq!(ready.status, 200);
}

#[tokio::test]
async fn old_keys_are_used_while_the_auth_server_is_away() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let clock = ManualClock::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.claims_with_profile(&people()[0]);
    assert_eq!(me(&setup, &key.sign(&claims)).await.status, 200);
    drop(signer);
    clock.advance(Duration::from_mins(11));
    assert_eq!(me(&setup, &key.sign(&claims)).await.status, 200);
    let unknown = SigningKey::generate("two").sign(&claims);
    let answer = me(&setup, &unknown).await;
    assert_eq!(
        answer.problem(),
        "auth-server-unavailable",
        "nobody can tell"
    );
    let person = &people()[0];
    assert_eq!(
        setup
            .send(
                Method::GET,
                "/api/v1/me",
                &[("authorization", &bearer(person))],
                None
            )
            .await
            .problem(),
        "unauthenticated",
        "an opaque token is none of ours"
    );
}
