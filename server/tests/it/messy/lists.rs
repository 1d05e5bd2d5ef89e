//! Cases of legacy lists.

use super::table::Check;
use super::world::{ONE, has_reason, names, person, raw, start, transferable, unreadable};
use crate::harness::{ApiResponse, MessyCase};
use serde_json::{Value, json};

pub(super) async fn check(case: &MessyCase, expected: Check) {
    let name = &case.case;
    let person = person("person@example.org");
    let setup = start(case, &person, &case.field).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    assert_eq!(plan.status, 200, "{name}");
    let nothing_offered = match expected {
        Check::NoCollections | Check::ListUnreadable => true,
        Check::NeverAFailure => plan.body["offer"] == false,
        _ => false,
    };
    if nothing_offered {
        assert_eq!(plan.body["offer"], false, "{name}");
        let unreadable = unreadable(&plan);
        let count = usize::from(expected != Check::NoCollections);
        assert_eq!(unreadable.len(), count, "{name}");
        assert_eq!(plan.items().len(), count, "{name}");
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
    moved(case, expected, &plan, &stored, &written, &left);
}

fn unreadable_entry_stays(case: &MessyCase, plan: &ApiResponse, stored: &[Value], left: &str) {
    let name = case.case.as_str();
    assert_eq!(names(plan), ["", "sound one"], "{name}");
    let unreadable = unreadable(plan);
    assert_eq!(unreadable.len(), 1, "{name}");
    assert!(has_reason(unreadable[0]), "{name}");
    assert_eq!(stored.len(), 1, "{name}");
    assert_eq!(stored[0]["name"], "sound one", "{name}");
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

/// The checks of each case of a moved list.
fn moved(
    case: &MessyCase,
    check: Check,
    plan: &ApiResponse,
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
            unreadable_entry_stays(case, plan, stored, left);
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

/// The checks of single cases in addition to the repair.
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
