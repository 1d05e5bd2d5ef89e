//! The audit stream records changes and refusals, but no personal data.

use crate::harness::{ApiResponse, Person, Setup, people};
use http::Method;
use serde_json::json;
use std::collections::BTreeMap;

const MIGRATIONS: &str = "/api/v1/migrations";
const IMPORTS: &str = "/api/v1/imports";
const COLLECTIONS: &str = "/api/v1/collections";
const NOWHERE: &str = "/api/v1/collections/12345678-1234-4234-8234-123456789012";
const STALE: Option<&str> = Some("\"stale\"");

fn person(name: &str) -> Person {
    let mut people = people().into_iter();
    people.find(|person| person.name == name).expect("there")
}

async fn stream(setup: &Setup) -> Vec<BTreeMap<String, String>> {
    let mut connection = setup.redis.connect().await;
    let mut range = redis::cmd("XRANGE");
    range.arg("gnc:audit").arg("-").arg("+");
    let stream: Vec<(String, BTreeMap<String, String>)> =
        range.query_async(&mut connection).await.expect("a stream");
    stream.into_iter().map(|(_, entry)| entry).collect()
}

/// The changes and refusals of the stream, without looks at legacy accounts.
async fn changes(setup: &Setup) -> Vec<BTreeMap<String, String>> {
    let mut stream = stream(setup).await;
    stream.retain(|entry| entry["kind"] != "read-legacy");
    stream
}

/// A response, and the account, kind, source owners and outcome of its entry.
type Row<'a> = (&'a ApiResponse, &'a str, &'a str, &'a str, &'a str);

fn check_entry((response, who, kind, from, outcome): Row<'_>, entry: &BTreeMap<String, String>) {
    let committed = outcome == "committed";
    if !committed {
        assert_eq!(response.problem(), outcome);
    }
    let request_id = response.header("x-request-id");
    for (field, value) in [
        ("who", who),
        ("kind", kind),
        ("from", from),
        ("to", who),
        ("outcome", outcome),
        ("request_id", request_id),
    ] {
        assert_eq!(entry[field], value, "{field} of {entry:?}");
    }
    assert_eq!(entry["collections"] == "0", !committed, "{entry:?}");
    assert_eq!(entry["members"] == "0", !committed, "{entry:?}");
    assert_eq!(entry["receipt"].is_empty(), !committed, "{entry:?}");
    assert_eq!(entry["actor"], "person", "{entry:?}");
    assert_eq!(entry.len(), 10, "{entry:?}");
}

#[tokio::test]
async fn refusal_is_recorded_with_ids_and_counts_only() {
    let setup = Setup::with_sample().await;
    let owner = person("Researcher 00");
    let unproven = person("Researcher 03");
    let browser = json!({"collections": [
        {"id": "x", "name": "Secret name", "created": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z", "members": ["a:b"]},
    ]});
    let (none, rename) = (json!({}), json!({"name": "Secret name"}));

    let unverified = setup.transfer(&unproven, MIGRATIONS, "x", "1", &none).await;
    let stale = setup.transfer(&owner, MIGRATIONS, "x", "2", &none).await;
    let accounts = stale.body["plan"]["accounts"].as_array().expect("a plan");
    let sources: Vec<&str> = accounts
        .iter()
        .map(|account| account["legacy_user_id"].as_str().expect("an id"))
        .collect();
    assert_eq!(sources.len(), 3, "{sources:?}");
    let sources = sources.join(" ");
    let unknown = setup.migrate(&owner, "3", &json!({"9:9": "skip"})).await;
    let keyless = setup.post(&owner, MIGRATIONS, &none).await;
    let done = setup.migrate(&owner, "4", &none).await;
    assert_eq!(done.status, 201, "{}", done.body);
    let other = json!({"choices": {"0:0": "skip"}});
    let reused = setup.transfer(&owner, MIGRATIONS, "x", "4", &other).await;
    let import = setup.transfer(&owner, IMPORTS, "x", "5", &browser).await;

    let stored = setup.stored(&owner).await;
    let path = format!("{COLLECTIONS}/{}", stored[0]["id"].as_str().expect("an id"));
    let edit = |method, path, tag, body| setup.edit(&owner, method, path, tag, body);
    let untagged = edit(Method::PATCH, &path, None, Some(&rename)).await;
    let changed = edit(Method::PATCH, &path, STALE, Some(&rename)).await;
    let past = format!("{path}/history/1/restore");
    let past = edit(Method::POST, &past, STALE, None).await;
    let gone = edit(Method::DELETE, NOWHERE, STALE, None).await;
    let nameless = json!({"name": "", "members": []});
    let nameless = setup.post(&owner, COLLECTIONS, &nameless).await;

    let receipt = format!(
        "/api/v1/receipts/{}",
        done.body["id"].as_str().expect("an id")
    );
    let undone = setup.undo(&owner, &receipt, "6").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let again = setup.undo(&owner, &receipt, "7").await;

    // Reads and requests without a known account are not recorded.
    assert_eq!(setup.get(&unproven, "/api/v1/legacy").await.status, 403);
    let nobody = setup.send(Method::POST, MIGRATIONS, &[], Some(&none)).await;
    assert_eq!(nobody.status, 401);

    let own = owner.user_id.as_str();
    let rows: [Row<'_>; 14] = [
        (
            &unverified,
            &unproven.user_id,
            "migration",
            "",
            "email-not-verified",
        ),
        (&stale, own, "migration", &sources, "stale-plan"),
        (&unknown, own, "migration", "", "invalid-request"),
        (&keyless, own, "migration", "", "idempotency-key-missing"),
        (&done, own, "migration", &sources, "committed"),
        (&reused, own, "migration", "", "idempotency-key-reused"),
        (&import, own, "import", "", "stale-plan"),
        (&untagged, own, "edit", "", "precondition-required"),
        (&changed, own, "edit", "", "precondition-failed"),
        (&past, own, "go-back", "", "not-found"),
        (&gone, own, "delete", "", "not-found"),
        (&nameless, own, "create", "", "invalid-request"),
        (&undone, own, "undo", own, "committed"),
        (&again, own, "undo", own, "invalid-request"),
    ];
    let recorded = changes(&setup).await;
    assert_eq!(recorded.len(), rows.len(), "{recorded:#?}");
    for (row, entry) in rows.into_iter().zip(&recorded) {
        check_entry(row, entry);
    }
    let text = format!("{recorded:?}");
    assert!(!text.contains('@') && !text.contains("Secret") && !text.contains("Researcher"));
    for one in &stored {
        let name = one["name"].as_str().expect("a name");
        assert!(!text.contains(name), "{name}");
    }
}

#[tokio::test]
async fn refusal_stands_if_it_cannot_be_recorded() {
    let setup = Setup::with_sample().await;
    let mut connection = setup.redis.connect().await;
    let mut set = redis::cmd("SET");
    set.arg("gnc:audit").arg("no stream");
    let () = set.query_async(&mut connection).await.expect("set");
    let owner = person("Researcher 00");
    let stale = setup
        .transfer(&owner, MIGRATIONS, "x", "k", &json!({}))
        .await;
    assert_eq!(
        (stale.problem(), stale.status.as_u16()),
        ("stale-plan", 412)
    );
}

#[tokio::test]
async fn audit_stream_keeps_about_a_million_entries() {
    let setup = Setup::with_sample().await;
    let owner = person("Researcher 00");
    let mut connection = setup.redis.connect().await;
    let fill = "for _ = 1, ARGV[1] do redis.call('XADD', 'gnc:audit', '*', 'old', '') end";
    let mut length = redis::cmd("XLEN");
    length.arg("gnc:audit");
    for (added, commits) in [(1_000_300, false), (300, true)] {
        let mut script = redis::cmd("EVAL");
        script.arg(fill).arg(0).arg(added);
        let () = script.query_async(&mut connection).await.expect("filled");
        if commits {
            let made = json!({"name": "one more", "members": []});
            assert_eq!(setup.post(&owner, COLLECTIONS, &made).await.status, 201);
        } else {
            let stale = setup
                .transfer(&owner, MIGRATIONS, "x", "k", &json!({}))
                .await;
            assert_eq!(stale.status, 412);
        }
        let kept: usize = length.query_async(&mut connection).await.expect("a length");
        assert!((1_000_000..1_000_100).contains(&kept), "{kept}");
    }
}

#[tokio::test]
async fn look_at_legacy_accounts_is_recorded_once_an_hour_with_their_ids() {
    let setup = Setup::with_sample().await;
    let owner = person("Researcher 00");
    let first = setup.get(&owner, "/api/v1/legacy").await;
    let accounts = first.body["accounts"].as_array().expect("accounts");
    let ids: Vec<&str> = accounts
        .iter()
        .map(|account| account["legacy_user_id"].as_str().expect("an id"))
        .collect();
    for _ in 0..3 {
        assert_eq!(setup.get(&owner, "/api/v1/legacy").await.status, 200);
    }
    // Nothing is shown to these, and nothing is recorded.
    let unproven = person("Researcher 03");
    assert_eq!(setup.get(&unproven, "/api/v1/legacy").await.status, 403);
    let [entry] = &stream(&setup).await[..] else {
        panic!("one entry");
    };
    for (field, value) in [
        ("who", owner.user_id.as_str()),
        ("actor", "person"),
        ("kind", "read-legacy"),
        ("from", &ids.join(" ")),
        ("outcome", "committed"),
        ("request_id", first.header("x-request-id")),
    ] {
        assert_eq!(entry[field], value, "{field}");
    }
    assert!(!format!("{entry:?}").contains('@'));
}

#[tokio::test]
async fn legacy_accounts_are_shown_also_if_the_look_cannot_be_recorded() {
    let setup = Setup::with_sample().await;
    let mut connection = setup.redis.connect().await;
    let mut set = redis::cmd("SET");
    set.arg("gnc:audit").arg("no stream");
    let () = set.query_async(&mut connection).await.expect("set");
    let look = setup.get(&person("Researcher 00"), "/api/v1/legacy").await;
    assert_eq!(look.status, 200);
}

#[tokio::test]
async fn request_id_is_taken_only_from_the_configured_proxy() {
    let given = ("x-request-id", "from-the-proxy_1");
    let passed = ("x-real-ip", "192.0.2.7");
    let proxy: &[&str] = &["--trusted-proxy-header=X-Real-IP"];
    for (flags, headers, kept) in [
        (&[][..], &[given][..], false),
        (&[], &[given, passed], false),
        (proxy, &[given], false),
        (proxy, &[given, passed], true),
        (proxy, &[("x-request-id", "a b\"c"), passed], false),
    ] {
        let setup = Setup::with(flags, &people()).await;
        let answer = setup.send(Method::GET, "/api/v1/me", headers, None).await;
        let id = answer.headers["x-request-id"].to_str().expect("text");
        assert_eq!(id == given.1, kept, "{flags:?} {headers:?}");
        assert!(kept || uuid::Uuid::parse_str(id).is_ok(), "{id}");
        answer.problem();
    }
}
