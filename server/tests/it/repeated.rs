//! An edit whose answer was lost comes again: it is done once, its repetition is told so, and what others have done is
//! never taken for it.

use crate::harness::{Ambush, Answer, Moment, Person, Proxy, Redis, Setup, bearer, people, say};
use http::Method;
use serde_json::{Value, json};
use server::service::clock::Ticker;

const COLLECTIONS: &str = "/api/v1/collections";

pub(crate) fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// One request for an edit.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    method: Method,
    path: String,
    header: (&'static str, String),
    body: Option<Value>,
}

impl Edit {
    pub(crate) fn patch(collection: &Answer, body: Value) -> Self {
        Self {
            method: Method::PATCH,
            path: path(collection),
            header: ("if-match", collection.header("etag").to_owned()),
            body: Some(body),
        }
    }

    pub(crate) fn delete(collection: &Answer) -> Self {
        Self {
            method: Method::DELETE,
            body: None,
            ..Self::patch(collection, Value::Null)
        }
    }

    /// Goes back over the first change.
    fn go_back(collection: &Answer) -> Self {
        let path = format!("{}/history/1/restore", path(collection));
        Self {
            method: Method::POST,
            path,
            ..Self::delete(collection)
        }
    }

    pub(crate) fn create(key: &str) -> Self {
        Self {
            method: Method::POST,
            path: COLLECTIONS.to_owned(),
            header: ("idempotency-key", key.to_owned()),
            body: Some(json!({"name": "made", "members": ["a:b"]})),
        }
    }

    pub(crate) async fn send(&self, setup: &Setup) -> Answer {
        let bearer = bearer(&person());
        let headers = [
            ("authorization", bearer.as_str()),
            (self.header.0, self.header.1.as_str()),
        ];
        let method = self.method.clone();
        setup
            .send(method, &self.path, &headers, self.body.as_ref())
            .await
    }

    /// Sends it, and once more as if the answer had been lost.
    async fn twice(&self, setup: &Setup) -> Answer {
        let first = self.send(setup).await;
        assert!(first.status.is_success(), "{self:?}: {}", first.body);
        let before = (setup.redis.content().await, commits(setup).await);
        let again = self.send(setup).await;
        assert_eq!(said(&again), said(&first), "{self:?}");
        let after = (setup.redis.content().await, commits(setup).await);
        assert_eq!(after, before, "{self:?}: nothing is done twice");
        first
    }
}

fn path(collection: &Answer) -> String {
    format!(
        "{COLLECTIONS}/{}",
        collection.body["id"].as_str().expect("an id")
    )
}

/// What an answer says: status, version, receipt or collection, body.
pub(crate) fn said(answer: &Answer) -> (u16, [Option<&str>; 2], &Value) {
    let header = |name| {
        answer
            .headers
            .get(name)
            .map(|value| value.to_str().expect("text"))
    };
    let headers = [header("etag"), header("location")];
    (answer.status.as_u16(), headers, &answer.body)
}

/// How many commits and refusals the audit stream has.
async fn commits(setup: &Setup) -> u64 {
    let mut length = redis::cmd("XLEN");
    length.arg("gnc:audit");
    let connection = &mut setup.redis.connect().await;
    length.query_async(connection).await.expect("a stream")
}

/// A collection that was changed once.
async fn changed(setup: &Setup) -> Answer {
    let body = json!({"name": "one", "members": ["a:b"]});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let change = Edit::patch(&made, json!({"add": ["c:d"]}));
    change.send(setup).await
}

#[tokio::test]
async fn the_same_edit_again_is_done_once_and_answered_alike() {
    let setup = Setup::empty().await;
    let one = changed(&setup).await;
    let body = json!({"name": "two", "add": ["e:f"], "remove": ["a:b"]});
    let two = Edit::patch(&one, body).twice(&setup).await;
    let back = Edit::go_back(&two).twice(&setup).await;
    let read = setup.get(&person(), &path(&back)).await;
    assert_eq!(read.body["members"], json!(["a:b"]));
    assert_eq!(read.header("etag"), back.header("etag"));
    let deleted = Edit::delete(&back).twice(&setup).await;

    // What was brought back is deleted anew.
    let receipt = deleted.header("location");
    assert_eq!(setup.undo(&person(), receipt, "u").await.status, 201);
    let anew = Edit::delete(&back).twice(&setup).await;
    assert_ne!(anew.header("location"), receipt);
}

#[tokio::test]
async fn going_back_over_the_oldest_change_that_is_kept_is_repeated_like_any() {
    let setup = Setup::empty().await;
    let mut one = changed(&setup).await;
    for number in 1..20 {
        let add = json!({"add": [format!("{number}:D")]});
        one = Edit::patch(&one, add).send(&setup).await;
    }
    let back = Edit::go_back(&one).twice(&setup).await;
    assert_eq!(back.body["num_members"], 1);
    let other = Edit::go_back(&back).send(&setup).await;
    assert_eq!(other.problem(), "not-found", "that change is not kept now");
}

#[tokio::test]
async fn another_request_from_the_same_version_is_refused() {
    let setup = Setup::empty().await;
    let one = changed(&setup).await;
    let rename = Edit::patch(&one, json!({"name": "two"}));
    assert_eq!(rename.send(&setup).await.status, 200);
    for other in [
        Edit::patch(&one, json!({"name": "two", "add": ["a:b"]})),
        Edit::patch(&one, json!({"name": "three"})),
        Edit::go_back(&one),
        Edit::delete(&one),
    ] {
        let answer = other.send(&setup).await;
        assert_eq!(answer.problem(), "precondition-failed", "{other:?}");
    }
}

/// What is wanted is there, but so is something that the person has not seen.
#[tokio::test]
async fn what_another_program_did_is_not_taken_for_it() {
    let setup = Setup::empty().await;
    let owner = person().user_id;
    let one = changed(&setup).await;
    let write = async |from: &str, to: &str| {
        let list = setup.redis.hget("collections2", &owner).await;
        let list = String::from_utf8(list.expect("a list")).expect("text");
        assert!(list.contains(from), "{list}");
        let theirs = list.replace(from, to);
        setup
            .redis
            .hset("collections2", &owner, theirs.as_bytes())
            .await;
    };
    // They have made the very change, and perhaps another one before.
    let rename = Edit::patch(&one, json!({"name": "two"}));
    write("\"one\"", "\"two\"").await;
    assert_eq!(rename.send(&setup).await.problem(), "precondition-failed");

    // They have made another one after it.
    let two = setup.get(&person(), &path(&one)).await;
    let add = Edit::patch(&two, json!({"add": ["e:f"]}));
    let three = add.twice(&setup).await;
    write("\"e:f\"", "\"e:f\", \"g:h\"").await;
    assert_eq!(add.send(&setup).await.problem(), "precondition-failed");
    write("\"e:f\", \"g:h\"", "\"e:f\"").await;
    assert_eq!(
        said(&add.send(&setup).await),
        said(&three),
        "as it was left"
    );

    // They have deleted it.
    setup.redis.hset("collections2", &owner, b"[]").await;
    assert_eq!(add.send(&setup).await.problem(), "not-found");
    assert_eq!(
        Edit::delete(&three).send(&setup).await.problem(),
        "not-found"
    );
}

#[tokio::test]
async fn only_the_deletion_of_this_version_is_found_again() {
    let setup = Setup::empty().await;
    let one = changed(&setup).await;
    let two = Edit::patch(&one, json!({"name": "two"})).send(&setup).await;
    let deleted = Edit::delete(&two).twice(&setup).await;
    let mut unseen = Edit::delete(&two);
    unseen.header.1 = "\"\"".to_owned();
    for other in [
        Edit::delete(&one),
        unseen,
        Edit::patch(&two, json!({"name": "three"})),
    ] {
        let answer = other.send(&setup).await;
        assert_eq!(answer.problem(), "not-found", "{other:?}");
    }
    // Nor is one that was taken back, when somebody else has deleted it since.
    let undone = setup.undo(&person(), deleted.header("location"), "u").await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let owner = person().user_id;
    setup.redis.hset("collections2", &owner, b"[]").await;
    assert_eq!(Edit::delete(&two).send(&setup).await.problem(), "not-found");
}

/// The connection to Redis is cut at every command of every kind of edit, at every moment, until none is left to cut.
#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_was_cut_at_any_command_is_done_once_when_it_comes_again() {
    cut_every_command("--large-list=131072").await;
}

/// The same, as if every list were large.
#[tokio::test(flavor = "multi_thread")]
async fn and_so_is_one_of_a_large_list() {
    cut_every_command("--large-list=1").await;
}

async fn cut_every_command(large: &str) {
    let redis = Redis::start();
    let proxy = Proxy::start(redis.port()).await;
    let through = format!("--redis-url={}", proxy.url());
    let flags = [through.as_str(), large];
    let setup = Setup::on(redis, &flags, &people(), &Ticker::system()).await;
    let (mut cuts, mut done) = (0, 0);
    for kind in 0..4 {
        for moment in Moment::ALL {
            for position in 0.. {
                let one = changed(&setup).await;
                let edit = match kind {
                    0 => Edit::create(&format!("{moment:?}-{position}")),
                    1 => Edit::patch(&one, json!({"name": "two", "remove": ["a:b"]})),
                    2 => Edit::go_back(&one),
                    _ => Edit::delete(&one),
                };
                let before = commits(&setup).await;
                proxy.lay(Ambush {
                    position,
                    moment,
                    kill: None,
                });
                let first = edit.send(&setup).await;
                let struck = proxy.lift();
                setup.recovers().await;
                done += u64::from(!first.status.is_success()) * (commits(&setup).await - before);
                let again = edit.send(&setup).await;
                let case = format!("{moment:?} {position} {edit:?}");
                assert!(again.status.is_success(), "{case}: {}", again.body);
                if first.status.is_success() {
                    assert_eq!(said(&again), said(&first), "{case}");
                } else {
                    assert_eq!(first.problem(), "store-unavailable", "{case}");
                }
                assert_eq!(commits(&setup).await, before + 1, "{case}: once");
                if !struck {
                    assert!(position > 1, "{case}: only so many commands");
                    break;
                }
                cuts += 1;
            }
        }
    }
    say(&format!(
        "edits, {large}: {cuts} cuts, {done} done although the answer was lost"
    ));
    assert!(done > 0, "some were cut after they were done");
}
