//! The three ways to check a token: what they accept, and how seldom they ask.

use crate::harness::{
    Answer, Person, Setup, Signer, SigningKey, Turned, bearer, people, token, unix_now,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use http::Method;
use serde_json::{Value, json};
use server::service::clock::Ticker;
use std::time::Duration;

async fn start(signer: &Signer, method: &str, ticker: &Ticker) -> Setup {
    let flags = signer.flags(method);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    Setup::by_clock(&flags, &people(), ticker).await
}

async fn me(setup: &Setup, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    setup.send(Method::GET, "/api/v1/me", &headers, None).await
}

fn expected(person: &Person) -> Value {
    json!({"user_id": person.user_id, "email": person.email, "email_verified": true, "name": person.name, "group": null})
}

#[tokio::test]
async fn a_signed_token_with_a_profile_is_enough() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let setup = start(&signer, "jwt", &Ticker::system()).await;
    let person = &people()[0];
    let claims = signer.whole_claims(person);
    assert_eq!(me(&setup, &key.sign(&claims)).await.body, expected(person));
    // Clocks may be a minute apart, and a URL is an issuer with and without a slash.
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
async fn a_signed_token_without_a_profile_is_completed_by_the_user_endpoint() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let setup = start(&signer, "jwt", &Ticker::system()).await;
    let (person, other) = (&people()[0], &people()[1]);
    let token = key.sign(&signer.claims(person));
    setup.auth.also_knows(&token, person);
    assert_eq!(me(&setup, &token).await.body, expected(person));
    assert_eq!(setup.auth.calls(), 1);
    // An answer about somebody else is not used.
    let token = key.sign(&signer.claims(other));
    setup.auth.also_knows(&token, person);
    assert_eq!(me(&setup, &token).await.problem(), "unauthenticated");
}

#[tokio::test]
async fn a_new_key_is_found_and_a_withdrawn_one_forgotten() {
    let (one, two) = (SigningKey::generate("one"), SigningKey::generate("two"));
    let signer = Signer::start(&one).await;
    let clock = Turned::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.whole_claims(&people()[0]);
    assert_eq!(me(&setup, &one.sign(&claims)).await.status, 200);
    signer.publishes(&[two.public()]);
    let refused = me(&setup, &two.sign(&claims)).await;
    assert_eq!(
        refused.problem(),
        "unauthenticated",
        "not yet asked for again"
    );
    clock.forward(Duration::from_secs(31));
    assert_eq!(me(&setup, &two.sign(&claims)).await.status, 200);
    assert_eq!(signer.key_fetches(), 2);
    let withdrawn = me(&setup, &one.sign(&claims)).await;
    assert_eq!(withdrawn.problem(), "unauthenticated");
    signer.publishes(&[one.public()]);
    clock.forward(Duration::from_mins(11));
    let withdrawn = me(&setup, &two.sign(&claims)).await;
    assert_eq!(
        withdrawn.problem(),
        "unauthenticated",
        "known keys grow old"
    );
}

#[tokio::test]
async fn a_thousand_made_up_key_ids_cause_one_fetch_in_thirty_seconds() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let clock = Turned::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.whole_claims(&people()[0]);
    // No signature is looked at whose key is not found.
    let forge = || {
        let header = json!({"alg": "RS256", "typ": "at+jwt", "kid": uuid::Uuid::new_v4()});
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.AAAA", part(&header), part(&claims))
    };
    for fetches in 1..=2 {
        let answers = stream::iter((0..1000).map(|_| forge()))
            .map(async |token| me(&setup, &token).await)
            .buffer_unordered(100);
        answers
            .for_each(async |answer| assert_eq!(answer.problem(), "unauthenticated"))
            .await;
        assert_eq!(signer.key_fetches(), fetches);
        clock.forward(Duration::from_secs(29));
        assert_eq!(me(&setup, &key.sign(&claims)).await.status, 200);
        assert_eq!(signer.key_fetches(), fetches, "a known key needs none");
        clock.forward(Duration::from_secs(1));
    }
}

#[tokio::test]
async fn a_thousand_requests_with_one_new_token_ask_once() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let person = &people()[0];
    let worth = json!({"active": true, "sub": person.user_id, "scope": "profile", "email": person.email, "email_verified": true, "name": person.name});
    signer.knows(&token(person), worth);
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
async fn introspection_says_what_a_token_is_worth() {
    let signer = Signer::start(&SigningKey::generate("one")).await;
    let setup = start(&signer, "introspection", &Ticker::system()).await;
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
        signer.knows(&token(person), worth.clone());
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
async fn old_keys_are_better_than_none_while_the_auth_server_is_away() {
    let key = SigningKey::generate("one");
    let signer = Signer::start(&key).await;
    let clock = Turned::new();
    let setup = start(&signer, "jwt", &clock.ticker()).await;
    let claims = signer.whole_claims(&people()[0]);
    assert_eq!(me(&setup, &key.sign(&claims)).await.status, 200);
    drop(signer);
    clock.forward(Duration::from_mins(11));
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
