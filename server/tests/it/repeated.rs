//! A repeated edit, after a lost answer, is applied once and answered alike. A change by somebody
//! else is never taken for it.

use crate::harness::{
    ApiResponse, FaultPoint, Person, Proxy, ProxyFault, Redis, Setup, bearer, people, say,
};
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;

const COLLECTIONS: &str = "/api/v1/collections";

pub(crate) fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Newcomer")
        .expect("there")
}

/// A request for an edit.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    method: Method,
    path: String,
    header: (&'static str, String),
    body: Option<Value>,
}

impl Edit {
    pub(crate) fn patch(collection: &ApiResponse, body: Value) -> Self {
        Self {
            method: Method::PATCH,
            path: path(collection),
            header: ("if-match", collection.header("etag").to_owned()),
            body: Some(body),
        }
    }

    pub(crate) fn delete(collection: &ApiResponse) -> Self {
        Self {
            method: Method::DELETE,
            body: None,
            ..Self::patch(collection, Value::Null)
        }
    }

    /// Restores the version before the first change.
    fn go_back(collection: &ApiResponse) -> Self {
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

    pub(crate) async fn send(&self, setup: &Setup) -> ApiResponse {
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

    /// Sends the request twice, as if the first answer had been lost.
    async fn twice(&self, setup: &Setup) -> ApiResponse {
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

fn path(collection: &ApiResponse) -> String {
    format!(
        "{COLLECTIONS}/{}",
        collection.body["id"].as_str().expect("an id")
    )
}

/// Returns the status, the version, the receipt or collection, and the body of an answer.
pub(crate) fn said(answer: &ApiResponse) -> (u16, [Option<&str>; 2], &Value) {
    let header = |name| {
        answer
            .headers
            .get(name)
            .map(|value| value.to_str().expect("text"))
    };
    let headers = [header("etag"), header("location")];
    (answer.status.as_u16(), headers, &answer.body)
}

/// Returns the number of entries in the audit stream.
async fn commits(setup: &Setup) -> u64 {
    let mut length = redis::cmd("XLEN");
    length.arg("gnc:audit");
    let connection = &mut setup.redis.connect().await;
    length.query_async(connection).await.expect("a stream")
}

/// Creates a collection and changes it once.
async fn changed(setup: &Setup) -> ApiResponse {
    let body = json!({"name": "one", "members": ["a:b"]});
    let made = setup.post(&person(), COLLECTIONS, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let change = Edit::patch(&made, json!({"add": ["c:d"]}));
    change.send(setup).await
}

#[tokio::test]
async fn repeated_edit_is_applied_once_and_answered_alike() {
    let setup = Setup::empty().await;
    let one = changed(&setup).await;
    let body = json!({"name": "two", "add": ["e:f"], "remove": ["a:b"]});
    let two = Edit::patch(&one, body).twice(&setup).await;
    let back = Edit::go_back(&two).twice(&setup).await;
    let read = setup.get(&person(), &path(&back)).await;
    assert_eq!(read.body["members"], json!(["a:b"]));
    assert_eq!(read.header("etag"), back.header("etag"));
    let deleted = Edit::delete(&back).twice(&setup).await;

    // The restored collection is deleted a second time.
    let receipt = deleted.header("location");
    assert_eq!(setup.undo(&person(), receipt, "u").await.status, 201);
    let second = Edit::delete(&back).twice(&setup).await;
    assert_ne!(second.header("location"), receipt);
}

#[tokio::test]
async fn repeated_restore_of_the_oldest_version_is_applied_once() {
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
async fn another_edit_of_the_same_version_is_refused() {
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

/// The list contains the edit, and a change that the user has not seen.
#[tokio::test]
async fn change_by_another_program_is_not_taken_for_the_repeated_edit() {
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
async fn repeated_deletion_finds_the_receipt_of_its_own_version_only() {
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

/// Cuts the connection to Redis at every command of every kind of edit, before and after it.
#[tokio::test(flavor = "multi_thread")]
async fn repeated_edit_is_applied_once_after_a_cut_at_any_command() {
    let redis = Redis::start();
    let proxy = Proxy::start(redis.port()).await;
    let through = format!("--redis-url={}", proxy.url());
    let setup = Setup::on(redis, &[&through], &people(), &MonotonicClock::system()).await;
    let (mut cuts, mut done) = (0, 0);
    for kind in 0..4 {
        for moment in FaultPoint::ALL {
            for position in 0.. {
                let one = changed(&setup).await;
                let edit = match kind {
                    0 => Edit::create(&format!("{moment:?}-{position}")),
                    1 => Edit::patch(&one, json!({"name": "two", "remove": ["a:b"]})),
                    2 => Edit::go_back(&one),
                    _ => Edit::delete(&one),
                };
                let before = commits(&setup).await;
                proxy.inject(ProxyFault {
                    position,
                    moment,
                    kill: None,
                });
                let first = edit.send(&setup).await;
                let struck = proxy.remove_fault();
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
        "edits: {cuts} cuts, {done} done although the answer was lost"
    ));
    assert!(done > 0, "some were cut after they were done");
}
