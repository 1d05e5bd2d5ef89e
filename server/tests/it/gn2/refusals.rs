//! Requests that are refused. Nothing is changed then.

use super::{VISITOR, path, person, post, send, setup};
use crate::harness::{ApiResponse, Redis, ServerProcess, Setup, UserEndpoint, bearer, people};
use http::Method;
use serde_json::{Value, json};

const STRANGER: &str = "a0a0a0a0-0000-4000-8000-0000000000ff";

/// Checks an error as GN2 reads it, and returns its status and class.
fn error(answer: &ApiResponse) -> (u16, &str) {
    let names: Vec<&String> = answer.body.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["error", "error_description"], "{}", answer.body);
    let description = answer.body["error_description"].as_str();
    assert!(description.is_some_and(|text| !text.is_empty()));
    let class = answer.body["error"].as_str().expect("a class");
    (answer.status.as_u16(), class)
}

/// Every `POST`, with all fields that any of them needs.
fn posts(collection: &Value) -> Vec<String> {
    let id = collection["id"].as_str().expect("an id");
    let of_one = ["view", "rename", "traits/add", "traits/remove"];
    let of_one = of_one.iter().map(|rest| format!("{id}/{rest}"));
    let of_all = ["new", "delete"].map(ToOwned::to_owned);
    of_one.chain(of_all).collect()
}

fn body(collection: &Value, anon_id: &str) -> Value {
    json!({
        "anon_id": anon_id, "name": "n", "new_name": "n", "traits": ["x:y"], "collection_ids": [collection["id"]],
    })
}

async fn make(setup: &Setup) -> Value {
    post(
        setup,
        "new",
        None,
        json!({"name": "one", "traits": ["a:b"]}),
    )
    .await
}

#[tokio::test]
async fn collections_of_a_visitor_are_out_of_reach_with_another_id() {
    let setup = setup(&[]).await;
    let made = make(&setup).await;
    let before = setup.redis.content().await;
    let list = format!("{STRANGER}/list");
    let listed = send(&setup, Method::GET, &list, None, None).await;
    assert_eq!(listed.body, json!([]));
    for rest in posts(&made).iter().filter(|rest| rest.contains('/')) {
        let body = body(&made, STRANGER);
        let answer = send(&setup, Method::POST, rest, None, Some(&body)).await;
        assert_eq!(error(&answer), (404, "NotFoundError"), "{rest}");
    }
    let body = body(&made, STRANGER);
    let answer = send(&setup, Method::POST, "delete", None, Some(&body)).await;
    assert_eq!(answer.body["message"], "Deleted 0 collections.");
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn id_of_an_account_is_no_visitor() {
    let setup = setup(&[]).await;
    let account = person();
    // Signing in is enough to be remembered, once for each process.
    for _ in 0..3 {
        assert_eq!(setup.get(&account, "/api/v1/me").await.status, 200);
    }
    let mut stats = redis::cmd("INFO");
    stats.arg("commandstats");
    let stats: String = stats
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("read");
    assert!(stats.contains("cmdstat_sadd:calls=1,"), "{stats}");
    let legacy = "b0b0b0b0-0000-4000-8000-000000000001";
    setup.redis.hset("users", legacy, b"{}").await;
    let own = json!({"name": "own", "members": ["a:b"]});
    let made = setup.post(&account, "/api/v1/collections", &own).await.body;
    let before = setup.redis.content().await;
    for id in [account.user_id.as_str(), legacy] {
        let list = format!("{id}/list");
        let listed = send(&setup, Method::GET, &list, None, None).await;
        assert_eq!((listed.status.as_u16(), listed.body), (200, json!([])));
        for rest in posts(&made) {
            let body = body(&made, id);
            let answer = send(&setup, Method::POST, &rest, None, Some(&body)).await;
            assert_eq!(error(&answer), (403, "AuthorisationError"), "{rest}");
        }
        for rest in ["anonymous/import", "anonymous/delete", "delete"] {
            let (body, other) = (body(&made, id), &people()[0]);
            let answer = send(&setup, Method::POST, rest, Some(other), Some(&body)).await;
            assert_eq!(error(&answer), (403, "AuthorisationError"), "{rest}");
        }
    }
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn caller_from_another_address_may_use_accounts_only() {
    for (flags, headers) in [
        (&["--gn2-addresses=192.0.2.0/24"][..], &[][..]),
        // A proxy that is not trusted may stand between.
        (&[], &[("x-forwarded-for", "127.0.0.1")]),
        (&[], &[("via", "1.1 proxy")]),
        (
            &["--trusted-proxy-header=X-Real-IP"],
            &[("x-real-ip", "192.0.2.1")],
        ),
        (&["--trusted-proxy-header=X-Real-IP"], &[]),
        (
            &["--trusted-proxy-header=X-Real-IP"],
            &[("x-real-ip", "127.0.0.1, 192.0.2.1")],
        ),
    ] {
        let setup = setup(flags).await;
        let before = setup.redis.content().await;
        let made = json!({"id": STRANGER});
        let send = async |method, rest: &str, user: bool, body: Option<&Value>| {
            let bearer = bearer(&person());
            let mut headers = headers.to_vec();
            headers.extend(user.then_some(("authorization", bearer.as_str())));
            let path = path(rest);
            setup
                .send_to(&setup.gn2_url, method, &path, &headers, body)
                .await
        };
        let body = body(&made, VISITOR);
        let list = format!("{VISITOR}/list");
        let answer = send(Method::GET, &list, false, None).await;
        assert_eq!(error(&answer), (403, "AuthorisationError"), "{flags:?}");
        for rest in posts(&made) {
            let answer = send(Method::POST, &rest, false, Some(&body)).await;
            assert_eq!(error(&answer), (403, "AuthorisationError"), "{rest}");
        }
        for rest in ["anonymous/import", "anonymous/delete", "delete"] {
            let answer = send(Method::POST, rest, true, Some(&body)).await;
            assert_eq!(error(&answer), (403, "AuthorisationError"), "{rest}");
        }
        assert_eq!(setup.redis.content().await, before);
        let answer = send(Method::GET, "list", true, None).await;
        assert_eq!(answer.body, json!([]), "{flags:?}");
        let new = json!({"name": "own", "traits": []});
        let answer = send(Method::POST, "new", true, Some(&new)).await;
        assert_eq!(answer.status, 200, "{flags:?}: {}", answer.body);
    }
}

#[tokio::test]
async fn trusted_proxy_names_gn2() {
    let flags = [
        "--trusted-proxy-header=X-Real-IP",
        "--gn2-addresses=192.0.2.7",
    ];
    let setup = setup(&flags).await;
    let headers = [("x-real-ip", "192.0.2.7")];
    let path = path(&format!("{VISITOR}/list"));
    let answer = setup.send_to(&setup.gn2_url, Method::GET, &path, &headers, None);
    assert_eq!(answer.await.body, json!([]));
}

#[tokio::test]
async fn change_needs_the_secret_of_gn2s_client() {
    let setup = setup(&["--gn2-client-id=gn2", "--gn2-client-secret=the-secret"]).await;
    let before = setup.redis.content().await;
    let made = json!({"id": STRANGER});
    for (id, secret) in [
        (None, None),
        (Some("gn2"), None),
        (Some("gn2"), Some("the-secre")),
        (Some("gn2"), Some("the-secret ")),
        (Some("other"), Some("the-secret")),
        (None, Some("the-secret")),
    ] {
        let mut body = body(&made, VISITOR);
        body["client_id"] = json!(id);
        body["client_secret"] = json!(secret);
        for rest in posts(&made) {
            let answer = send(&setup, Method::POST, &rest, None, Some(&body)).await;
            assert_eq!(error(&answer), (401, "invalid_client"), "{id:?} {rest}");
        }
    }
    assert_eq!(setup.redis.content().await, before);
    let credentials = json!({"client_id": "gn2", "client_secret": "the-secret", "name": "n"});
    post(&setup, "new", None, credentials).await;
    let list = format!("{VISITOR}/list");
    let listed = send(&setup, Method::GET, &list, None, None).await;
    assert_eq!(listed.body[0]["name"], "n", "reading needs no secret");
    post(&setup, "new", Some(&person()), json!({"name": "n"})).await;
}

#[tokio::test]
async fn post_without_json_and_invalid_values_are_refused() {
    let setup = setup(&[]).await;
    let made = make(&setup).await;
    let id = made["id"].as_str().expect("an id");
    // The account is remembered when it is first seen.
    setup.get(&person(), "/api/v1/me").await;
    let before = setup.redis.content().await;
    let client = reqwest::Client::new();
    let of_account = ["new", "delete", "anonymous/import", "anonymous/delete"];
    let calls = posts(&made).into_iter().map(|rest| (rest, None));
    let of_account = of_account.map(|rest| (rest.to_owned(), Some(bearer(&person()))));
    for (rest, bearer) in calls.chain(of_account) {
        let url = format!("{}{}", setup.gn2_url, path(&rest));
        let json = body(&made, VISITOR).to_string();
        let post = || {
            let request = client.post(&url);
            let token = bearer.iter();
            token.fold(request, |request, token| {
                request.header("authorization", token)
            })
        };
        let request = |kind: &str| post().header("content-type", kind);
        for request in [
            post(),
            request("application/x-www-form-urlencoded").body("name=n"),
            request("text/plain").body(json),
            request("application/json").body("{"),
            request("application/json").body("[]"),
            request("application/json"),
        ] {
            let answer = request.send().await.expect("an answer");
            assert!([400, 422].contains(&answer.status().as_u16()), "{rest}");
            let body: Value = answer.json().await.expect("JSON");
            assert_eq!(body["error"], "InvalidData", "{rest}");
        }
    }
    for (rest, change) in [
        ("new", json!({"name": " "})),
        ("new", json!({"name": null})),
        ("new", json!({"traits": ["a"]})),
        ("new", json!({"traits": "a:b"})),
        ("new", json!({"anon_id": null})),
        ("new", json!({"anon_id": "nobody"})),
        ("traits/add", json!({"traits": ["a:b", "no trait"]})),
        ("traits/add", json!({"traits": null})),
        ("rename", json!({"new_name": " "})),
        ("delete", json!({"collection_ids": [id, "7"]})),
    ] {
        let mut body = body(&made, VISITOR);
        let changed = change.as_object().expect("an object").clone();
        body.as_object_mut().expect("an object").extend(changed);
        let rest = if ["new", "delete"].contains(&rest) {
            rest.to_owned()
        } else {
            format!("{id}/{rest}")
        };
        let answer = send(&setup, Method::POST, &rest, None, Some(&body)).await;
        assert_eq!(error(&answer), (422, "InvalidData"), "{change}");
    }
    let body = body(&made, VISITOR);
    for rest in ["not-a-uuid/view", "nowhere"] {
        let answer = send(&setup, Method::POST, rest, None, Some(&body)).await;
        assert_eq!(error(&answer), (404, "NotFoundError"), "{rest}");
    }
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn token_is_needed_and_checked() {
    let setup = setup(&[]).await;
    let body = json!({"anon_id": VISITOR});
    for (method, rest) in [
        (Method::GET, "list"),
        (Method::POST, "anonymous/import"),
        (Method::POST, "anonymous/delete"),
    ] {
        let sent = (method == Method::POST).then_some(&body);
        let answer = send(&setup, method, rest, None, sent).await;
        assert_eq!(error(&answer), (401, "missing_authorization"), "{rest}");
    }
    let headers = [("authorization", "Bearer unknown")];
    let new = json!({"anon_id": VISITOR, "name": "n"});
    let path = path("new");
    let answer = setup.send_to(&setup.gn2_url, Method::POST, &path, &headers, Some(&new));
    assert_eq!(error(&answer.await), (401, "invalid_token"));
}

#[tokio::test]
async fn strangers_are_limited_but_gn2_is_not() {
    let flags = ["--rate-limit=2", "--trusted-proxy-header=X-Real-IP"];
    let setup = setup(&flags).await;
    let path = path(&format!("{VISITOR}/list"));
    for (address, last) in [("127.0.0.1", 200), ("192.0.2.1", 429)] {
        let headers = [("x-real-ip", address)];
        for _ in 0..3 {
            let answer = setup.send_to(&setup.gn2_url, Method::GET, &path, &headers, None);
            let status = answer.await.status;
            assert!(status == last || status == 403, "{address}: {status}");
        }
        let answer = setup.send_to(&setup.gn2_url, Method::GET, &path, &headers, None);
        assert_eq!(answer.await.status, last, "{address}");
    }
}

#[tokio::test]
async fn outage_is_an_error_that_gn2_can_read() {
    let mut setup = setup(&[]).await;
    setup.redis.crash();
    let new = json!({"anon_id": VISITOR, "name": "n"});
    for user in [None, Some(&person())] {
        let answer = send(&setup, Method::POST, "new", user, Some(&new)).await;
        assert_eq!(error(&answer), (503, "ServiceUnavailable"));
    }
}

#[tokio::test]
async fn log_contains_neither_the_secret_nor_visitors() {
    let redis = Redis::start();
    let auth = UserEndpoint::start(&people()).await;
    let variables = [
        ("GNC_GN2_BIND", "127.0.0.1:0"),
        ("GNC_GN2_CLIENT_ID", "gn2"),
        ("GNC_GN2_CLIENT_SECRET", "the-secret-of-gn2"),
    ];
    let server = ServerProcess::start(&redis, &auth, &variables);
    let url = format!("{}{}", server.gn2.as_deref().expect("served"), path("new"));
    let client = reqwest::Client::new();
    for (secret, status) in [("the-secret-of-gn2", 200), ("a-wrong-secret", 401)] {
        let body = json!({"anon_id": VISITOR, "name": "a-name", "client_id": "gn2", "client_secret": secret});
        let answer = client.post(&url).json(&body).send().await;
        assert_eq!(answer.expect("an answer").status(), status);
    }
    let log = server.stop();
    assert!(log.contains("GNC_GN2_CLIENT_SECRET was refused"));
    for text in ["the-secret-of-gn2", "a-wrong-secret", "a-name"] {
        let line = log.lines().find(|line| line.contains(text));
        assert!(line.is_none(), "{text} is in the log: {line:?}");
    }
}
