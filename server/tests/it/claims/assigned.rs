//! Accounts that an operator assigned, for people without a password to show.

use super::{LEGACY, OLD_ID, audit, mover, person, planned};
use crate::harness::{Setup, command};
use serde_json::{Value, json};
use std::process::Output;

/// The account of an ORCID sign-in in the sample data.
const ORCID_ID: &str = "788fa2a8-03b4-4eb2-9ec2-c2707145d87e";

fn assign(setup: &Setup, arguments: &[&str]) -> Output {
    let mut command = command();
    command.env("GNC_REDIS_URL", setup.redis.url());
    command.arg("assign").args(arguments);
    command.output().expect("it ran")
}

fn prints(setup: &Setup, arguments: &[&str]) -> Value {
    let output = assign(setup, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn account_without_address_is_offered_to_its_person_and_can_be_undone() {
    let setup = Setup::with_sample().await;
    for (person, to) in [
        (mover(), mover().user_id),
        (person("Newcomer"), " Newcomer@UON.example".to_owned()),
    ] {
        let before = setup.redis.content().await;
        assert!(planned(&setup, &person).await.is_empty());
        let assigned = prints(&setup, &["--legacy", ORCID_ID, "--to", &to]);
        assert_eq!(assigned[ORCID_ID]["proof"], "operator");
        assert_eq!(setup.redis.content().await, before, "it moves nothing");

        let plan = setup.get(&person, LEGACY).await;
        assert_eq!((&plan.body["offer"], plan.items().len()), (&json!(true), 2));
        let account = &plan.body["accounts"][0];
        assert_eq!(
            (&account["legacy_user_id"], &account["email"]),
            (&json!(ORCID_ID), &Value::Null)
        );
        assert_eq!(account["full_name"], "Researcher ORCID");
        let receipt = setup.migrate(&person, "one", &json!({})).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        assert_eq!(setup.redis.hget("collections", ORCID_ID).await, None);
        let path = format!(
            "/api/v1/receipts/{}",
            receipt.body["id"].as_str().expect("an id")
        );
        assert_eq!(setup.undo(&person, &path, "undo").await.status, 201);
        assert_eq!(setup.redis.content().await, before, "byte for byte");

        let removed = prints(&setup, &["--legacy", ORCID_ID, "--to", &to, "--remove"]);
        assert_eq!(removed, json!({}));
        assert!(planned(&setup, &person).await.is_empty());
    }
}

#[tokio::test]
async fn assignment_to_an_address_needs_the_verified_address() {
    let setup = Setup::with_sample().await;
    let unverified = person("Researcher 03");
    prints(&setup, &["--legacy", ORCID_ID, "--to", &unverified.email]);
    let refused = setup.get(&unverified, LEGACY).await;
    assert_eq!(refused.problem(), "email-not-verified");
    assert!(planned(&setup, &mover()).await.is_empty());
}

#[tokio::test]
async fn assignments_are_listed_and_audited_and_mistakes_change_nothing() {
    let setup = Setup::with_sample().await;
    let to = "newcomer@uon.example";
    assert_eq!(prints(&setup, &["--to", to]), json!({}));
    let id = mover().user_id;
    let unknown = uuid::Uuid::nil().to_string();
    for (arguments, reason) in [
        (
            &["--legacy", unknown.as_str(), "--to", to][..],
            "no legacy account",
        ),
        (
            &["--legacy", ORCID_ID, "--to", "somebody"],
            "neither the id",
        ),
        (
            &["--legacy", ORCID_ID, "--to", to, "--remove"],
            "was not assigned",
        ),
    ] {
        let output = assign(&setup, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(reason), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert!(audit(&setup).await.is_empty());

    prints(&setup, &["--legacy", ORCID_ID, "--to", to]);
    let both = prints(&setup, &["--legacy", OLD_ID, "--to", to]);
    assert_eq!(both.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(prints(&setup, &["--to", to]), both);
    assert_eq!(
        planned(&setup, &person("Newcomer")).await,
        [OLD_ID, ORCID_ID]
    );
    prints(&setup, &["--legacy", OLD_ID, "--to", &id]);
    prints(&setup, &["--legacy", OLD_ID, "--to", &id, "--remove"]);
    let entries = audit(&setup).await;
    let found: Vec<_> = entries
        .iter()
        .map(|entry| (&*entry["kind"], &*entry["from"], &*entry["to"]))
        .collect();
    let expected = [
        ("assign", ORCID_ID, ""),
        ("assign", OLD_ID, ""),
        ("assign", OLD_ID, &*id),
        ("withdraw", OLD_ID, &*id),
    ];
    assert_eq!(found, expected);
    for entry in &entries {
        assert_eq!(entry["actor"], "operator");
        assert!(entry["request_id"].starts_with("operator-"));
    }
    assert!(!format!("{entries:?}").contains('@'));
}
