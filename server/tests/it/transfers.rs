//! Once and only once, whatever happens around it.

use crate::harness::{Person, Setup, people, sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::JoinSet;

const MIGRATIONS: &str = "/api/v1/migrations";

/// How often a request is sent again before a test gives up.
const ATTEMPTS: usize = 50;

fn first() -> Person {
    people().remove(0)
}

fn newcomer() -> Person {
    people()
        .into_iter()
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

#[tokio::test]
async fn the_same_click_twice_is_one_transfer_and_one_receipt() {
    let setup = Setup::with_sample().await;
    let person = first();
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let default = json!({});
    let click = || setup.transfer(&person, MIGRATIONS, plan.fingerprint(), "click", &default);
    let one = click().await;
    let after = setup.redis.content().await;
    let two = click().await;
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (201, 201));
    assert_eq!(one.body, two.body);
    assert_eq!(setup.redis.content().await, after);

    let other = json!({"choices": {"0:0": "skip"}});
    let reused = setup
        .transfer(&person, MIGRATIONS, plan.fingerprint(), "click", &other)
        .await;
    assert_eq!(
        (reused.problem(), reused.status.as_u16()),
        ("idempotency-key-reused", 422)
    );

    let again = setup
        .transfer(
            &person,
            MIGRATIONS,
            plan.fingerprint(),
            "another",
            &json!({}),
        )
        .await;
    assert_eq!(
        (again.problem(), again.status.as_u16()),
        ("stale-plan", 412)
    );
    assert_eq!(
        again.body["plan"]["offer"], false,
        "the fresh plan has nothing left to offer"
    );
    assert_eq!(setup.redis.content().await, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_simultaneous_requests_with_one_key_are_one_transfer() {
    let (setup, statuses, bodies) = storm(|_| "the one key".to_owned()).await;
    assert!(
        statuses.iter().all(|status| *status == 201),
        "{statuses:?} {bodies:?}"
    );
    assert_eq!(bodies.len(), 1, "all receipts are equal");
    transferred_once(&setup).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_simultaneous_requests_with_different_keys_are_one_transfer() {
    let (setup, statuses, _) = storm(|number| format!("key {number}").replace(' ', "-")).await;
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 412).count(),
        99,
        "{statuses:?}"
    );
    transferred_once(&setup).await;
}

/// A hundred requests at once; their statuses, and the different bodies among all answers but 412.
async fn storm(
    key: impl Fn(usize) -> String,
) -> (std::sync::Arc<Setup>, Vec<u16>, BTreeSet<String>) {
    // The token is asked about once, as in a deployment: this is about transfers.
    let setup = Setup::with(&["--token-cache-seconds=60"], &people()).await;
    setup.redis.load(&sample()).await;
    let setup = std::sync::Arc::new(setup);
    let plan = setup.get(&first(), "/api/v1/legacy").await;
    let fingerprint = plan.fingerprint().to_owned();
    let mut requests = JoinSet::new();
    for number in 0..100 {
        let (setup, fingerprint, key) = (
            setup.clone(),
            fingerprint.clone(),
            key(number).replace(' ', "-"),
        );
        requests.spawn(async move {
            // Where there is more to do than time, some are told to come back, and do so with the same key.
            for _ in 0..ATTEMPTS {
                let body = json!({});
                let answer = setup
                    .transfer(&first(), MIGRATIONS, &fingerprint, &key, &body)
                    .await;
                if answer.status != 503 {
                    return answer;
                }
            }
            panic!("the server is unavailable for good");
        });
    }
    let answers = requests.join_all().await;
    let bodies = answers
        .iter()
        .filter(|answer| answer.status != 412)
        .map(|answer| answer.body.to_string())
        .collect();
    (
        setup,
        answers
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect(),
        bodies,
    )
}

async fn transferred_once(setup: &Setup) {
    let stored = setup.stored(&first()).await;
    let ids: BTreeSet<&str> = stored.iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!((stored.len(), ids.len()), (13, 13));
    let receipts = setup.get(&first(), "/api/v1/receipts").await;
    assert_eq!(receipts.body["receipts"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_a_foreign_writer_did_in_between_is_kept_and_makes_the_plan_stale() {
    let setup = Setup::with_sample().await;
    let person = first();
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let foreign = br#"[{"id": "12345678-1234-4234-8234-123456789012", "name": "made by gn-auth", "created": "Nov 12 2024 03:27PM", "changed": "Nov 12 2024 03:27PM", "num_members": 1, "members": ["a:b"]}]"#;
    setup
        .redis
        .hset("collections2", &person.user_id, foreign)
        .await;
    let before = setup.redis.content().await;
    let stale = setup
        .transfer(&person, MIGRATIONS, plan.fingerprint(), "k", &json!({}))
        .await;
    assert_eq!(stale.problem(), "stale-plan");
    assert_eq!(setup.redis.content().await, before);
    let fresh = stale.body["plan"]["fingerprint"]
        .as_str()
        .expect("a fresh plan");
    let done = setup
        .transfer(&person, MIGRATIONS, fresh, "k2", &json!({}))
        .await;
    assert_eq!(done.status, 201);
    let stored = setup
        .redis
        .hget("collections2", &person.user_id)
        .await
        .expect("a list");
    let kept = &foreign[..foreign.len() - 1];
    assert!(
        stored.starts_with(kept),
        "the foreign entry is there byte for byte"
    );
}

#[tokio::test]
async fn choices_are_obeyed_and_wrong_ones_change_nothing() {
    let setup = Setup::with_sample().await;
    let person = people()
        .into_iter()
        .find(|person| person.name == "Researcher 09")
        .expect("there");
    let before = setup.redis.content().await;
    for (choices, path) in [
        (json!({"9:9": "skip"}), "choices.9:9"),
        (json!({"0:0": "merge"}), "choices.0:0"),
        (
            json!({"0:0": "skip", "0:2": "skip", "0:3": "skip", "0:4": "skip", "0:5": "skip", "0:6": "skip"}),
            "choices",
        ),
    ] {
        let answer = setup.migrate(&person, "wrong", &choices).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("invalid-request", 422)
        );
        assert_eq!(answer.body["errors"][0]["path"], path);
    }
    assert_eq!(setup.redis.content().await, before);

    let choices =
        json!({"0:2": "merge", "0:3": "skip", "0:4": "skip", "0:5": "skip", "0:6": "skip"});
    let done = setup.migrate(&person, "right", &choices).await;
    assert_eq!(done.status, 201, "{}", done.body);
    assert_eq!(
        (&done.body["merged"], &done.body["skipped"]),
        (&json!(1), &json!(5))
    );
    let stored = setup.stored(&person).await;
    assert_eq!(stored.len(), 3, "merging adds no collection");
    let merged = stored
        .iter()
        .find(|one| one["name"] == "Größe")
        .expect("there");
    let members = merged["members"].as_array().expect("members");
    assert_eq!(merged["num_members"], members.len());
    let distinct: BTreeSet<&str> = members.iter().filter_map(Value::as_str).collect();
    assert_eq!(distinct.len(), members.len());
    assert!(members.len() > 3);
}

#[tokio::test]
async fn gn_auths_flag_is_set_for_every_spelling_and_nothing_else_of_it_changes() {
    let setup = Setup::with_sample().await;
    let before = setup.redis.content().await;
    assert_eq!(setup.migrate(&first(), "k", &json!({})).await.status, 201);
    for email in ["researcher00@jax.example", "RESEARCHER00@JAX.EXAMPLE"] {
        let record = setup
            .redis
            .hget("migratable-accounts", email)
            .await
            .expect("a record");
        let was = before
            .iter()
            .find(|(key, field, _)| key == "migratable-accounts" && field == email);
        let was = String::from_utf8(was.expect("was there").2.clone()).expect("text");
        let expected = was.replace(
            "\"collections-migrated\": false",
            "\"collections-migrated\": true",
        );
        assert_eq!(String::from_utf8(record).expect("text"), expected);
    }
}

#[tokio::test]
async fn an_absent_flag_hash_is_left_for_gn_auth_to_fill() {
    let setup = Setup::empty().await;
    let sample = sample();
    let without: Vec<_> = sample
        .into_iter()
        .filter(|record| record.key != "migratable-accounts")
        .collect();
    setup.redis.load(&without).await;
    assert_eq!(setup.migrate(&first(), "k", &json!({})).await.status, 201);
    assert!(
        !setup
            .redis
            .content()
            .await
            .iter()
            .any(|(key, _, _)| key == "migratable-accounts")
    );
}

#[tokio::test]
async fn the_before_image_expires_and_the_audit_names_no_person() {
    let setup = Setup::with_sample().await;
    let person = first();
    let before = setup.redis.content().await;
    let receipt = setup.migrate(&person, "k", &json!({})).await.body;
    let id = receipt["id"].as_str().expect("an id");
    let mut connection = setup.redis.connect().await;
    let mut ttl = redis::cmd("TTL");
    ttl.arg(format!("gnc:before:{id}"));
    let ttl: i64 = ttl.query_async(&mut connection).await.expect("a TTL");
    assert!((29 * 86_400..=30 * 86_400).contains(&ttl), "{ttl}");

    let mut image = redis::cmd("HGETALL");
    image.arg(format!("gnc:before:{id}"));
    let image: std::collections::BTreeMap<String, Vec<u8>> =
        image.query_async(&mut connection).await.expect("an image");
    for number in 1..=6 {
        let part = |name: &str| image.get(&format!("change:{number}:{name}")).cloned();
        let (Some(hash), Some(field)) = (part("hash"), part("field")) else {
            continue;
        };
        let (hash, field) = (
            String::from_utf8(hash).expect("text"),
            String::from_utf8(field).expect("text"),
        );
        let was = before
            .iter()
            .find(|(key, name, _)| *key == hash && *name == field);
        assert_eq!(
            part("before"),
            was.map(|(_, _, value)| value.clone()),
            "{hash} {field}"
        );
    }
    assert!(image.len() > 12, "target, three sources, two flags");

    let mut audit = redis::cmd("XRANGE");
    audit.arg("gnc:audit").arg("-").arg("+");
    let audit: Vec<(String, Vec<(String, String)>)> =
        audit.query_async(&mut connection).await.expect("a stream");
    let text = format!("{audit:?}");
    assert_eq!(audit.len(), 1);
    assert!(text.contains(id) && text.contains(&person.user_id) && text.contains("migration"));
    assert!(!text.contains('@') && !text.contains("Researcher") && !text.contains("My traits"));
}

fn local() -> Value {
    json!([
        {"id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "name": "made here", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["1435464_at:HC_M2_0606_P", "10710:BXDPublish"]},
        {"id": "not a uuid", "name": "<b>two</b>", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["PC1:Temp"]},
    ])
}

#[tokio::test]
async fn anonymous_collections_are_imported_with_the_same_members() {
    let setup = Setup::with_sample().await;
    let person = newcomer();
    let legacy_before = setup.redis.content().await;
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    assert_eq!(plan.status, 200, "{}", plan.body);
    assert_eq!(plan.body["offer"], true);
    let body = json!({"collections": local(), "choices": {}});
    let receipt = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    assert_eq!(receipt.body["kind"], "import");
    assert_eq!(
        (&receipt.body["moved"], &receipt.body["members"]),
        (&json!(2), &json!(3))
    );
    let stored = setup.stored(&person).await;
    assert_eq!(stored[0]["members"], local()[0]["members"]);
    assert_eq!(stored[0]["id"], local()[0]["id"]);
    assert_eq!(stored[0]["created"], "Jan 02 2026 03:04AM");
    assert!(uuid::Uuid::parse_str(stored[1]["id"].as_str().expect("text")).is_ok());
    assert_eq!(stored[1]["name"], "<b>two</b>");
    let others: Vec<_> = setup
        .redis
        .content()
        .await
        .into_iter()
        .filter(|(_, field, _)| *field != person.user_id)
        .collect();
    assert_eq!(
        others, legacy_before,
        "an import touches nothing but the account's own list"
    );

    let again = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    assert_eq!(
        again.body["offer"], false,
        "what is there already is not offered again"
    );
}

#[tokio::test]
async fn an_import_is_tied_to_the_collections_that_were_planned() {
    let setup = Setup::empty().await;
    let person = newcomer();
    let plan = setup
        .post(
            &person,
            "/api/v1/imports/plan",
            &json!({"collections": local()}),
        )
        .await;
    let mut other = local();
    other[0]["members"] = json!(["other:one"]);
    let body = json!({"collections": other});
    let answer = setup
        .transfer(&person, "/api/v1/imports", plan.fingerprint(), "k", &body)
        .await;
    assert_eq!(answer.problem(), "stale-plan");
    assert!(setup.stored(&person).await.is_empty());
}
