//! Responses and refusals of every endpoint.

use crate::harness::{Behavior, Setup, bearer, people};
use http::Method;
use serde_json::{Value, json};

const MIGRATIONS: &str = "/api/v1/migrations";

#[tokio::test]
async fn config_describes_the_sign_in() {
    let token_url = json!("https://auth.example.org/token");
    for (flags, mode, token_url) in [
        (&[][..], "mediated", &Value::Null),
        (&["--oauth-mode=direct"], "direct", &token_url),
    ] {
        let setup = Setup::with(flags, &people()).await;
        let answer = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(answer.status, 200);
        let oauth = &answer.body["oauth"];
        assert_eq!(oauth["client_id"], "gn-collections-spa");
        assert_eq!(oauth["mode"], mode);
        assert_eq!(
            oauth["redirect_uri"],
            "https://collections.example.org/callback"
        );
        assert_eq!(&oauth["token_url"], token_url);
    }
}

#[tokio::test]
async fn config_has_the_links_to_genenetwork() {
    let none = json!({"register": null, "home": null, "trait": null, "collection": null});
    let links = json!({
        "register": null, "home": "https://gn.example/", "trait": "https://gn.example/{trait}/{dataset}",
        "collection": "https://gn.example/view?uc_id={id}",
    });
    let flags = [
        "--home-url=https://gn.example/",
        "--trait-url=https://gn.example/{trait}/{dataset}",
        "--collection-url=https://gn.example/view?uc_id={id}",
    ];
    let empty = ["--home-url=", "--collection-url="];
    for (flags, links) in [(&flags[..], links), (&empty, none)] {
        let setup = Setup::with(flags, &people()).await;
        let answer = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(answer.body["links"], links);
    }
}

#[tokio::test]
async fn me_returns_the_signed_in_person() {
    let setup = Setup::empty().await;
    let person = &people()[0];
    let answer = setup.get(person, "/api/v1/me").await;
    assert_eq!(
        answer.body,
        json!({"user_id": person.user_id, "email": person.email, "email_verified": true, "name": person.name, "group": null})
    );
}

#[tokio::test]
async fn personal_routes_require_a_token() {
    let setup = Setup::with_sample().await;
    let get = [
        "/api/v1/me",
        "/api/v1/collections",
        "/api/v1/legacy",
        "/api/v1/receipts",
    ];
    let nobody = uuid::Uuid::nil();
    let one = [
        format!("/api/v1/collections/{nobody}"),
        format!("/api/v1/collections/{nobody}/signatures"),
        format!("/api/v1/receipts/{nobody}"),
    ];
    for path in get.iter().copied().chain(one.iter().map(String::as_str)) {
        let anonymous = setup.send(Method::GET, path, &[], None).await;
        assert_eq!(anonymous.problem(), "unauthenticated", "{path}");
        assert_eq!(anonymous.headers["www-authenticate"], "Bearer");
        let garbage = [("authorization", "Bearer garbage")];
        let garbage = setup.send(Method::GET, path, &garbage, None).await;
        assert_eq!(garbage.problem(), "unauthenticated", "{path}");
        assert_eq!(
            garbage.headers["www-authenticate"],
            "Bearer error=\"invalid_token\""
        );
        let in_query = format!("{path}?access_token=token-of-{}", people()[0].user_id);
        assert_eq!(
            setup.send(Method::GET, &in_query, &[], None).await.status,
            401
        );
    }
    for path in [MIGRATIONS, "/api/v1/imports", "/api/v1/imports/plan"] {
        let answer = setup.send(Method::POST, path, &[], Some(&json!({}))).await;
        assert_eq!(answer.problem(), "unauthenticated", "{path}");
    }
}

#[tokio::test]
async fn every_failure_of_the_auth_server_has_its_problem() {
    let setup = Setup::empty().await;
    let person = &people()[0];
    for (mood, problem) in [
        (Behavior::Expired, "token-expired"),
        (Behavior::NoScope, "insufficient-scope"),
        (Behavior::Page, "auth-server-unavailable"),
        (Behavior::OtherJson, "auth-server-unavailable"),
        (Behavior::Redirects, "auth-server-unavailable"),
        (Behavior::Fails, "auth-server-unavailable"),
    ] {
        setup.auth.set_behavior(mood);
        assert_eq!(setup.get(person, "/api/v1/me").await.problem(), problem);
    }
}

#[tokio::test]
async fn address_without_the_claim_is_verified_only_by_the_operator() {
    let person = people()[0].clone();
    for (flag, verified) in [
        ("--email-trust=claim", false),
        ("--email-trust=issuer", true),
    ] {
        let setup = Setup::with(&[flag], std::slice::from_ref(&person)).await;
        setup.auth.set_behavior(Behavior::WithoutVerified);
        assert_eq!(
            setup.get(&person, "/api/v1/me").await.body["email_verified"],
            verified
        );
    }
}

#[tokio::test]
async fn transfer_requires_headers_and_a_valid_body() {
    let setup = Setup::with_sample().await;
    let person = &people()[0];
    let bearer = bearer(person);
    let before = setup.redis.content().await;
    let auth = ("authorization", bearer.as_str());
    let key = ("idempotency-key", "k");
    let tag = ("if-match", "\"x\"");
    let long = "k".repeat(256);
    let sound = json!({});
    for (headers, body, problem, status) in [
        (vec![auth, tag], &sound, "idempotency-key-missing", 400),
        (
            vec![auth, tag, ("idempotency-key", "a b")],
            &sound,
            "idempotency-key-missing",
            400,
        ),
        (
            vec![auth, tag, ("idempotency-key", &long)],
            &sound,
            "idempotency-key-missing",
            400,
        ),
        (vec![auth, key], &sound, "precondition-required", 428),
        (
            vec![auth, key, ("if-match", "*")],
            &sound,
            "invalid-request",
            400,
        ),
        (vec![auth, key, tag], &json!([]), "invalid-request", 422),
        (
            vec![auth, key, tag],
            &json!({"choices": {"0:0": "burn"}}),
            "invalid-request",
            422,
        ),
        (
            vec![auth, key, tag],
            &json!({"owner": "somebody else"}),
            "invalid-request",
            422,
        ),
        (vec![auth, key, tag], &sound, "stale-plan", 412),
    ] {
        let answer = setup
            .send(Method::POST, MIGRATIONS, &headers, Some(body))
            .await;
        assert_eq!(answer.problem(), problem, "{}", answer.body);
        assert_eq!(answer.status, status);
    }
    assert_eq!(
        setup.redis.content().await,
        before,
        "refusals change nothing"
    );
}

#[tokio::test]
async fn non_json_and_large_bodies_are_refused() {
    let setup = Setup::empty().await;
    let bearer = bearer(&people()[0]);
    let client = reqwest::Client::new();
    let post = |content_type: &'static str, body: Vec<u8>| {
        client
            .post(format!("{}/api/v1/imports/plan", setup.url))
            .header("authorization", &bearer)
            .header("content-type", content_type)
            .body(body)
            .send()
    };
    for (content_type, body, status) in [
        ("text/plain", b"{}".to_vec(), 400),
        ("application/json", b"{\"collections\"".to_vec(), 400),
        ("application/json", b"{\"collections\": []} x".to_vec(), 400),
        ("application/json", b"{\"collections\": 7}".to_vec(), 422),
        ("application/json", vec![b' '; 16 * 1024 * 1024 + 1], 413),
    ] {
        let answer = post(content_type, body).await.expect("an answer");
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn collection_is_returned_with_members_and_version() {
    let setup = Setup::with_sample().await;
    let person = people()
        .into_iter()
        .find(|person| person.name == "Researcher 09")
        .expect("there");
    let list = setup.get(&person, "/api/v1/collections").await;
    let collections = list.body["collections"].as_array().expect("a list");
    assert_eq!(collections.len(), 3);
    assert!(
        collections
            .iter()
            .all(|collection| collection.get("members").is_none())
    );
    let first = collections
        .iter()
        .find(|one| one["name"] == "started afresh")
        .expect("there");
    let path = format!(
        "/api/v1/collections/{}",
        first["id"].as_str().expect("an id")
    );
    let one = setup.get(&person, &path).await;
    assert_eq!(one.body["members"].as_array().map(Vec::len), Some(2));
    assert_eq!(one.body["num_members"], 2);

    let bearer = bearer(&person);
    for (path, answer) in [("/api/v1/collections", &list), (path.as_str(), &one)] {
        let tag = answer.headers["etag"].to_str().expect("a tag");
        let headers = [("authorization", bearer.as_str()), ("if-none-match", tag)];
        assert_eq!(
            setup.send(Method::GET, path, &headers, None).await.status,
            304
        );
        let weak = format!("\"another\", W/{tag}");
        let headers = [("authorization", bearer.as_str()), ("if-none-match", &weak)];
        let answer = setup.send(Method::GET, path, &headers, None).await;
        assert_eq!(answer.status, 304, "weakened by a proxy that compresses");
    }
    let weak = format!("W/{}", one.header("etag"));
    let rename = json!({"name": "by a weakened tag"});
    let renamed = setup.edit(&person, Method::PATCH, &path, Some(&weak), Some(&rename));
    assert_eq!(renamed.await.status, 200);
    let other = json!({"name": "by a tag of the past"});
    let refused = setup.edit(&person, Method::PATCH, &path, Some(&weak), Some(&other));
    assert_eq!(refused.await.problem(), "precondition-failed");
    let other = &people()[0];
    assert_eq!(
        setup.get(other, &path).await.problem(),
        "not-found",
        "not theirs"
    );
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_as_problems() {
    let setup = Setup::empty().await;
    let nowhere = setup.send(Method::GET, "/api/v1/nowhere", &[], None).await;
    assert_eq!(nowhere.problem(), "not-found");
    let delete = setup.send(Method::DELETE, "/api/v1/me", &[], None).await;
    assert_eq!(
        (delete.problem(), delete.status.as_u16()),
        ("method-not-allowed", 405)
    );
    let not_an_id = setup
        .get(&people()[0], "/api/v1/collections/not-an-id")
        .await;
    assert_eq!(not_an_id.problem(), "not-found");
}

#[tokio::test]
async fn page_paths_return_the_page_with_a_strict_policy() {
    let setup = Setup::with(&["--oauth-mode=direct"], &people()).await;
    for path in ["/", "/index.html", "/migrate", "/collections/x"] {
        let answer = setup.send(Method::GET, path, &[], None).await;
        assert_eq!(answer.status, 200, "{path}");
        let policy = answer.headers["content-security-policy"]
            .to_str()
            .expect("text");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(
            policy.contains("'sha256-") && !policy.contains("unsafe-inline"),
            "{policy}"
        );
        assert!(
            policy.contains("connect-src 'self' https://auth.example.org;"),
            "{policy}"
        );
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["cache-control"], "no-cache");
        assert_eq!(
            answer.headers["strict-transport-security"],
            "max-age=31536000"
        );
    }
    let script = setup
        .send(Method::GET, "/app-0123456789abcdef.js", &[], None)
        .await;
    assert!(
        script.headers["cache-control"]
            .to_str()
            .expect("text")
            .contains("immutable")
    );
    let outdated = setup
        .send(Method::GET, "/app-fedcba9876543210.js", &[], None)
        .await;
    assert_eq!(outdated.problem(), "not-found");
}

#[tokio::test]
async fn service_worker_lists_the_build_and_is_revalidated() {
    let setup = Setup::empty().await;
    let answer = setup
        .send(Method::GET, "/service-worker.js", &[], None)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["cache-control"], "no-cache");
    assert_eq!(answer.headers["content-type"], "text/javascript");
    let script = answer.body.as_str().expect("a script");
    assert!(script.contains(r#""files":["/app-0123456789abcdef.js"]"#));
}

#[tokio::test]
async fn discovery_finds_the_endpoints_or_fails_clearly() {
    let setup = Setup::with(
        &[
            "--oauth-issuer=http://127.0.0.1:9",
            "--oauth-authorize-url=",
            "--oauth-token-url=",
        ],
        &people(),
    )
    .await;
    let answer = setup.send(Method::GET, "/api/v1/config", &[], None).await;
    assert_eq!(answer.problem(), "auth-server-unavailable");
}
