//! Imports from GN2's older anonymous sessions, which are verified by the signed cookie
//! `anon_user_v1`.

use crate::harness::{ApiResponse, Person, Proxy, Redis, Setup, bearer, people, sample};
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const SECRET: &str = "--session-hmac-secret=gn2-demo-hmac-secret";
const SESSION: &str = "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777";
const COOKIE: &str = "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777:17cab53dfe367ce2b855";

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

async fn setup(flags: &[&str]) -> Setup {
    let setup = Setup::with(flags, &people()).await;
    setup.redis.load(&sample()).await;
    setup
}

async fn plan(setup: &Setup, cookie: Option<&str>) -> ApiResponse {
    let cookies = cookie.map(|cookie| format!("other=x; anon_user_v1={cookie}"));
    plan_with_cookies(setup, &person(), cookies.as_deref()).await
}

/// Requests the plan of an import from the sessions that a `Cookie` header proves.
pub(crate) async fn plan_with_cookies(
    setup: &Setup,
    person: &Person,
    cookies: Option<&str>,
) -> ApiResponse {
    let bearer = bearer(person);
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(cookies.map(|cookies| ("cookie", cookies)));
    let body = json!({"source": "session"});
    let path = "/api/v1/imports/plan";
    setup.send(Method::POST, path, &headers, Some(&body)).await
}

async fn import(setup: &Setup, fingerprint: &str, cookie: Option<&str>, key: &str) -> ApiResponse {
    let cookies = cookie.map(|cookie| format!("anon_user_v1={cookie}"));
    import_with_cookies(setup, &person(), fingerprint, cookies.as_deref(), key).await
}

/// Imports from the sessions that a `Cookie` header proves.
pub(crate) async fn import_with_cookies(
    setup: &Setup,
    person: &Person,
    fingerprint: &str,
    cookies: Option<&str>,
    key: &str,
) -> ApiResponse {
    let (bearer, tag) = (bearer(person), format!("\"{fingerprint}\""));
    let mut headers = vec![
        ("authorization", bearer.as_str()),
        ("if-match", &tag),
        ("idempotency-key", key),
    ];
    headers.extend(cookies.map(|cookies| ("cookie", cookies)));
    let body = json!({"source": "session"});
    let path = "/api/v1/imports";
    setup.send(Method::POST, path, &headers, Some(&body)).await
}

async fn anonymous(setup: &Setup) -> String {
    let id = setup
        .redis
        .hget(&format!("anon_user_v1:{SESSION}"), "user_id")
        .await;
    String::from_utf8(id.expect("a session")).expect("text")
}

#[tokio::test]
async fn verified_session_is_imported_and_undone_byte_for_byte() {
    let setup = setup(&[SECRET]).await;
    let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
    assert_eq!(config.body["anonymous_sessions"], true);
    let owner = anonymous(&setup).await;
    let before = setup.redis.content().await;
    let list = setup.redis.hget("collections", &owner).await;
    let list: Vec<Value> = serde_json::from_slice(&list.expect("a list")).expect("JSON");
    let plan = plan(&setup, Some(COOKIE)).await;
    assert_eq!(
        (plan.status.as_u16(), &plan.body["offer"]),
        (200, &json!(true))
    );
    assert_eq!(plan.items().len(), list.len());
    assert_eq!(
        setup.redis.content().await,
        before,
        "looking changes nothing"
    );

    let receipt = import(&setup, plan.fingerprint(), Some(COOKIE), "k").await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_eq!(receipt.body["kind"], "import");
    assert_eq!(receipt.body["items"][0]["source_owner"], json!(owner));
    let moved = receipt.body["moved"].as_u64().expect("a number");
    assert!(moved > 0);
    let stored = setup.stored(&person()).await;
    assert_eq!(stored.len() as u64, moved);
    stored.iter().for_each(crate::interop::gn_auth_reads);
    let again = import(&setup, plan.fingerprint(), Some(COOKIE), "k").await;
    assert_eq!(again.body, receipt.body, "once");

    let path = format!(
        "/api/v1/receipts/{}",
        receipt.body["id"].as_str().expect("an id")
    );
    assert_eq!(setup.undo(&person(), &path, "u").await.status, 201);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn unsigned_cookie_is_no_session() {
    let setup = setup(&[SECRET]).await;
    let owner = anonymous(&setup).await;
    let sound = plan(&setup, Some(COOKIE)).await;
    let before = setup.redis.content().await;
    let other = format!("{owner}:17cab53dfe367ce2b855");
    let forged = format!("{SESSION}:17cab53dfe367ce2b854");
    for cookie in [
        None,
        Some(SESSION),
        Some(&owner),
        Some(&other),
        Some(&forged),
    ] {
        let cookie = cookie.map(AsRef::as_ref);
        let plan = plan(&setup, cookie).await;
        assert_eq!(
            plan.body,
            json!({"offer": false, "accounts": []}),
            "{cookie:?}"
        );
        let refused = import(&setup, sound.fingerprint(), cookie, "k").await;
        assert_eq!(refused.problem(), "stale-plan", "{cookie:?}");
    }
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn session_is_ignored_without_the_secret() {
    for flags in [&[][..], &["--session-hmac-secret="]] {
        let setup = setup(flags).await;
        let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(config.body["anonymous_sessions"], false);
        assert_eq!(plan(&setup, Some(COOKIE)).await.body["offer"], false);
    }
}

#[tokio::test]
async fn session_id_of_an_account_is_never_a_source() {
    let setup = setup(&[SECRET]).await;
    let owner = anonymous(&setup).await;
    let record = |id: &str| json!({"user_id": id, "full_name": "Somebody"}).to_string();
    // The record of another account may contain this id.
    let elsewhere = "12121212-1212-4212-8212-121212121212";
    setup
        .redis
        .hset("users", elsewhere, record(&owner).as_bytes())
        .await;
    assert_eq!(plan(&setup, Some(COOKIE)).await.body["offer"], false);
    setup
        .redis
        .hset("users", elsewhere, record(elsewhere).as_bytes())
        .await;
    assert_eq!(plan(&setup, Some(COOKIE)).await.body["offer"], true);
    setup.redis.hset("users", &owner, b"unreadable").await;
    assert_eq!(plan(&setup, Some(COOKIE)).await.body["offer"], false);
}

/// The index of legacy accounts, which has a connection of its own, knows who they are.
#[tokio::test]
async fn import_from_a_session_scans_no_accounts() {
    let scans = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&scans);
    let redis = Redis::start();
    redis.load(&sample()).await;
    let proxy = Proxy::watching(redis.port(), move |command| {
        if command.windows(5).any(|part| part == b"HSCAN") {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    })
    .await;
    let through = format!("--redis-url={}", proxy.url());
    let flags = [SECRET, &through];
    let setup = Setup::on(redis, &flags, &people(), &MonotonicClock::system()).await;
    assert!(!plan(&setup, Some(COOKIE)).await.items().is_empty());
    // A new account, also one without an address, is known at once.
    let record = json!({ "user_id": anonymous(&setup).await, "github_id": 1 });
    setup
        .redis
        .hset("users", "github", record.to_string().as_bytes())
        .await;
    assert!(plan(&setup, Some(COOKIE)).await.items().is_empty());
    assert_eq!(scans.load(Ordering::SeqCst), 0);
}
