//! The server's user in Redis may do what the documentation lists, which is all that the server needs. Every other
//! test runs as this user too.

use crate::harness::{Setup, command, patient, people, sample};
use http::Method;
use serde_json::json;

/// What Redis has refused to anybody.
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
async fn everything_that_people_do_is_allowed() {
    people_do_everything(&[]).await;
}

/// As if every list were large.
#[tokio::test]
async fn everything_that_people_do_with_large_lists_is_allowed() {
    people_do_everything(&["--large-list=1"]).await;
}

async fn people_do_everything(flags: &[&str]) {
    let setup = Setup::with(flags, &people()).await;
    setup.redis.load(&sample()).await;
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
async fn operators_commands_are_allowed() {
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

/// Rules made for an earlier version lack it.
#[tokio::test]
async fn a_user_that_may_not_watch_works_on_large_lists_all_the_same() {
    let setup = Setup::with(&["--large-list=1"], &people()).await;
    setup.redis.load(&sample()).await;
    let mut forbid = redis::cmd("ACL");
    forbid.arg("SETUSER").arg("gn-collections").arg("-watch");
    let connection = &mut setup.redis.connect().await;
    forbid.query_async::<()>(connection).await.expect("set");
    let before = setup.redis.content().await;
    let person = people().into_iter().find(|person| person.email_verified);
    let person = person.expect("somebody");
    let receipt = setup.migrate(&person, "key", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    let receipt = format!(
        "/api/v1/receipts/{}",
        receipt.body["id"].as_str().expect("an id")
    );
    let collections = setup.get(&person, "/api/v1/collections").await;
    let id = &collections.body["collections"][0]["id"];
    let one = format!("/api/v1/collections/{}", id.as_str().expect("an id"));
    for (method, change) in [
        (Method::PATCH, Some(json!({ "add": ["2:A"] }))),
        (Method::PATCH, Some(json!({ "remove": ["2:A"] }))),
    ] {
        let seen = setup.get(&person, &one).await;
        let tag = Some(seen.header("etag"));
        let changed = setup
            .edit(&person, method, &one, tag, change.as_ref())
            .await;
        assert_eq!(changed.status, 200, "{}", changed.body);
    }
    assert_ne!(setup.redis.content().await, before);
    let undone = setup.undo(&person, &receipt, "undo").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    assert!(!refused(&setup).await.is_empty(), "it has tried");
}

#[tokio::test]
async fn the_user_may_neither_write_accounts_nor_look_elsewhere() {
    let setup = Setup::with_sample().await;
    let mut connection = redis::Client::open(setup.redis.url())
        .expect("a client")
        .get_multiplexed_async_connection_with_config(&patient())
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
