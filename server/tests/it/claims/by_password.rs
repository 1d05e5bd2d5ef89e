//! Claiming with the old password, and what becomes of the claimed account.

use super::{
    CLAIMS, LEGACY, OLD_EMAIL, OLD_ID, OLD_PASSWORD, accepting, audit, claim, encoded, mover,
    person, planned, store_account,
};
use crate::harness::{Setup, command, people};
use http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn claims_are_off_by_default() {
    let setup = Setup::with_sample().await;
    let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
    assert_eq!(config.body["claim_by_password"], false);
    let before = setup.redis.content().await;
    let answer = claim(&setup, &mover(), OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(answer.problem(), "not-found");
    assert_eq!(setup.redis.content().await, before);
    assert!(planned(&setup, &mover()).await.is_empty());
}

#[tokio::test]
async fn claimed_account_joins_the_plan_and_can_be_migrated_and_undone() {
    let setup = accepting().await;
    let person = mover();
    let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
    assert_eq!(config.body["claim_by_password"], true);
    let before = setup.redis.content().await;
    assert!(planned(&setup, &person).await.is_empty());

    let claimed = claim(&setup, &person, " Researcher70@UTHSC.example", OLD_PASSWORD).await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    assert_eq!(claimed.body, json!({"legacy_user_ids": [OLD_ID]}));
    assert_eq!(setup.redis.content().await, before, "a claim moves nothing");
    let again = claim(&setup, &person, OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(again.body, claimed.body);

    let plan = setup.get(&person, LEGACY).await;
    assert_eq!((&plan.body["offer"], plan.items().len()), (&json!(true), 2));
    assert_eq!(plan.body["accounts"][0]["legacy_user_id"], OLD_ID);
    assert_eq!(plan.body["accounts"][0]["email"], OLD_EMAIL);
    let receipt = setup.migrate(&person, "one", &json!({})).await;
    assert_eq!(
        (receipt.status.as_u16(), &receipt.body["moved"]),
        (201, &json!(2))
    );
    assert_eq!(setup.stored(&person).await.len(), 2);
    assert_eq!(setup.redis.hget("collections", OLD_ID).await, None);
    let flag = setup.redis.hget("migratable-accounts", OLD_EMAIL).await;
    let flag: Value = serde_json::from_slice(&flag.expect("a flag")).expect("JSON");
    assert_eq!(flag["collections-migrated"], true);
    assert_eq!(setup.get(&person, LEGACY).await.body["offer"], false);
    // The account is migrated already; claiming it again offers nothing.
    let late = claim(&setup, &person, OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(late.status, 201);
    assert_eq!(setup.get(&person, LEGACY).await.body["offer"], false);

    let path = format!(
        "/api/v1/receipts/{}",
        receipt.body["id"].as_str().expect("an id")
    );
    let undone = setup.undo(&person, &path, "undo").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert_eq!(setup.redis.content().await, before, "byte for byte");
    assert_eq!(setup.get(&person, LEGACY).await.body["offer"], true);
}

#[tokio::test]
async fn claimed_account_is_planned_beside_those_with_the_address() {
    let setup = accepting().await;
    let owner = person("Researcher 00");
    let own = planned(&setup, &owner).await;
    assert_eq!(own.len(), 3);
    let claimed = claim(&setup, &owner, OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    let all = [&own[..], &[OLD_ID.to_owned()]].concat();
    assert_eq!(planned(&setup, &owner).await, all);
    assert_eq!(planned(&setup, &mover()).await, Vec::<String>::new());
}

#[tokio::test]
async fn unknown_account_and_wrong_password_get_the_same_answer() {
    let setup = accepting().await;
    let passwordless = "passwordless@example.org";
    store_account(&setup, "p", passwordless, Value::Null).await;
    let before = setup.redis.content().await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("nobody@example.org", OLD_PASSWORD),
        (OLD_EMAIL, "wrong"),
        (OLD_EMAIL, "Old-demo"),
        (passwordless, ""),
        (passwordless, "x"),
    ] {
        let password = if password.is_empty() { " " } else { password };
        let mut answer = claim(&setup, &mover(), email, password).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("claim-refused", 403)
        );
        let id = answer.body.as_object_mut().expect("an object");
        assert!(id.remove("request_id").is_some());
        for header in ["x-request-id", "date"] {
            answer.headers.remove(header);
        }
        answers.push((answer.body, answer.headers));
    }
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:#?}"
    );
    assert_eq!(setup.redis.content().await, before);
    assert!(planned(&setup, &mover()).await.is_empty());
}

#[tokio::test]
async fn every_account_with_the_address_and_the_password_is_claimed() {
    let setup = accepting().await;
    let email = "shared@example.org";
    let string = Value::from(encoded("right", "sha256", 1000).to_string());
    for (id, spelling, password) in [
        ("a", email, encoded("right", "sha256", 100_000)),
        ("b", " Shared@Example.ORG", string),
        ("c", email, encoded("right", "sha1", 1000)),
        ("d", email, encoded("other", "sha256", 1000)),
        // More work than a check may take.
        ("e", email, encoded("right", "sha256", 400_000)),
        ("f", email, json!({"algorithm": "pbkdf2"})),
        ("g", email, Value::Null),
    ] {
        store_account(&setup, id, spelling, password).await;
    }
    let claimed = claim(&setup, &mover(), email, "right").await;
    assert_eq!(claimed.body, json!({"legacy_user_ids": ["a", "b", "c"]}));
    assert_eq!(planned(&setup, &mover()).await, ["a", "b", "c"]);
}

#[tokio::test]
async fn claim_ends_when_the_password_changes_and_not_when_the_address_does() {
    let setup = accepting().await;
    let (id, person) = ("a", mover());
    let password = encoded("right", "sha256", 1000);
    store_account(&setup, id, "a@example.org", password.clone()).await;
    let claimed = claim(&setup, &person, "a@example.org", "right").await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);

    store_account(&setup, id, "moved@example.org", password.clone()).await;
    assert_eq!(planned(&setup, &person).await, [id]);
    let reset = encoded("reset", "sha256", 1000);
    store_account(&setup, id, "moved@example.org", reset).await;
    assert!(planned(&setup, &person).await.is_empty());
    store_account(&setup, id, "moved@example.org", password).await;
    assert_eq!(planned(&setup, &person).await, [id]);
    setup.redis.hset("users", id, b"broken").await;
    assert!(planned(&setup, &person).await.is_empty());
    let mut delete = redis::cmd("HDEL");
    delete.arg("users").arg(id);
    let () = delete
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("deleted");
    assert!(planned(&setup, &person).await.is_empty());
}

#[tokio::test]
async fn first_of_two_claimants_who_migrates_gets_the_collections() {
    let setup = accepting().await;
    // One has the address, the other knows the password.
    let (first, second) = (person("Researcher 06"), mover());
    let email = "researcher06@uon.example";
    let [id] = &planned(&setup, &first).await[..] else {
        panic!("one account");
    };
    let list = setup.redis.hget("collections", id).await.expect("a list");
    store_account(&setup, id, email, encoded("right", "sha256", 1000)).await;
    setup.redis.hset("collections", id, &list).await;
    let claimed = claim(&setup, &second, email, "right").await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    let plan = setup.get(&second, LEGACY).await;
    assert_eq!(
        plan.items().len(),
        setup.get(&first, LEGACY).await.items().len()
    );

    let moved = setup.migrate(&first, "one", &json!({})).await;
    assert_eq!(moved.status, 201, "{}", moved.body);
    let late = setup
        .transfer(
            &second,
            "/api/v1/migrations",
            plan.fingerprint(),
            "two",
            &json!({}),
        )
        .await;
    assert_eq!(late.problem(), "stale-plan");
    assert_eq!(late.body["plan"]["accounts"], json!([]));
    assert!(setup.stored(&second).await.is_empty());
}

#[tokio::test]
async fn invalid_claims_are_refused_before_they_count() {
    let setup = accepting().await;
    let person = mover();
    let long = "x".repeat(1025);
    for (body, path) in [
        (json!({"email": "", "password": "x"}), "email"),
        (json!({"email": "   ", "password": "x"}), "email"),
        (json!({"email": "nobody", "password": "x"}), "email"),
        (json!({"email": OLD_EMAIL, "password": ""}), "password"),
        (json!({"email": OLD_EMAIL, "password": long}), "password"),
        (json!({"email": OLD_EMAIL}), "."),
        (
            json!({"email": OLD_EMAIL, "password": "x", "owner": "y"}),
            "owner",
        ),
    ] {
        let answer = setup.post(&person, CLAIMS, &body).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("invalid-request", 422)
        );
        assert_eq!(answer.body["errors"][0]["path"], path, "{}", answer.body);
    }
    let unverified = super::person("Researcher 03");
    for _ in 0..6 {
        let answer = claim(&setup, &unverified, OLD_EMAIL, OLD_PASSWORD).await;
        assert_eq!(answer.problem(), "email-not-verified");
    }
    let nobody = json!({"email": OLD_EMAIL, "password": OLD_PASSWORD});
    let nobody = setup.send(Method::POST, CLAIMS, &[], Some(&nobody)).await;
    assert_eq!(nobody.status, 401);
    let claimed = claim(&setup, &person, OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);
}

#[tokio::test]
async fn every_attempt_is_audited_with_ids_only() {
    let setup = accepting().await;
    let person = mover();
    let mut expected = Vec::new();
    for (email, password, from, outcome) in [
        ("nobody@example.org", "guess-1", "", "claim-refused"),
        (OLD_EMAIL, "guess-2", OLD_ID, "claim-refused"),
        ("nobody", "guess-3", "", "invalid-request"),
        (OLD_EMAIL, OLD_PASSWORD, OLD_ID, "committed"),
        (OLD_EMAIL, OLD_PASSWORD, OLD_ID, "committed"),
        (OLD_EMAIL, OLD_PASSWORD, OLD_ID, "committed"),
        (OLD_EMAIL, OLD_PASSWORD, "", "too-many-attempts"),
    ] {
        let answer = claim(&setup, &person, email, password).await;
        let request = answer.header("x-request-id").to_owned();
        expected.push((from, outcome, request));
    }
    let entries = audit(&setup).await;
    assert_eq!(entries.len(), expected.len());
    for (entry, (from, outcome, request)) in entries.iter().zip(&expected) {
        assert_eq!(
            (&*entry["kind"], &*entry["who"]),
            ("claim", &*person.user_id)
        );
        assert_eq!((&*entry["from"], &*entry["outcome"]), (*from, *outcome));
        assert_eq!(
            (&*entry["request_id"], &*entry["to"]),
            (&**request, &*person.user_id)
        );
    }
    let text = format!("{entries:?}");
    assert!(!text.contains('@') && !text.contains("guess") && !text.contains(OLD_PASSWORD));
}

#[tokio::test]
async fn our_keys_contain_neither_addresses_nor_passwords() {
    let setup = accepting().await;
    let claimed = claim(&setup, &mover(), OLD_EMAIL, OLD_PASSWORD).await;
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    let assign = [
        "assign",
        "--legacy",
        OLD_ID,
        "--to",
        "researcher04@epfl.example",
    ];
    let mut assign_command = command();
    assign_command
        .env("GNC_REDIS_URL", setup.redis.url())
        .args(assign);
    assert!(assign_command.output().expect("it ran").status.success());
    let script = "local all = {} for _, key in ipairs(redis.call('KEYS', 'gnc:*')) do table.insert(all, key) \
        local kind = redis.call('TYPE', key).ok \
        if kind == 'hash' then for _, part in ipairs(redis.call('HGETALL', key)) do table.insert(all, part) end end \
        if kind == 'string' then table.insert(all, redis.call('GET', key)) end end return all";
    let mut dump = redis::cmd("EVAL");
    dump.arg(script).arg(0);
    let ours: Vec<String> = dump
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("our keys");
    let text = ours.join("\n");
    assert!(
        text.contains("gnc:claims:") && text.contains("gnc:claim-attempts:"),
        "{text}"
    );
    assert!(
        !text.contains('@') && !text.contains(OLD_PASSWORD),
        "{text}"
    );
    assert!(people().iter().all(|person| !text.contains(&person.email)));
}
