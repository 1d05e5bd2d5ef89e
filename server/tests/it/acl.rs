//! The rights in docs/redis.md are all that the server needs. All other tests use this Redis user
//! too.

use crate::harness::{Setup, command, people, without_timeouts};
use http::Method;
use serde_json::json;

/// Commands that Redis has refused.
async fn refused(setup: &Setup) -> Vec<String> {
    let mut log = redis::cmd("ACL");
    log.arg("LOG");
    let entries: Vec<redis::Value> = log
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("the log");
    entries.iter().map(|entry| format!("{entry:?}")).collect()
}

#[tokio::test]
async fn redis_user_may_do_everything_that_people_do() {
    let setup = Setup::with_sample().await;
    let mut served = 0;
    for person in people().iter().filter(|person| person.email_verified) {
        if setup.get(person, "/api/v1/legacy").await.body["offer"] != true {
            continue;
        }
        let receipt = setup.migrate(person, "migration", &json!({})).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        served += 1;
        let local = json!([{
            "id": "11111111-1111-4111-8111-111111111111", "name": "From here", "members": ["1:A"],
            "created": "2024-01-01T00:00:00Z", "changed": "2024-01-01T00:00:00Z",
        }]);
        let asked = json!({ "collections": local });
        let plan = setup.post(person, "/api/v1/imports/plan", &asked).await;
        assert_eq!(plan.status, 200, "{}", plan.body);
        let wanted = json!({ "collections": local, "choices": {} });
        let imported = setup
            .transfer(
                person,
                "/api/v1/imports",
                plan.fingerprint(),
                "import",
                &wanted,
            )
            .await;
        assert_eq!(imported.status, 201, "{}", imported.body);
        let new = json!({ "name": "New", "members": ["1:A"] });
        let made = setup.post(person, "/api/v1/collections", &new).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.header("location").to_owned();
        let change = json!({ "add": ["2:A"] });
        let tag = made.header("etag");
        let changed = setup
            .edit(person, Method::PATCH, &path, Some(tag), Some(&change))
            .await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let tag = changed.header("etag");
        let deleted = setup
            .edit(person, Method::DELETE, &path, Some(tag), None)
            .await;
        assert_eq!(deleted.status, 204, "{}", deleted.body);
        for receipt in [receipt.body["id"].as_str(), imported.body["id"].as_str()] {
            let Some(id) = receipt else { continue };
            let path = format!("/api/v1/receipts/{id}");
            let undone = setup
                .undo(person, &path, &format!("undo {id}").replace(' ', "-"))
                .await;
            assert_eq!(undone.status, 201, "{}", undone.body);
        }
        let receipts = setup.get(person, "/api/v1/receipts").await;
        assert!(
            receipts.body["receipts"]
                .as_array()
                .is_some_and(|all| all.len() > 2)
        );
        let stale = setup
            .transfer(person, "/api/v1/migrations", "stale", "refused", &json!({}))
            .await;
        assert_ne!(stale.status, 201, "it is noted as refused");
    }
    assert!(served > 2, "{served} people");
    assert_eq!(refused(&setup).await, Vec::<String>::new());
}

#[tokio::test]
async fn redis_user_may_run_operator_commands() {
    let setup = Setup::with_sample().await;
    let person = people().into_iter().find(|person| person.email_verified);
    let person = person.expect("somebody");
    let receipt = setup.migrate(&person, "key", &json!({})).await;
    let receipt = receipt.body["id"].as_str().expect("an id").to_owned();
    for arguments in [
        &["report"][..],
        &["receipts", &person.user_id],
        &["undo", &receipt],
        &["audit"],
        &["assign", "--to", &person.user_id],
    ] {
        let mut command = command();
        command
            .env("GNC_REDIS_URL", setup.redis.url())
            .args(arguments);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    assert_eq!(refused(&setup).await, Vec::<String>::new());
}

#[tokio::test]
async fn redis_user_may_not_write_accounts_or_read_other_keys() {
    let setup = Setup::with_sample().await;
    let mut connection = redis::Client::open(setup.redis.url())
        .expect("a client")
        .get_multiplexed_async_connection_with_config(&without_timeouts())
        .await
        .expect("it may come in");
    for words in [
        &["HSET", "users", "x", "y"][..],
        &["DEL", "collections"],
        &["HGET", "somebody-elses", "x"],
        &["KEYS", "*"],
        &["CONFIG", "GET", "*"],
        &["FLUSHALL"],
    ] {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        let error = command.query_async::<redis::Value>(&mut connection).await;
        let error = error.expect_err("refused").to_string();
        assert!(
            error.to_lowercase().contains("permission"),
            "{words:?}: {error}"
        );
    }
}
