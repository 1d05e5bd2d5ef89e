//! Kills the primary during transfers. After Sentinel has promoted the replica, no acknowledged
//! transfer is lost.

use crate::harness::{ApiResponse, Person, Record, Redis, Sentinel, Setup, say, without_timeouts};
use crate::repeated::{self, Edit, said};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Number of people, each of whom migrates once.
const PEOPLE: usize = 60;
/// Number of acknowledged migrations after which the primary is killed.
const ACKNOWLEDGED: usize = 15;
/// The longest time in which requests are repeated.
const PATIENCE: Duration = Duration::from_mins(3);

fn person(number: usize) -> Person {
    Person {
        user_id: Uuid::from_u128(0x4000_8000_0000_0000_0000 + number as u128).to_string(),
        name: format!("Somebody {number}"),
        email: format!("somebody{number}@example.org"),
        email_verified: true,
    }
}

/// Returns the records of a legacy account with one collection.
fn records(number: usize) -> [Record; 2] {
    let id = Uuid::from_u128(0x4000_9000_0000_0000_0000 + number as u128).to_string();
    let account = json!({ "user_id": id, "email_address": person(number).email });
    let list = json!([{
        "id": id, "name": format!("Collection {number}"), "created_timestamp": "Nov 12 2019 03:27PM",
        "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["1:A"],
    }]);
    [("users", account), ("collections", list)].map(|(key, value)| Record {
        key: key.to_owned(),
        field: id.clone(),
        value: value.to_string(),
    })
}

/// Starts a replica of this Redis, and waits until it has everything.
async fn replica_of(primary: &Redis) -> Redis {
    let port = primary.port().to_string();
    let replica = Redis::start_with(&["--replicaof", "127.0.0.1", &port]);
    let mut wait = redis::cmd("WAIT");
    wait.arg(1).arg(0);
    let mut touch = redis::cmd("SET");
    touch.arg("replicated").arg("yes");
    let mut connection = primary.connect().await;
    touch
        .query_async::<()>(&mut connection)
        .await
        .expect("written");
    wait.query_async::<()>(&mut connection)
        .await
        .expect("copied");
    replica
}

/// Checks whether this Redis takes writes. It cuts all connections when Sentinel promotes it.
async fn is_primary(redis: &Redis) -> bool {
    let role = async {
        let client = redis::Client::open(format!("redis://127.0.0.1:{}", redis.port()))?;
        let mut connection = client
            .get_multiplexed_async_connection_with_config(&without_timeouts())
            .await?;
        let role: Vec<redis::Value> = redis::cmd("ROLE").query_async(&mut connection).await?;
        Ok::<_, redis::RedisError>(role)
    };
    let primary = redis::Value::BulkString(b"master".to_vec());
    role.await.is_ok_and(|role| role.first() == Some(&primary))
}

async fn eventually<F: Future<Output = bool>>(what: &str, holds: impl Fn() -> F) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "{what}");
    }
}

/// Repeats the request with the same key until the answer is not 503. Requests a fresh plan if the
/// plan is stale.
async fn migrate(setup: &Setup, person: &Person) -> ApiResponse {
    let begun = Instant::now();
    let mut fingerprint = None;
    loop {
        assert!(begun.elapsed() < PATIENCE, "no answer for {}", person.name);
        let Some(seen) = fingerprint.clone() else {
            let plan = setup.get(person, "/api/v1/legacy").await;
            if plan.status == 200 {
                fingerprint = Some(plan.fingerprint().to_owned());
            }
            continue;
        };
        let answer = setup
            .transfer(
                person,
                "/api/v1/migrations",
                &seen,
                "once",
                &json!({"choices": {}}),
            )
            .await;
        match answer.status.as_u16() {
            503 | 409 => {}
            _ => return answer,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failover_loses_no_acknowledged_transfer() {
    let mut primary = Redis::start();
    let records: Vec<Record> = (0..PEOPLE).flat_map(records).collect();
    primary.load(&records).await;
    let replica = replica_of(&primary).await;
    let sentinel = Sentinel::watching(&primary);
    eventually("the Sentinel knows the replica", || async {
        sentinel.replicas().await == 1
    })
    .await;
    let url = format!("--redis-url={}", sentinel.url());
    let everybody: Vec<Person> = (0..PEOPLE).map(person).collect();
    // The server is the last to start, on the Redis that will live.
    let flags = [url.as_str(), "--redis-wait-replicas=1"];
    let setup = Setup::on(replica, &flags, &everybody, &MonotonicClock::system()).await;

    let acknowledged = AtomicUsize::new(0);
    let before = AtomicUsize::new(0);
    // Alone, the promoted replica has no replica that could confirm: it makes each write, and
    // acknowledges it once it has a replica of its own.
    let second = tokio::sync::Mutex::new(None);
    let migrations = join_all(everybody.iter().map(|person| async {
        let answer = migrate(&setup, person).await;
        acknowledged.fetch_add(1, Ordering::SeqCst);
        answer
    }));
    let murder = async {
        while acknowledged.load(Ordering::SeqCst) < ACKNOWLEDGED {
            tokio::task::yield_now().await;
        }
        primary.crash();
        before.store(acknowledged.load(Ordering::SeqCst), Ordering::SeqCst);
        let promoted = &setup.redis;
        eventually("the replica is promoted", || is_primary(promoted)).await;
        *second.lock().await = Some(replica_of(promoted).await);
    };
    let (answers, ()) = tokio::join!(migrations, murder);
    say(&format!(
        "replication: {PEOPLE} migrations, the primary killed after {}",
        before.load(Ordering::SeqCst)
    ));
    for (person, answer) in everybody.iter().zip(&answers) {
        assert_eq!(answer.status, 201, "{}: {}", person.name, answer.body);
        let stored = setup.stored(person).await;
        let names: Vec<&Value> = stored.iter().map(|one| &one["name"]).collect();
        let number = person.name.trim_start_matches("Somebody ");
        assert_eq!(names, [&json!(format!("Collection {number}"))]);
        let receipts = setup.get(person, "/api/v1/receipts").await;
        let receipts = receipts.body["receipts"].as_array().expect("a list").len();
        assert_eq!(receipts, 1, "{}", person.name);
    }
}

#[tokio::test]
async fn transfer_without_a_replica_is_not_acknowledged() {
    let setup = Setup::with(&["--redis-wait-replicas=1"], &[person(0)]).await;
    setup.redis.load(&records(0)).await;
    let refused = setup.migrate(&person(0), "once", &json!({})).await;
    assert_eq!(refused.problem(), "store-unavailable", "{}", refused.body);
    // The write happened, but a repeated request is acknowledged only when a replica has it.
    assert_eq!(setup.stored(&person(0)).await.len(), 1);
    let body = json!({ "choices": {} });
    let (someone, path) = (person(0), "/api/v1/migrations");
    let again = setup.transfer(&someone, path, "x", "once", &body).await;
    assert_eq!(again.problem(), "store-unavailable", "{}", again.body);
    let replica = replica_of(&setup.redis).await;
    let again = acknowledged(|| setup.transfer(&someone, path, "x", "once", &body)).await;
    assert_eq!(again.status, 201, "{}", again.body);

    // The promise for an undo is the same.
    drop(replica);
    let id = again.body["id"].as_str().expect("an id");
    let receipt = format!("/api/v1/receipts/{id}");
    for _ in 0..2 {
        let refused = setup.undo(&someone, &receipt, "undo").await;
        assert_eq!(refused.problem(), "store-unavailable", "{}", refused.body);
        assert_eq!(setup.stored(&someone).await.len(), 0, "it has happened");
    }
    let _replica = replica_of(&setup.redis).await;
    let undone = acknowledged(|| setup.undo(&someone, &receipt, "undo")).await;
    assert_eq!(undone.status, 201, "{}", undone.body);
    let marked = setup.get(&someone, &receipt).await;
    assert_eq!(marked.body["undone_by"], undone.body["id"]);
}

/// Repeats the request until a replica confirms it in time, which may take longer than the server
/// waits on a busy machine.
async fn acknowledged<F: Future<Output = ApiResponse>>(ask: impl Fn() -> F) -> ApiResponse {
    let begun = Instant::now();
    loop {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{}", answer.body);
    }
}

#[tokio::test]
async fn edit_without_a_replica_is_not_acknowledged() {
    let someone = repeated::person();
    let setup = Setup::with(&["--redis-wait-replicas=1"], std::slice::from_ref(&someone)).await;
    let made = acknowledged_late(&setup, &Edit::create("once")).await;
    assert_eq!(setup.stored(&someone).await.len(), 1);
    let rename = Edit::patch(&made, json!({"name": "renamed"}));
    let renamed = acknowledged_late(&setup, &rename).await;
    assert_eq!(setup.stored(&someone).await[0]["name"], "renamed");
    let deleted = acknowledged_late(&setup, &Edit::delete(&renamed)).await;
    let receipts = setup.get(&someone, "/api/v1/receipts").await;
    let id = receipts.body["receipts"][0]["id"].as_str().expect("an id");
    assert!(deleted.header("location").ends_with(id), "the one receipt");
}

/// Sends an edit without a replica: it is applied, but acknowledged only once there is a replica.
async fn acknowledged_late(setup: &Setup, edit: &Edit) -> ApiResponse {
    let mut stored = None;
    for _ in 0..2 {
        let refused = edit.send(setup).await;
        assert_eq!(refused.problem(), "store-unavailable", "{}", refused.body);
        let now = setup.redis.content().await;
        assert_eq!(stored.get_or_insert_with(|| now.clone()), &now, "done once");
    }
    let _replica = replica_of(&setup.redis).await;
    let done = acknowledged(|| edit.send(setup)).await;
    assert!(done.status.is_success(), "{}", done.body);
    let again = acknowledged(|| edit.send(setup)).await;
    assert_eq!(said(&again), said(&done));
    assert_eq!(stored, Some(setup.redis.content().await), "done once");
    done
}
