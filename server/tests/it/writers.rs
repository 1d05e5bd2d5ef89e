//! Many simultaneous edits of one account lose no acknowledged edit.

use crate::harness::{Person, Setup, people};
use http::Method;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::JoinSet;

const COLLECTIONS: &str = "/api/v1/collections";
const WRITERS: usize = 20;
const EDITS: usize = 50;

fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

async fn setup() -> Arc<Setup> {
    // The token is asked about once, as in a deployment: this is about edits.
    Arc::new(Setup::with(&["--token-cache-seconds=60"], &people()).await)
}

async fn create(setup: &Setup, name: &str) -> (String, String) {
    let made = setup
        .post(&person(), COLLECTIONS, &json!({"name": name}))
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    (
        made.header("location").to_owned(),
        made.header("etag").to_owned(),
    )
}

async fn add(setup: &Setup, path: &str, tag: &str, member: &str) -> crate::harness::ApiResponse {
    let body = json!({"add": [member]});
    setup
        .edit(&person(), Method::PATCH, path, Some(tag), Some(&body))
        .await
}

/// Returns the number of acknowledged members that the account lacks.
async fn lost(setup: &Setup, acknowledged: &BTreeSet<String>) -> usize {
    let stored = setup.stored(&person()).await;
    let members: BTreeSet<String> = stored
        .iter()
        .flat_map(|one| one["members"].as_array().expect("members").clone())
        .map(|member| member.as_str().expect("text").to_owned())
        .collect();
    acknowledged.difference(&members).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_writers_of_one_account_lose_no_acknowledged_edit() {
    let setup = setup().await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let setup = setup.clone();
        let (path, mut tag) = create(&setup, &format!("of writer {writer}")).await;
        writers.spawn(async move {
            let mut acknowledged = BTreeSet::new();
            for edit in 0..EDITS {
                let member = format!("w{writer}e{edit}:D");
                let answer = add(&setup, &path, &tag, &member).await;
                // Each has a collection of its own: others' edits are none of its concern.
                assert_eq!(answer.status, 200, "{}", answer.body);
                tag = answer.header("etag").to_owned();
                acknowledged.insert(member);
            }
            acknowledged
        });
    }
    let acknowledged: BTreeSet<String> = writers.join_all().await.into_iter().flatten().collect();
    let lost = lost(&setup, &acknowledged).await;
    println!(
        "{WRITERS} writers x {EDITS} edits: {} acknowledged, {lost} lost",
        acknowledged.len()
    );
    assert_eq!((acknowledged.len(), lost), (WRITERS * EDITS, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_edits_of_one_collection_are_refused_after_the_first() {
    let setup = setup().await;
    let (path, _) = create(&setup, "of all").await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (setup, path) = (setup.clone(), path.clone());
        writers.spawn(async move {
            let (mut acknowledged, mut refused) = (BTreeSet::new(), 0);
            for edit in 0..EDITS {
                let seen = setup.get(&person(), &path).await;
                let member = format!("w{writer}e{edit}:D");
                let answer = add(&setup, &path, seen.header("etag"), &member).await;
                if answer.status == 200 {
                    acknowledged.insert(member);
                } else {
                    assert_eq!(answer.problem(), "precondition-failed");
                    refused += 1;
                }
            }
            (acknowledged, refused)
        });
    }
    let (mut acknowledged, mut refused) = (BTreeSet::new(), 0);
    for (of_one, refused_to_one) in writers.join_all().await {
        acknowledged.extend(of_one);
        refused += refused_to_one;
    }
    let lost = lost(&setup, &acknowledged).await;
    println!(
        "one collection: {} acknowledged, {refused} refused, {lost} lost",
        acknowledged.len()
    );
    assert_eq!(acknowledged.len() + refused, WRITERS * EDITS);
    assert!(refused > 0, "they met");
    assert_eq!(lost, 0);
    let stored = setup.stored(&person()).await;
    let members = stored[0]["members"].as_array().map(Vec::len);
    assert_eq!(
        members,
        Some(acknowledged.len()),
        "nothing that was refused"
    );
}
