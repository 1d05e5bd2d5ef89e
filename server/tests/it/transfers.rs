//! A transfer has its effect once, whatever happens around it.

use crate::harness::{Person, Setup, people, sample};
use futures_util::future::{Either, select};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MIGRATIONS: &str = "/api/v1/migrations";

fn first() -> Person {
    people().remove(0)
}

#[tokio::test]
async fn repeated_request_makes_one_transfer_and_one_receipt() {
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

#[tokio::test]
async fn repetition_of_a_running_request_is_asked_to_retry() {
    let setup = Setup::with_sample().await;
    let person = first();
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let default = json!({});
    let click = || setup.transfer(&person, MIGRATIONS, plan.fingerprint(), "click", &default);
    setup.redis.hang();
    let clicks = (Box::pin(click()), Box::pin(click()));
    let (early, other) = match select(clicks.0, clicks.1).await {
        Either::Left((early, other)) | Either::Right((early, other)) => (early, other),
    };
    assert_eq!(
        (early.problem(), early.status.as_u16()),
        ("idempotency-in-progress", 409)
    );
    assert_eq!(early.header("retry-after"), "1");
    setup.redis.resume();
    let done = other.await;
    assert_eq!(done.status, 201, "{}", done.body);
    let again = click().await;
    assert_eq!((again.status.as_u16(), again.body), (201, done.body));
}

#[tokio::test]
async fn foreign_write_is_kept_and_makes_the_plan_stale() {
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
async fn choices_are_applied_and_invalid_choices_change_nothing() {
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
async fn migration_flag_is_set_for_every_spelling_of_the_address() {
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
async fn absent_flag_hash_is_not_created() {
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
async fn before_image_expires_and_audit_names_no_person() {
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
    assert_eq!(audit.len(), 2, "a look at the plan, and the migration");
    assert!(text.contains(id) && text.contains(&person.user_id) && text.contains("migration"));
    assert!(!text.contains('@') && !text.contains("Researcher") && !text.contains("My traits"));
}
