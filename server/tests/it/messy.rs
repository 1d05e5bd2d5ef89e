//! Every case of `messy.jsonl`, through the real server and Redis, as its `expect` says.

mod table;

use crate::harness::{Answer, MessyCase, Person, Record, Setup, command, messy, say};
use base64::Engine;
use serde_json::{Value, json};
use table::{CASES, Check};

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
    let mut listed: Vec<&str> = cases.iter().map(|case| case.case.as_str()).collect();
    let mut known: Vec<&str> = CASES
        .iter()
        .flat_map(|(_, cases)| *cases)
        .copied()
        .collect();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(
        listed, known,
        "every case has its assertion, and every assertion its case"
    );
    for case in &cases {
        match (case.hash.as_str(), check(case)) {
            ("users", Check::Account) => account_case(case).await,
            ("collections", check) => list_case(case, check).await,
            ("collections2", Check::TargetUnreadable) => unreadable_target(case).await,
            ("collections2", Check::TargetEntryUnreadable) => unreadable_in_target(case).await,
            ("migratable-accounts", Check::Flag) => flag_case(case).await,
            (hash, check) => panic!("{}: {check:?} is not for {hash}", case.case),
        }
    }
    say(&format!("messy: {} cases", cases.len()));
}

/// The assertion of a case; its `expect` must be one that the assertion was written for.
fn check(case: &MessyCase) -> Check {
    let name = case.case.as_str();
    let (check, _) = CASES
        .iter()
        .find(|(_, cases)| cases.contains(&name))
        .expect("compared above");
    assert!(
        check.meant_by().contains(&case.expect.as_str()),
        "{name}: {check:?} does not assert {:?}",
        case.expect
    );
    *check
}

async fn start(case: &MessyCase, person: &Person, field: &str) -> Setup {
    let setup = Setup::with(&[], std::slice::from_ref(person)).await;
    setup.redis.load(&companions(&case.hash)).await;
    setup.redis.hset(&case.hash, field, &raw(case)).await;
    setup
}

/// Whether `gn-collections report` names the record under this field.
async fn reported(setup: &Setup, case: &MessyCase, field: &str) -> bool {
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
            "the sound account's person is served as if this record were not there; the operator's report lists it" =>
            {
                assert_eq!(found, ["of the sound one"], "{}", case.case);
                assert!(reported(&setup, case, &case.field).await, "{}", case.case);
            }
            "collections under either id are found, listed once" => {
                assert!(has("under one") && has("under two"), "{}", case.case);
                assert_eq!(found.len(), 3, "{}: each once", case.case);
            }
            "found, or listed for the operator as unreadable; never a failure for anybody" => {
                assert!(
                    !has("under two") && found.len() <= 2,
                    "{}: {found:?}",
                    case.case
                );
            }
            "found"
            | "found for person@example.org"
            | "found for person@xn--bcher-kva.example and the other way round"
            | "found for the composed spelling of the same address"
            | "found: the new server verified the address"
            | "found; nothing of the password is ever read, logged or returned"
            | "found; the name is shown with a replacement character"
            | "the hash field is the id: its collections are found" => assert!(
                has("under one") && !has("under two"),
                "{}: {found:?}",
                case.case
            ),
            unknown => panic!("{}: what is meant by {unknown:?}?", case.case),
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

async fn list_case(case: &MessyCase, check: Check) {
    let name = &case.case;
    let person = person("person@example.org");
    let setup = start(case, &person, &case.field).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.status, 200, "{name}");
    let nothing_offered = match check {
        Check::NoCollections | Check::ListUnreadable => true,
        Check::NeverAFailure => plan.body["offer"] == false,
        _ => false,
    };
    if nothing_offered {
        assert_eq!(plan.body["offer"], false, "{name}");
        let unreadable = unreadable(&plan);
        let expected = usize::from(check != Check::NoCollections);
        assert_eq!(unreadable.len(), expected, "{name}");
        assert_eq!(plan.items().len(), expected, "{name}");
        for item in unreadable {
            assert!(has_reason(item), "{name}: {item}");
        }
        assert_eq!(
            setup.redis.hget("collections", ONE).await,
            Some(raw(case)),
            "{name}: stays byte for byte"
        );
        return;
    }
    let receipt = setup.migrate(&person, "k", &json!({})).await;
    assert_eq!(receipt.status, 201, "{name}: {}", receipt.body);
    let stored = setup.stored(&person).await;
    assert_eq!(stored.len(), transferable(&plan), "{name}");
    for entry in &stored {
        crate::interop::gn_auth_reads(entry);
    }
    let text = |bytes: Option<Vec<u8>>| String::from_utf8(bytes.unwrap_or_default()).expect("text");
    let written = text(setup.redis.hget("collections2", &person.user_id).await);
    let left = text(setup.redis.hget("collections", ONE).await);
    moved(case, check, &plan, &stored, &written, &left);
}

fn has_reason(item: &Value) -> bool {
    item["reason"]
        .as_str()
        .is_some_and(|reason| !reason.is_empty())
}

/// What each case asks for of a list that was moved.
fn moved(
    case: &MessyCase,
    check: Check,
    plan: &Answer,
    stored: &[Value],
    written: &str,
    left: &str,
) {
    let name = case.case.as_str();
    let first = &stored[0];
    let members = |entry: &Value| entry["members"].as_array().map_or(0, Vec::len);
    let source = || -> Value {
        let text = case.value.as_deref().expect("text");
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let both = || {
        assert_eq!(stored.len(), 2, "{name}: together with the sound one");
        assert_eq!(stored[1]["name"], "sound one", "{name}");
        assert_eq!(left, "", "{name}: nothing is left behind");
    };
    let repairs = || {
        plan.items()[0]["repairs"]
            .as_array()
            .expect("repairs")
            .clone()
    };
    match check {
        Check::Repaired(repair) => {
            both();
            assert!(
                repairs().contains(&json!(repair)),
                "{name}: {:?}",
                repairs()
            );
            repaired(name, first);
        }
        Check::Offered => {
            both();
            assert_eq!(repairs(), Vec::<Value>::new(), "{name}");
            assert_eq!(first["name"], source()[0]["name"], "{name}: unharmed");
            assert_eq!(first["members"], source()[0]["members"], "{name}: all kept");
        }
        Check::NewSpellingWins => {
            both();
            assert_eq!(first["created"], "Nov 01 2019 09:00AM");
            assert_eq!(first["changed"], "Nov 02 2019 09:00AM");
        }
        Check::UnknownFields => {
            both();
            assert_eq!(first["color"], "teal");
            assert_eq!(first["nested"], json!({"a": [1, {"b": null}]}));
            let digits = r#""big": 12345678901234567890123, "tiny": 0.0"#;
            assert!(written.contains(digits), "the same digits: {written}");
        }
        Check::EntryUnreadable => {
            assert_eq!(names(plan), ["", "sound one"], "{name}");
            let unreadable = unreadable(plan);
            assert_eq!(unreadable.len(), 1, "{name}");
            assert!(has_reason(unreadable[0]), "{name}");
            assert_eq!(stored.len(), 1, "{name}");
            assert_eq!(first["name"], "sound one", "{name}");
            let entry = left
                .strip_prefix('[')
                .and_then(|left| left.strip_suffix(']'));
            let entry = entry.unwrap_or_else(|| panic!("{name}: {left}"));
            let source = case.value.as_deref().expect("text");
            assert!(!entry.is_empty(), "{name}: {left}");
            assert!(
                source.starts_with(&format!("[{entry}, {{\"id\": \"4444")),
                "{name}: byte for byte: {left}"
            );
        }
        Check::EmptyNotTicked => {
            assert_eq!(stored.len(), 1);
            assert_eq!(first["name"], "sound one");
            assert_eq!(plan.items()[0]["action"], "skip");
            assert!(left.contains("Your Default Collection"), "{left}");
        }
        Check::SameId => {
            assert_eq!(stored.len(), 2);
            assert_ne!(stored[0]["id"], stored[1]["id"]);
        }
        Check::SameName => {
            assert_eq!(stored.len(), 2);
            assert_ne!(stored[0]["name"], stored[1]["name"]);
        }
        Check::TwiceTheSame => {
            assert_eq!(stored.len(), 1);
            assert_eq!(plan.items()[1]["action"], "already-present");
        }
        Check::NeverAFailure => {
            assert_eq!(stored.len(), 1, "{name}: offered and moved");
            let counted = plan.items()[0]["num_members"].as_u64();
            assert_eq!(counted, Some(members(first) as u64), "{name}");
        }
        other => panic!("{name}: {other:?} moves nothing"),
    }
}

/// What single cases ask for beside the repair.
fn repaired(case: &str, entry: &Value) {
    let name = entry["name"].as_str().expect("a name");
    let members = entry["members"].as_array().expect("members");
    match case {
        "entry: ISO timestamp" => assert_eq!(entry["created"], "Nov 12 2019 03:27PM"),
        "entry: epoch timestamp" => assert_eq!(entry["changed"], "Nov 12 2019 03:27PM"),
        "entry: name is a number" => assert_eq!(name, "42"),
        "entry: no name" => assert!(name.contains("2019-11-12"), "made from the date: {name}"),
        "entry: name null" | "entry: name blank" => {
            assert!(!name.trim().is_empty(), "{case}: a name is made");
        }
        "entry: blank and repeated members" | "entry: members that are not strings" => {
            assert_eq!(*members, ["10710:BXDPublish"], "{case}");
        }
        _ => assert_eq!(members.len(), 2, "{case}: no member is lost"),
    }
}

async fn unreadable_target(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &person.user_id.clone()).await;
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
    assert!(
        reported(&setup, case, &person.user_id).await,
        "{}",
        case.case
    );
}

async fn unreadable_in_target(case: &MessyCase) {
    let person = person("person@example.org");
    let setup = start(case, &person, &person.user_id.clone()).await;
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
