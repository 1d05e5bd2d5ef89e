//! Every case of `messy.jsonl`, through the real server and Redis, as its `expect` says.

use crate::harness::{Answer, MessyCase, Person, Record, Setup, messy};
use base64::Engine;
use serde_json::{Value, json};

const SOUND: &str = "99999999-9999-4999-8999-999999999999";
const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";

fn person(email: &str) -> Person {
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

/// What Redis holds beside the case's own record, as the data's README says.
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

fn raw(case: &MessyCase) -> Vec<u8> {
    match (&case.value, &case.value_base64) {
        (Some(text), _) => text.clone().into_bytes(),
        (None, Some(base64)) => base64::prelude::BASE64_STANDARD
            .decode(base64)
            .expect("base64"),
        (None, None) => panic!("{}: no value", case.case),
    }
}

fn names(plan: &Answer) -> Vec<String> {
    let items = plan.items();
    items
        .iter()
        .map(|item| item["name"].as_str().expect("a name").to_owned())
        .collect()
}

fn transferable(plan: &Answer) -> usize {
    let items = plan.items();
    items
        .iter()
        .filter(|item| ["move", "keep-both"].contains(&item["action"].as_str().expect("text")))
        .count()
}

fn unreadable(plan: &Answer) -> Vec<&Value> {
    plan.items()
        .into_iter()
        .filter(|item| item["relation"] == "unreadable")
        .collect()
}

#[tokio::test]
async fn every_case_is_served_as_expected() {
    let cases = messy();
    assert_eq!(cases.len(), 69, "the table is whole");
    for case in &cases {
        match case.hash.as_str() {
            "users" => account_case(case).await,
            "collections" => list_case(case).await,
            "collections2" => target_case(case).await,
            "migratable-accounts" => flag_case(case).await,
            other => panic!("unknown hash {other}"),
        }
    }
}

async fn start(case: &MessyCase, person: &Person, field: &str) -> Setup {
    let setup = Setup::with(&[], std::slice::from_ref(person)).await;
    setup.redis.load(&companions(&case.hash)).await;
    setup.redis.hset(&case.hash, field, &raw(case)).await;
    setup
}

async fn account_case(case: &MessyCase) {
    let emails: &[&str] = match case.case.as_str() {
        "account: international domain" => {
            &["person@xn--bcher-kva.example", "person@bücher.example"]
        }
        "account: decomposed accents" => &["p\u{e9}rson@example.org"],
        _ => &["person@example.org"],
    };
    for email in emails {
        let person = person(email);
        let setup = start(case, &person, &case.field).await;
        let before = setup.redis.content().await;
        let plan = setup.get(&person, "/api/v1/legacy").await;
        assert_eq!(plan.status, 200, "{}", case.case);
        let text = plan.body.to_string();
        assert!(
            !text.contains("pbkdf2") && !text.contains("registration_info"),
            "{}",
            case.case
        );
        let found = names(&plan);
        let has = |name: &str| found.iter().any(|found| found == name);
        if *email == "person@example.org" {
            assert!(
                has("of the sound one"),
                "{}: the sound account is served",
                case.case
            );
        }
        match case.expect.as_str() {
            expect if expect.starts_with("the sound account's person is served") => {
                assert_eq!(found, ["of the sound one"], "{}", case.case);
            }
            "collections under either id are found, listed once" => {
                assert!(has("under one") && has("under two"), "{}", case.case);
                assert_eq!(found.len(), 3, "{}: each once", case.case);
            }
            // "found, or listed for the operator as unreadable; never a failure for anybody"
            _ if case.case.contains("NaN") => {}
            _ => assert!(
                has("under one") && !has("under two"),
                "{}: {found:?}",
                case.case
            ),
        }
        if case.case.contains("lone surrogate") {
            assert!(
                text.contains('\u{fffd}'),
                "{}: a replacement character is shown",
                case.case
            );
        }
        assert_eq!(
            setup.redis.content().await,
            before,
            "looking changes nothing"
        );
    }
}

async fn list_case(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &case.field).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.status, 200, "{}", case.case);
    let expect = case.expect.as_str();
    if expect.starts_with("no collections") || expect.contains("one unreadable value") {
        assert_eq!(plan.body["offer"], false, "{}", case.case);
        let expected = usize::from(!expect.starts_with("no collections"));
        assert_eq!(unreadable(&plan).len(), expected, "{}", case.case);
        for item in unreadable(&plan) {
            assert!(
                item["reason"]
                    .as_str()
                    .is_some_and(|reason| !reason.is_empty())
            );
        }
        assert_eq!(
            setup.redis.hget("collections", ONE).await,
            Some(raw(case)),
            "{}",
            case.case
        );
        return;
    }
    if expect.ends_with("never a failure") && plan.body["offer"] == false {
        assert_eq!(unreadable(&plan).len(), 1, "{}: listed and left", case.case);
        assert_eq!(setup.redis.hget("collections", ONE).await, Some(raw(case)));
        return;
    }
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    assert_eq!(receipt.status, 201, "{}: {}", case.case, receipt.body);
    let stored = setup.stored(&person).await;
    assert_eq!(stored.len(), transferable(&plan), "{}", case.case);
    for entry in &stored {
        crate::interop::gn_auth_reads(entry);
    }
    if case.case == "entry: unknown fields" {
        let written = setup.redis.hget("collections2", &person.user_id).await;
        let written = String::from_utf8(written.expect("a list")).expect("text");
        let digits = r#""big": 12345678901234567890123, "tiny": 0.0"#;
        assert!(written.contains(digits), "the same digits: {written}");
    }
    let left = setup
        .redis
        .hget("collections", ONE)
        .await
        .unwrap_or_default();
    let left = String::from_utf8(left).expect("text");
    if expect.contains("listed as unreadable with the reason") {
        assert_eq!(names(&plan), ["", "sound one"], "{}", case.case);
        assert_eq!(unreadable(&plan).len(), 1, "{}", case.case);
        let source = String::from_utf8(raw(case)).expect("text");
        let entry = left.trim_start_matches('[').trim_end_matches(']');
        assert!(
            source.starts_with(&format!("[{entry}")),
            "{}: {left}",
            case.case
        );
    } else if expect.contains("together with the sound one") {
        assert_eq!(transferable(&plan), 2, "{}", case.case);
        let repairs = plan.items()[0]["repairs"].as_array().expect("repairs");
        assert!(!repairs.is_empty(), "{}: the repair is listed", case.case);
    }
    details(case, &plan, &stored, &left);
}

/// What single cases ask for beside the rule.
fn details(case: &MessyCase, plan: &Answer, stored: &[Value], left: &str) {
    let first = || {
        stored
            .first()
            .unwrap_or_else(|| panic!("{}: nothing stored", case.case))
    };
    let members = |entry: &Value| entry["members"].as_array().map_or(0, Vec::len);
    let dates: Vec<&str> = stored
        .iter()
        .filter_map(|entry| entry["created"].as_str())
        .collect();
    match case.case.as_str() {
        "entry: ISO timestamp" => assert_eq!(dates[0], "Nov 12 2019 03:27PM"),
        "entry: epoch timestamp" => assert_eq!(first()["changed"], "Nov 12 2019 03:27PM"),
        "entry: name is a number" => assert_eq!(first()["name"], "42"),
        "entry: no name" => {
            let name = first()["name"].as_str().expect("a name");
            assert!(name.contains("2019-11-12"), "made from the date: {name}");
        }
        "entry: members as one comma-separated string"
        | "entry: members without a colon"
        | "entry: member with two colons" => assert_eq!(members(first()), 2, "{}", case.case),
        "entry: unknown fields" => {
            assert_eq!(first()["color"], "teal");
            assert_eq!(first()["nested"], json!({"a": [1, {"b": null}]}));
        }
        "entry: empty default collection" => {
            assert_eq!(stored.len(), 1);
            assert_eq!(plan.items()[0]["action"], "skip");
            assert!(left.contains("Your Default Collection"));
        }
        "list: the same id twice" => {
            assert_eq!(stored.len(), 2);
            assert_ne!(stored[0]["id"], stored[1]["id"]);
        }
        "list: the same name twice" => {
            assert_eq!(stored.len(), 2);
            assert_ne!(stored[0]["name"], stored[1]["name"]);
        }
        "list: twice the same collection" => {
            assert_eq!(stored.len(), 1);
            assert_eq!(plan.items()[1]["action"], "already-present");
        }
        _ => assert!(!stored.is_empty() || !left.is_empty(), "{}", case.case),
    }
    if case.expect.contains("one member is left") {
        assert_eq!(members(first()), 1, "{}", case.case);
    }
}

async fn target_case(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &person.user_id.clone()).await;
    if case.expect.starts_with("503") {
        let before = setup.redis.content().await;
        for path in ["/api/v1/legacy", "/api/v1/collections"] {
            let answer = setup.get(&person, path).await;
            assert_eq!(
                (answer.problem(), answer.status.as_u16()),
                ("list-unreadable", 503)
            );
        }
        let body = json!({});
        let answer = setup
            .transfer(&person, "/api/v1/migrations", "x", "k", &body)
            .await;
        assert_eq!(answer.problem(), "list-unreadable");
        assert_eq!(
            setup.redis.content().await,
            before,
            "nothing moved, nothing overwritten"
        );
        return;
    }
    let list = setup.get(&person, "/api/v1/collections").await;
    assert_eq!(list.body["collections"].as_array().map(Vec::len), Some(1));
    assert_eq!(list.body["unreadable"].as_array().map(Vec::len), Some(1));
    assert_eq!(setup.migrate(&person, "k", &json!({})).await.status, 201);
    let stored = setup
        .redis
        .hget("collections2", &person.user_id)
        .await
        .expect("a list");
    let kept = raw(case);
    assert!(
        stored.starts_with(&kept[..kept.len() - 1]),
        "{}: kept byte for byte",
        case.case
    );
}

async fn flag_case(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &case.field).await;
    assert_eq!(
        setup.migrate(&person, "k", &json!({})).await.status,
        201,
        "migration works"
    );
    assert_eq!(
        setup.redis.hget("migratable-accounts", &case.field).await,
        Some(raw(case))
    );
    assert_eq!(setup.stored(&person).await.len(), 1);
}
