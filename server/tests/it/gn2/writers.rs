//! Many writers through the endpoints for GN2 and through the API at once.

use super::{list, path, person, post, setup};
use crate::harness::{Setup, bearer};
use http::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::task::JoinSet;

const WRITERS: usize = 20;
const EDITS: usize = 25;
const COLLECTIONS: &str = "/api/v1/collections";

/// A collection with a field that nobody here knows.
const UNKNOWN: &str = r#"{"id": "11111111-1111-4111-8111-111111111111", "name": "shared", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 2, "members": ["first:D", "second:D"], "starred": [1.50, true]}"#;

/// Adds members to the shared collection as GN2 does; returns them in order.
async fn write_as_gn2(setup: Arc<Setup>, writer: usize) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for edit in 0..EDITS {
        let member = format!("g{writer}e{edit}:D");
        let body = json!({"traits": [member], "anon_id": super::VISITOR});
        let path = path("11111111-1111-4111-8111-111111111111/traits/add");
        let bearer = bearer(&person());
        let headers = [("authorization", bearer.as_str())];
        let answer = setup.send_to(&setup.gn2_url, Method::POST, &path, &headers, Some(&body));
        let answer = answer.await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        acknowledged.push(member);
    }
    acknowledged
}

/// Adds members to a collection with a note through the API; returns them in order.
async fn write_as_page(setup: Arc<Setup>, writer: usize) -> Vec<String> {
    let body = json!({"name": format!("w{writer}"), "note": format!("note {writer}")});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    let (location, mut tag) = (
        made.header("location").to_owned(),
        made.header("etag").to_owned(),
    );
    let mut acknowledged = Vec::new();
    for edit in 0..EDITS {
        let member = format!("a{writer}e{edit}:D");
        let body = json!({"add": [member]});
        let user = person();
        let edit = setup.edit(&user, Method::PATCH, &location, Some(&tag), Some(&body));
        let answer = edit.await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.header("etag").clone_into(&mut tag);
        acknowledged.push(member);
    }
    acknowledged
}

fn texts(members: &Value) -> Vec<&str> {
    let members = members.as_array().expect("members").iter();
    members
        .map(|member| member.as_str().expect("text"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_writers_lose_no_acknowledged_write() {
    let setup = Arc::new(setup(&["--token-cache-seconds=60"]).await);
    let list_before = format!("[{UNKNOWN}]");
    let owner = person().user_id;
    let list_before = list_before.as_bytes();
    setup.redis.hset("collections2", &owner, list_before).await;
    let (mut gn2, mut page) = (JoinSet::new(), JoinSet::new());
    for writer in 0..WRITERS {
        gn2.spawn(write_as_gn2(setup.clone(), writer));
        page.spawn(write_as_page(setup.clone(), writer));
    }
    let (by_gn2, by_page) = (gn2.join_all().await, page.join_all().await);

    let stored = setup.stored(&person()).await;
    assert_eq!(stored.len(), 1 + WRITERS);
    let shared = &stored[0];
    assert_eq!(shared["starred"].to_string(), "[1.5,true]");
    let members = texts(&shared["members"]);
    assert_eq!(members.len(), 2 + WRITERS * EDITS, "each once");
    assert_eq!(members[..2], ["first:D", "second:D"]);
    for acknowledged in &by_gn2 {
        // Each writer's members are in its order.
        let prefix = acknowledged[0].split('e').next().expect("a writer");
        let prefix = format!("{prefix}e");
        let own = members.iter().filter(|member| member.starts_with(&prefix));
        assert!(own.eq(acknowledged.iter()), "{prefix}");
    }
    let mut found = 0;
    for collection in &stored[1..] {
        let path = format!(
            "{COLLECTIONS}/{}",
            collection["id"].as_str().expect("an id")
        );
        let read = setup.get(&person(), &path).await.body;
        let name = read["name"].as_str().expect("a name");
        assert_eq!(read["note"], name.replace('w', "note "));
        found += usize::from(by_page.iter().any(|own| texts(&read["members"]) == *own));
    }
    assert_eq!(found, WRITERS);
    println!("{WRITERS} + {WRITERS} writers x {EDITS} edits: 0 lost");
    let listed = list(&setup, Some(&person())).await;
    assert_eq!(listed.as_array().map(Vec::len), Some(1 + WRITERS));
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_for_one_visitor_lose_no_acknowledged_write() {
    let setup = Arc::new(setup(&[]).await);
    let made = post(&setup, "new", None, json!({"name": "one", "traits": []})).await;
    let id = made["id"].as_str().expect("an id").to_owned();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (setup, rest) = (setup.clone(), format!("{id}/traits/add"));
        writers.spawn(async move {
            for edit in 0..EDITS {
                let body = json!({"traits": [format!("w{writer}e{edit}:D")]});
                post(&setup, &rest, None, body).await;
            }
        });
    }
    writers.join_all().await;
    let listed = list(&setup, None).await;
    assert_eq!(listed[0]["num_members"], WRITERS * EDITS);
}
