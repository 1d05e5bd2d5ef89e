//! Imports from the anonymous sessions of today's GN2, which are verified by the signed cookie
//! `session`. Flask-Session wrote the sessions itself (`e2e/data/flask_sessions.py`).

use crate::harness::{
    ApiResponse, FlaskSession, Person, Redis, Setup, flask_sessions, people, sample,
};
use crate::sessions::{import_with_cookies, plan_with_cookies};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;

const VERSIONS: [&str; 2] = ["0.5.0", "0.8.0"];
const SECRET_KEY: &str = "--gn2-secret-key=gn2-demo-secret-key";
const ANON_ID: &str = "c6a1f4de-52d0-4d34-9d3c-0f0f6a7b8c91";
const ACCOUNT_ID: &str = "0ad1004a-7f9c-4d0e-8f3b-6f5d1c2b3a49";
const OLDER_SECRET: &str = "--session-hmac-secret=gn2-demo-hmac-secret";
const OLDER_COOKIE: &str = "anon_user_v1=f2b2ad6e-0ea5-4686-a42f-5f3d8c973777:17cab53dfe367ce2b855";
const OLDER_SESSION: &str = "anon_user_v1:f2b2ad6e-0ea5-4686-a42f-5f3d8c973777";

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

fn session(version: &str, name: &str) -> FlaskSession {
    let mut sessions = flask_sessions(version).into_iter();
    sessions
        .find(|session| session.name == name)
        .expect("there")
}

fn anonymous() -> FlaskSession {
    session("0.5.0", "anonymous")
}

/// Returns a list as gn-auth writes it, with the empty collection that GN2 creates by itself.
fn list() -> Vec<u8> {
    let collection = |id: &str, name: &str, members: &[&str]| {
        json!({
            "id": id, "name": name, "created": "Nov 12 2024 03:27PM",
            "changed": "Nov 13 2024 09:01AM", "num_members": members.len(), "members": members,
        })
    };
    let list = json!([
        collection(
            "7d6b9f1e-0d43-4b9c-8f0a-6f4c2c1d0e01",
            "Your Default Collection",
            &[]
        ),
        collection(
            "7d6b9f1e-0d43-4b9c-8f0a-6f4c2c1d0e02",
            "Liver",
            &["1427571_at:HC_M2_0606_P", "10710:BXDPublish"]
        ),
        collection(
            "7d6b9f1e-0d43-4b9c-8f0a-6f4c2c1d0e03",
            "Größe",
            &["10711:BXDPublish"]
        ),
    ]);
    list.to_string().into_bytes()
}

/// Stores the session and the list of its visitor, and lists under other ids.
async fn store(setup: &Setup, session: &FlaskSession) {
    let value = BASE64_STANDARD.decode(&session.value).expect("base64");
    store_value(setup, &session.key, &value).await;
    for owner in [ANON_ID, ACCOUNT_ID, "users"] {
        setup.redis.hset("collections2", owner, &list()).await;
    }
}

async fn store_value(setup: &Setup, key: &str, value: &[u8]) {
    let mut set = redis::cmd("SET");
    set.arg(key).arg(value);
    set.query_async::<()>(&mut setup.redis.connect().await)
        .await
        .expect("stored");
}

async fn setup(session: &FlaskSession) -> Setup {
    let setup = Setup::with(&[SECRET_KEY, OLDER_SECRET], &people()).await;
    setup.redis.load(&sample()).await;
    store(&setup, session).await;
    setup
}

async fn plan(setup: &Setup, cookie: &str) -> ApiResponse {
    plan_with_cookies(setup, &person(), Some(&format!("session={cookie}"))).await
}

async fn import(setup: &Setup, plan: &ApiResponse, cookies: &str, key: &str) -> ApiResponse {
    let fingerprint = plan.fingerprint();
    import_with_cookies(setup, &person(), fingerprint, Some(cookies), key).await
}

async fn undo(setup: &Setup, receipt: &ApiResponse) -> ApiResponse {
    let id = receipt.body["id"].as_str().expect("an id");
    let path = format!("/api/v1/receipts/{id}");
    setup.undo(&person(), &path, "u").await
}

fn nothing() -> Value {
    json!({"offer": false, "accounts": []})
}

#[tokio::test]
async fn sessions_of_both_formats_are_imported_and_undone_byte_for_byte() {
    for version in VERSIONS {
        let session = session(version, "anonymous");
        let setup = setup(&session).await;
        let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(config.body["anonymous_sessions"], true);
        let before = setup.redis.content().await;
        let plan = plan(&setup, &session.cookie).await;
        assert_eq!(plan.body["offer"], true, "{version}");
        let relations: Vec<&Value> = plan.items().iter().map(|item| &item["relation"]).collect();
        assert_eq!(relations, ["empty", "new", "new"]);
        assert_eq!(setup.redis.content().await, before, "looking is harmless");

        let cookies = format!("other=x; session={}", session.cookie);
        let receipt = import(&setup, &plan, &cookies, "k").await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        assert_eq!(receipt.body["kind"], "import");
        assert_eq!(receipt.body["items"][1]["source_owner"], ANON_ID);
        assert_eq!(
            (&receipt.body["moved"], &receipt.body["skipped"]),
            (&json!(2), &json!(1))
        );
        let stored = setup.stored(&person()).await;
        assert_eq!(stored.len(), 2);
        stored.iter().for_each(crate::interop::gn_auth_reads);
        let left = setup.redis.hget("collections2", ANON_ID).await;
        let left: Vec<Value> = serde_json::from_slice(&left.expect("a list")).expect("JSON");
        assert_eq!(left.len(), 1, "the empty collection stays");
        assert_eq!(
            import(&setup, &plan, &cookies, "k").await.body,
            receipt.body,
            "once"
        );

        assert_eq!(undo(&setup, &receipt).await.status, 201);
        assert_eq!(setup.redis.content().await, before);
    }
}

#[tokio::test]
async fn exactly_anonymous_sessions_are_planned() {
    let first = anonymous();
    let setup = setup(&first).await;
    let sound = plan(&setup, &first.cookie).await;
    for version in VERSIONS {
        for session in flask_sessions(version) {
            let name = &session.name;
            store(&setup, &session).await;
            let before = setup.redis.content().await;
            let plan = plan(&setup, &session.cookie).await;
            if session.anon_id.is_some() {
                assert_eq!(plan.body, sound.body, "{version} {name}");
                continue;
            }
            assert_eq!(plan.body, nothing(), "{version} {name}");
            let cookies = format!("session={}", session.cookie);
            let refused = import(&setup, &sound, &cookies, "k").await;
            assert_eq!(refused.problem(), "stale-plan", "{version} {name}");
            assert_eq!(setup.redis.content().await, before, "{version} {name}");
        }
    }
}

#[tokio::test]
async fn unsigned_cookie_is_no_session() {
    let session = anonymous();
    let setup = setup(&session).await;
    let sound = plan(&setup, &session.cookie).await;
    let other = &self::session("0.8.0", "anonymous").cookie;
    let (id, signature) = session.cookie.split_once('.').expect("signed");
    let (_, other_signature) = other.split_once('.').expect("signed");
    // A session under the key that the id of the visitor would name.
    let value = BASE64_STANDARD.decode(&session.value).expect("base64");
    store_value(&setup, &format!("session:{ANON_ID}"), &value).await;
    for cookie in [
        "",
        ANON_ID,
        id,
        &format!("{id}."),
        &format!("{id}.{}", &signature[1..]),
        &format!("{id}.{other_signature}"),
        &format!("{ANON_ID}.{signature}"),
    ] {
        assert_eq!(plan(&setup, cookie).await.body, nothing(), "{cookie}");
        let cookies = format!("session={cookie}");
        let refused = import(&setup, &sound, &cookies, "k").await;
        assert_eq!(refused.problem(), "stale-plan", "{cookie}");
    }
}

#[tokio::test]
async fn damaged_ended_and_large_sessions_are_refused() {
    let session = anonymous();
    let setup = setup(&session).await;
    let value = BASE64_STANDARD.decode(&session.value).expect("base64");
    let large = [&value[..value.len() - 1], &b"N0".repeat(32 * 1024), b"."].concat();
    let fitting = [&value[..value.len() - 1], &b"N0".repeat(31 * 1024), b"."].concat();
    let cut = &value[..value.len() / 2];
    for (value, is_read) in [
        (&value[..], true),
        (&fitting, true),
        (&large, false),
        (cut, false),
        (b"", false),
        (b"\x80\x04", false),
        (b"not a session", false),
    ] {
        store_value(&setup, &session.key, value).await;
        let plan = plan(&setup, &session.cookie).await;
        assert_eq!(plan.body != nothing(), is_read, "{} bytes", value.len());
    }
}

#[tokio::test]
async fn session_id_of_an_account_is_never_a_source() {
    let session = anonymous();
    let setup = setup(&session).await;
    let elsewhere = "12121212-1212-4212-8212-121212121212";
    let record = json!({"user_id": ANON_ID, "full_name": "Somebody"}).to_string();
    setup
        .redis
        .hset("users", elsewhere, record.as_bytes())
        .await;
    assert_eq!(plan(&setup, &session.cookie).await.body, nothing());
    // The user's own list is the target.
    let own = Person {
        user_id: ANON_ID.to_owned(),
        ..person()
    };
    let setup = Setup::with(&[SECRET_KEY], std::slice::from_ref(&own)).await;
    store(&setup, &session).await;
    let cookies = format!("session={}", session.cookie);
    let plan = plan_with_cookies(&setup, &own, Some(&cookies)).await;
    assert_eq!(plan.body, nothing());
}

#[tokio::test]
async fn both_kinds_of_session_are_planned_and_undone_together() {
    let session = anonymous();
    let setup = setup(&session).await;
    let before = setup.redis.content().await;
    let cookies = format!("{OLDER_COOKIE}; session={}", session.cookie);
    let plan = plan_with_cookies(&setup, &person(), Some(&cookies)).await;
    let owners = |body: &Value| -> Vec<String> {
        let accounts = body["accounts"].as_array().expect("accounts");
        let id = |account: &Value| account["legacy_user_id"].as_str().map(str::to_owned);
        accounts.iter().filter_map(id).collect()
    };
    let older = setup.redis.hget(OLDER_SESSION, "user_id").await;
    let older = String::from_utf8(older.expect("a session")).expect("text");
    assert_eq!(owners(&plan.body), [ANON_ID.to_owned(), older]);
    let receipt = import(&setup, &plan, &cookies, "k").await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert!(receipt.body["moved"].as_u64() > Some(2));
    assert_eq!(undo(&setup, &receipt).await.status, 201);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn sessions_of_one_id_are_planned_one_after_the_other() {
    let session = anonymous();
    let setup = setup(&session).await;
    let id = ANON_ID.as_bytes();
    setup.redis.hset(OLDER_SESSION, "user_id", id).await;
    let older = String::from_utf8(list())
        .expect("text")
        .replace("Liver", "Brain");
    setup
        .redis
        .hset("collections", ANON_ID, older.as_bytes())
        .await;
    let newer = String::from_utf8(list()).expect("text");
    let newer: Vec<Value> = serde_json::from_str(&newer).expect("JSON");
    let newer = serde_json::to_vec(&newer[1..]).expect("JSON");
    setup.redis.hset("collections2", ANON_ID, &newer).await;
    let cookies = format!("{OLDER_COOKIE}; session={}", session.cookie);
    for name in ["Liver", "Brain"] {
        let plan = plan_with_cookies(&setup, &person(), Some(&cookies)).await;
        assert_eq!(plan.body["accounts"].as_array().map(Vec::len), Some(1));
        assert!(plan.items().iter().any(|item| item["name"] == name));
        assert_eq!(import(&setup, &plan, &cookies, name).await.status, 201);
    }
}

#[tokio::test]
async fn writes_of_gn_auth_in_between_are_kept() {
    let session = anonymous();
    let setup = setup(&session).await;
    let cookies = format!("session={}", session.cookie);
    let stale = plan(&setup, &session.cookie).await;
    let changed = String::from_utf8(list())
        .expect("text")
        .replace("Liver", "Brain");
    setup
        .redis
        .hset("collections2", ANON_ID, changed.as_bytes())
        .await;
    let refused = import(&setup, &stale, &cookies, "k").await;
    assert_eq!(refused.problem(), "stale-plan");
    let stored = setup.redis.hget("collections2", ANON_ID).await;
    assert_eq!(stored, Some(changed.into_bytes()));

    let plan = plan(&setup, &session.cookie).await;
    let receipt = import(&setup, &plan, &cookies, "l").await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let own = json!([{
        "id": "7d6b9f1e-0d43-4b9c-8f0a-6f4c2c1d0e09", "name": "Made meanwhile",
        "created": "Nov 12 2024 03:27PM", "changed": "Nov 12 2024 03:27PM", "num_members": 1,
        "members": ["10712:BXDPublish"],
    }]);
    let own = own.to_string();
    setup
        .redis
        .hset("collections2", ANON_ID, own.as_bytes())
        .await;
    let undone = undo(&setup, &receipt).await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(undone.body["moved"], 2);
    assert!(setup.stored(&person()).await.is_empty());
    let list = setup.redis.hget("collections2", ANON_ID).await;
    let list: Vec<Value> = serde_json::from_slice(&list.expect("a list")).expect("JSON");
    let names: Vec<&Value> = list.iter().map(|collection| &collection["name"]).collect();
    assert_eq!(names, ["Made meanwhile", "Brain", "Größe"]);
}

#[tokio::test]
async fn empty_collections_alone_are_not_offered() {
    let session = anonymous();
    let setup = setup(&session).await;
    let mut list: Vec<Value> = serde_json::from_slice(&list()).expect("JSON");
    list.truncate(1);
    let list = serde_json::to_vec(&list).expect("JSON");
    setup.redis.hset("collections2", ANON_ID, &list).await;
    assert_eq!(plan(&setup, &session.cookie).await.body["offer"], false);
}

#[tokio::test]
async fn session_is_ignored_without_its_secret() {
    let session = anonymous();
    for flags in [&[][..], &["--gn2-secret-key="], &[OLDER_SECRET]] {
        let setup = Setup::with(flags, &people()).await;
        store(&setup, &session).await;
        assert_eq!(plan(&setup, &session.cookie).await.body, nothing());
    }
}

#[tokio::test]
async fn sessions_are_found_under_the_configured_prefix() {
    let session = anonymous();
    let redis = Redis::start();
    let url = format!("--redis-url={}", redis.admin_url());
    let flags = [SECRET_KEY, "--key-gn2-sessions=gn2:", &url];
    let setup = Setup::on(redis, &flags, &people(), &MonotonicClock::system()).await;
    store(&setup, &session).await;
    assert_eq!(plan(&setup, &session.cookie).await.body, nothing());
    let value = BASE64_STANDARD.decode(&session.value).expect("base64");
    let (id, _) = session.cookie.split_once('.').expect("signed");
    store_value(&setup, &format!("gn2:{id}"), &value).await;
    assert_eq!(plan(&setup, &session.cookie).await.body["offer"], true);
}
