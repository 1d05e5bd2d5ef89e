//! Undoing transfers: byte for byte, or collection by collection.

use crate::harness::{
    ApiResponse, Person, Proxy, Redis, ServerProcess, Setup, bearer, people, sample,
};
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use sha2::Digest;
use std::sync::{Arc, Mutex, mpsc};

fn person(name: &str) -> Person {
    let mut people = people().into_iter();
    people.find(|person| person.name == name).expect("there")
}

async fn undo(setup: &Setup, person: &Person, receipt: &str, key: &str) -> ApiResponse {
    let bearer = bearer(person);
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
    let path = format!("/api/v1/receipts/{receipt}/undo");
    setup.send(Method::POST, &path, &headers, None).await
}

fn id(receipt: &ApiResponse) -> &str {
    receipt.body["id"].as_str().expect("an id")
}

#[tokio::test]
async fn untouched_migration_is_undone_once_and_restores_every_byte() {
    let setup = Setup::with_sample().await;
    for name in ["Researcher 00", "Researcher 09"] {
        let person = person(name);
        let before = setup.redis.content().await;
        let receipt = setup.migrate(&person, "k", &json!({})).await;
        let undone = undo(&setup, &person, id(&receipt), "u").await;
        assert_eq!(undone.status, 201, "{}", undone.body);
        assert_eq!(undone.body["kind"], "undo");
        assert_eq!(setup.redis.content().await, before, "{name}");
        assert_eq!(
            undo(&setup, &person, id(&receipt), "u").await.body,
            undone.body
        );
        let again = undo(&setup, &person, id(&receipt), "another").await;
        assert_eq!(
            (again.problem(), again.status.as_u16()),
            ("invalid-request", 422)
        );
        let of_undo = undo(&setup, &person, id(&undone), "u2").await;
        assert_eq!(of_undo.problem(), "invalid-request");
        assert_eq!(
            setup.redis.content().await,
            before,
            "refusals change nothing"
        );
        let receipts = setup.get(&person, "/api/v1/receipts").await;
        let undone_by = receipts.body["receipts"]
            .as_array()
            .expect("receipts")
            .iter();
        let undone_by: Vec<&Value> = undone_by.map(|one| &one["undone_by"]).collect();
        assert!(undone_by.contains(&&undone.body["id"]), "{undone_by:?}");
        assert_eq!(
            setup.get(&person, "/api/v1/legacy").await.body["offer"],
            true
        );
    }
}

#[tokio::test]
async fn undo_keeps_changed_collections_and_moves_the_others_back() {
    let setup = Setup::with_sample().await;
    let person = person("Researcher 06");
    let legacy = "addfc3ac-81f0-4a75-ae33-02cbc91d1e49";
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    // Another program renames one of the collections and writes the whole list in bytes of its own.
    let mut list = setup.stored(&person).await;
    list[2]["name"] = json!("renamed since");
    let renamed = list[2].clone();
    let written = Value::from(list).to_string();
    setup
        .redis
        .hset("collections2", &person.user_id, written.as_bytes())
        .await;
    let undone = undo(&setup, &person, id(&receipt), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(
        (&undone.body["moved"], &undone.body["skipped"]),
        (&json!(5), &json!(1))
    );
    let stays = setup.stored(&person).await;
    assert_eq!(stays, [renamed]);
    let back = setup
        .redis
        .hget("collections", legacy)
        .await
        .map_or(0, |list| {
            serde_json::from_slice::<Vec<Value>>(&list)
                .expect("JSON")
                .len()
        });
    assert_eq!(stays.len() + back, 6, "each is in exactly one place");
}

#[tokio::test]
async fn undone_import_leaves_no_collection() {
    let setup = Setup::with_sample().await;
    let person = person("Researcher 09");
    let before = setup.redis.content().await;
    let collections = json!([
        {"id": "x", "name": "new one", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["a:b"]},
        {"id": "y", "name": "Größe", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["c:d"]},
    ]);
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": collections}),
        )
        .await;
    let body = json!({"collections": collections, "choices": {"0:1": "merge"}});
    let receipt = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_ne!(setup.redis.content().await, before);
    assert_eq!(undo(&setup, &person, id(&receipt), "u").await.status, 201);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn undo_requires_the_owner_and_an_idempotency_key() {
    let setup = Setup::with_sample().await;
    let owner = person("Researcher 06");
    let receipt = setup.migrate(&owner, "k", &json!({})).await;
    let after = setup.redis.content().await;
    let stranger = undo(&setup, &person("Newcomer"), id(&receipt), "u").await;
    assert_eq!(
        (stranger.problem(), stranger.status.as_u16()),
        ("not-found", 404)
    );
    let path = format!("/api/v1/receipts/{}/undo", id(&receipt));
    let keyless = setup.post(&owner, &path, &json!({})).await;
    assert_eq!(keyless.problem(), "idempotency-key-missing");
    assert_eq!(setup.redis.content().await, after);
}

const LEGACY: &str = "869ab955-6d5b-46e3-8150-ce4b5f836116";

/// Starts with the sample data and a list for a legacy account of Researcher 02.
async fn with_legacy_list() -> Setup {
    let setup = Setup::with_sample().await;
    let list = r#"[{"id": "44444444-4444-4444-8444-444444444444", "name": "Legacy", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1,  "members": ["2:A"]}]"#;
    setup
        .redis
        .hset("collections", LEGACY, list.as_bytes())
        .await;
    setup
}

/// Migrates, and rewrites the before-image as versions until November 2026 wrote it for large
/// lists, with the value before in a separate key. The account had no list, and the whole legacy
/// list was moved.
async fn migrate_with_separate_before_value(
    setup: &Setup,
    person: &Person,
) -> (String, ApiResponse) {
    let legacy_list = setup.redis.hget("collections", LEGACY).await;
    let flag = setup.redis.hget("migratable-accounts", &person.email).await;
    let receipt = setup.migrate(person, "migration", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let key = format!("gnc:before:{}", id(&receipt));
    let target_hash = sha256(setup, "collections2", &person.user_id).await;
    let mut fields = vec![
        ("change:1:hash", "collections2".into()),
        ("change:1:field", person.user_id.clone().into_bytes()),
        ("change:1:after_sha256", target_hash.into_bytes()),
        ("change:2:hash", "collections".into()),
        ("change:2:field", LEGACY.into()),
        ("change:2:apart", "1".into()),
    ];
    if setup.redis.hget("migratable-accounts", &person.email).await != flag {
        let flag_hash = sha256(setup, "migratable-accounts", &person.email).await;
        fields.push(("change:3:hash", "migratable-accounts".into()));
        fields.push(("change:3:field", person.email.clone().into_bytes()));
        fields.push(("change:3:after_sha256", flag_hash.into_bytes()));
        fields.extend(flag.map(|flag| ("change:3:before", flag)));
    }
    fields.push(("owner_apart", person.user_id.clone().into_bytes()));
    let lifetime = 30 * 86_400;
    let mut rewrite = redis::pipe();
    rewrite.del(&key);
    rewrite.hset_multiple(&key, &fields);
    rewrite.expire(&key, lifetime);
    let list: Vec<u8> = legacy_list.expect("a list");
    let longer = u64::try_from(lifetime + 60).expect("positive");
    rewrite.set_ex(format!("{key}:2"), list, longer);
    let connection = &mut setup.redis.connect().await;
    rewrite
        .query_async::<()>(connection)
        .await
        .expect("written");
    (key, receipt)
}

async fn sha256(setup: &Setup, hash: &str, field: &str) -> String {
    let value = setup.redis.hget(hash, field).await.expect("a value");
    shared::collection::hex(&sha2::Sha256::digest(value))
}

#[tokio::test]
async fn separate_before_value_is_restored_with_every_byte() {
    let setup = with_legacy_list().await;
    let person = person("Researcher 02");
    let before = setup.redis.content().await;
    let (_, receipt) = migrate_with_separate_before_value(&setup, &person).await;
    assert_ne!(setup.redis.content().await, before);
    let undone = undo(&setup, &person, id(&receipt), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn before_image_without_its_separate_value_restores_nothing() {
    for missing in ["", ":2"] {
        let setup = with_legacy_list().await;
        let person = person("Researcher 02");
        let (key, receipt) = migrate_with_separate_before_value(&setup, &person).await;
        let mut delete = redis::cmd("DEL");
        let connection = &mut setup.redis.connect().await;
        let deleted = delete
            .arg(format!("{key}{missing}"))
            .query_async(connection)
            .await;
        assert_eq!(deleted, Ok(1));
        let before = setup.redis.content().await;
        let undone = undo(&setup, &person, id(&receipt), "u").await;
        assert_eq!(undone.problem(), "invalid-request", "{}", undone.body);
        assert_eq!(setup.redis.content().await, before);
    }
}

/// The second process undoes the transfer after the first has looked for its own earlier receipt,
/// and before it reads the receipt of the transfer.
#[tokio::test(flavor = "multi_thread")]
async fn undo_repeated_at_another_process_gets_the_same_answer() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let (reading, held_back) = mpsc::channel::<mpsc::Sender<()>>();
    let armed = Arc::new(Mutex::new(None));
    let reader = Arc::clone(&armed);
    let proxy = Proxy::watching(redis.port(), move |command| {
        let reads_receipt = String::from_utf8_lossy(command).contains("gnc:receipts:");
        if reads_receipt && let Some(reading) = reader.lock().expect("not poisoned").take() {
            let (go, gone) = mpsc::channel();
            mpsc::Sender::send(&reading, go).expect("it listens");
            // Other tasks of this thread go on elsewhere, which the undo needs.
            tokio::task::block_in_place(|| gone.recv()).expect("undone");
        }
    })
    .await;
    let through = format!("--redis-url={}", proxy.url());
    let setup = Setup::on(redis, &[&through], &people(), &MonotonicClock::system()).await;
    let other = ServerProcess::start(&setup.redis, &setup.auth, &[]);
    let person = person("Researcher 00");
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    let path = format!("/api/v1/receipts/{}", id(&receipt));
    *armed.lock().expect("not poisoned") = Some(reading);
    let elsewhere = async {
        let go = tokio::task::spawn_blocking(move || held_back.recv());
        let go = go.await.expect("waited").expect("it reads");
        let bearer = bearer(&person);
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", "u")];
        let (method, path) = (Method::POST, format!("{path}/undo"));
        let answer = setup.send_to(&other.url, method, &path, &headers, None);
        let answer = answer.await;
        go.send(()).expect("it waits");
        answer
    };
    let (here, elsewhere) = tokio::join!(setup.undo(&person, &path, "u"), elsewhere);
    assert_eq!(elsewhere.status, 201, "{}", elsewhere.body);
    assert_eq!(here.status, 201, "{}", here.body);
    assert_eq!(here.body, elsewhere.body);
}
