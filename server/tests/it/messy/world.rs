//! The content of Redis for a case, and readers of responses.

use crate::harness::{ApiResponse, MessyCase, Person, Record, Setup, command};
use base64::Engine;
use serde_json::{Value, json};

const SOUND: &str = "99999999-9999-4999-8999-999999999999";
pub(super) const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";

pub(super) fn person(email: &str) -> Person {
    Person {
        user_id: "0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e".to_owned(),
        name: "Person".to_owned(),
        email: email.to_owned(),
        email_verified: true,
    }
}

fn account(id: &str) -> Record {
    let value =
        json!({"user_id": id, "full_name": "Person", "email_address": "person@example.org"});
    Record {
        key: "users".to_owned(),
        field: id.to_owned(),
        value: value.to_string(),
    }
}

fn list(owner: &str, name: &str) -> Record {
    let id = uuid::Uuid::new_v4();
    let value = format!(
        r#"[{{"id": "{id}", "name": "{name}", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 13 2019 11:05AM", "num_members": 1, "members": ["10710:BXDPublish"]}}]"#
    );
    Record {
        key: "collections".to_owned(),
        field: owner.to_owned(),
        value,
    }
}

/// The records of every case, as the README of the data describes them.
fn companions(hash: &str) -> Vec<Record> {
    match hash {
        "users" => vec![
            account(SOUND),
            list(SOUND, "of the sound one"),
            list(ONE, "under one"),
            list(TWO, "under two"),
        ],
        "collections" => vec![account(ONE)],
        _ => vec![account(ONE), list(ONE, "under one")],
    }
}

pub(super) fn raw(case: &MessyCase) -> Vec<u8> {
    match (&case.value, &case.value_base64) {
        (Some(text), _) => text.clone().into_bytes(),
        (None, Some(base64)) => base64::prelude::BASE64_STANDARD
            .decode(base64)
            .expect("base64"),
        (None, None) => panic!("{}: no value", case.case),
    }
}

pub(super) async fn start(case: &MessyCase, person: &Person, field: &str) -> Setup {
    let setup = Setup::with(&[], std::slice::from_ref(person)).await;
    setup.redis.load(&companions(&case.hash)).await;
    setup.redis.hset(&case.hash, field, &raw(case)).await;
    setup
}

/// Whether `gn-collections report` lists the record of this field.
pub(super) async fn reported(setup: &Setup, case: &MessyCase, field: &str) -> bool {
    let mut report = command();
    report
        .args(["report", "--json"])
        .env("GNC_REDIS_URL", setup.redis.url());
    let ran = tokio::task::spawn_blocking(move || report.output()).await;
    let output = ran.expect("waited for").expect("it ran");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let unreadable = report["unreadable"].as_array().expect("a list");
    unreadable
        .iter()
        .any(|record| record["key"] == *case.hash && record["field"] == *field)
}

pub(super) fn names(plan: &ApiResponse) -> Vec<String> {
    let items = plan.items();
    items
        .iter()
        .map(|item| item["name"].as_str().expect("a name").to_owned())
        .collect()
}

pub(super) fn transferable(plan: &ApiResponse) -> usize {
    let items = plan.items();
    items
        .iter()
        .filter(|item| ["move", "keep-both"].contains(&item["action"].as_str().expect("text")))
        .count()
}

pub(super) fn unreadable(plan: &ApiResponse) -> Vec<&Value> {
    plan.items()
        .into_iter()
        .filter(|item| item["relation"] == "unreadable")
        .collect()
}

pub(super) fn has_reason(item: &Value) -> bool {
    item["reason"]
        .as_str()
        .is_some_and(|reason| !reason.is_empty())
}
