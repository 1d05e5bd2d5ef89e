//! A foreign writer, like gn-auth, reads the list of the same user and writes it back. Its writes
//! are never overwritten by commits that were decided on older bytes.
//!
//! The foreign writer writes while requests run, and just before a commit, which is the worst
//! moment: a proxy holds back every third script or transaction until it has written.

use crate::harness::{ApiResponse, Person, Proxy, Redis, Setup, people, say, seed};
use fastrand::Rng;
use http::Method;
use redis::Commands;
use serde_json::json;
use server::clock::MonotonicClock;
use shared::raw_json::{join_array, split_array};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

const TRANSFERS_AND_EDITS: usize = 1_000;

/// Number of entries of others from which on the foreign writer deletes them.
const MANY: usize = 20;

/// The foreign writer writes before every n-th script.
const HELD_BACK: usize = 3;

/// A command to the foreign writer.
enum Word {
    /// Writes, and reports when it is done.
    Write(Sender<()>),
    /// Reads once more, and ends.
    End,
}

/// The observations of the foreign writer.
#[derive(Debug, Default)]
struct Log {
    writes: usize,
    /// Times that its own entries were not as it last wrote them.
    overwritten: usize,
}

/// Reads and writes the list once per command, with `HGET` and `HSET` on a separate connection.
fn write(url: &str, owner: &str, go: &Receiver<Word>) -> Log {
    let client = redis::Client::open(url).expect("a client");
    let mut redis = client.get_connection().expect("Redis answers");
    let mut log = Log::default();
    let mut written: Vec<String> = Vec::new();
    let is_own = |entry: &str| entry.contains("\"writes\": ");
    loop {
        let word = go.recv().expect("a word");
        let list: Option<Vec<u8>> = redis.hget("collections2", owner).expect("read");
        let list = list.unwrap_or_else(|| b"[]".to_vec());
        let entries = split_array(&list).expect("a list");
        let own: Vec<&str> = entries
            .iter()
            .copied()
            .filter(|entry| is_own(entry))
            .collect();
        log.overwritten += usize::from(own != written);
        let Word::Write(done) = word else {
            return log;
        };
        log.writes += 1;
        let time = "Nov 12 2024 03:27PM";
        written = (1..=3_u128)
            .map(|number| {
                let id = uuid::Uuid::from_u128(0xf000 + number);
                format!(
                    r#"{{"id": "{id}", "name": "theirs {number}", "created": "{time}", "changed": "{time}", "num_members": 1, "members": ["t{number}:D"], "writes": {}}}"#,
                    log.writes
                )
            })
            .collect();
        let others = entries.iter().copied().filter(|entry| !is_own(entry));
        let kept: Vec<&str> = others
            .skip(if entries.len() > MANY { MANY / 2 } else { 0 })
            .collect();
        let list = join_array(kept.into_iter().chain(written.iter().map(String::as_str)));
        let _: () = redis.hset("collections2", owner, list).expect("written");
        // Mostly nobody waits for it.
        let _ = done.send(());
    }
}

/// Checks whether this command calls the commit script, which has ten keys or more.
fn is_commit(command: &[u8]) -> bool {
    let start = &command[..command.len().min(100)];
    let contains = |word: &[u8]| start.windows(word.len()).any(|found| found == word);
    contains(b"EVALSHA") && contains(b"\r\n$2\r\n1")
}

/// An account, the API and the foreign writer.
struct Stage {
    setup: Setup,
    person: Person,
    random: Rng,
    foreign: Sender<Word>,
    writer: JoinHandle<Log>,
    /// Receipts that can be undone.
    receipts: Vec<String>,
    collections: Vec<(String, String)>,
    done: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn completed_writes_of_another_program_are_not_overwritten() {
    let random = Rng::with_seed(seed("foreign writer"));
    let (redis, person) = (Redis::start(), people().remove(0));
    let (foreign, go) = channel();
    let (url, owner) = (redis.url(), person.user_id.clone());
    let writer = std::thread::spawn(move || write(&url, &owner, &go));
    let between = Mutex::new(foreign.clone());
    let commits = Arc::new(AtomicUsize::new(0));
    let committed = Arc::clone(&commits);
    let proxy = Proxy::watching(redis.port(), move |command| {
        if !is_commit(command) {
            return;
        }
        let number = committed.fetch_add(1, Ordering::SeqCst);
        if number.is_multiple_of(HELD_BACK) {
            let (done, written) = channel();
            let foreign = between.lock().expect("not poisoned");
            foreign.send(Word::Write(done)).expect("it listens");
            written.recv().expect("it has written");
        }
    })
    .await;
    let through = format!("redis://{}@", Redis::credentials());
    let through = format!("--redis-url={}", proxy.url().replace("redis://", &through));
    let flags = ["--token-cache-seconds=60", &through];
    let setup = Setup::on(redis, &flags, &people(), &MonotonicClock::system()).await;
    let (receipts, collections) = (Vec::new(), Vec::new());
    let mut stage = Stage {
        setup,
        person,
        random,
        foreign,
        writer,
        receipts,
        collections,
        done: 0,
    };
    let (mut transfers, mut edits, mut refused) = (0, 0, 0);
    while transfers + edits < TRANSFERS_AND_EDITS {
        stage.done = transfers + edits;
        let (answer, count) = match stage.random.u8(0..10) {
            0..3 => (stage.import().await, &mut transfers),
            3..5 => (stage.undo().await, &mut transfers),
            5..7 => (stage.create().await, &mut edits),
            7..9 => (stage.change().await, &mut edits),
            _ => (stage.delete().await, &mut edits),
        };
        match answer.map(|answer| answer.status.as_u16()) {
            Some(200..=299) => *count += 1,
            // Another program wrote first, or removed the collection.
            Some(404 | 409 | 412 | 422) => refused += 1,
            Some(status) => panic!("{status}"),
            None => {}
        }
    }
    stage.foreign.send(Word::End).expect("it listens");
    let log = stage.writer.join().expect("it ends");
    let Log {
        writes,
        overwritten,
    } = log;
    say(&format!(
        "foreign writer {flags:?}: {transfers} transfers, {edits} edits, {refused} refused, {writes} foreign writes, {overwritten} overwritten"
    ));
    assert_eq!(overwritten, 0);
    assert!(writes > 500 && refused > 50, "they met");
    assert!(
        commits.load(Ordering::SeqCst) > 500,
        "also just before commits"
    );
}

impl Stage {
    /// Makes the foreign writer write in some cases while the next request runs.
    fn disturb(&mut self) {
        for _ in 0..self.random.usize(0..3) {
            let (done, _) = channel();
            self.foreign.send(Word::Write(done)).expect("it listens");
        }
    }

    async fn import(&mut self) -> Option<ApiResponse> {
        let (number, key) = (self.done, format!("i{}", self.random.u64(..)));
        let at = "2026-01-02T03:04:05Z";
        let id = uuid::Uuid::from_u128(u128::from(self.random.u64(..)));
        let collections = json!([{"id": id, "name": format!("c{number}"), "created": at, "changed": at, "members": [format!("m{number}:D")]}]);
        let body = json!({"collections": collections});
        let plan = self
            .setup
            .post(&self.person, "/api/v1/imports/plan", &body)
            .await;
        self.disturb();
        let imports = "/api/v1/imports";
        let answer = self
            .setup
            .transfer(&self.person, imports, plan.fingerprint(), &key, &body)
            .await;
        if answer.status == 201 {
            self.receipts
                .push(answer.body["id"].as_str().expect("an id").to_owned());
        }
        Some(answer)
    }

    async fn undo(&mut self) -> Option<ApiResponse> {
        let path = format!("/api/v1/receipts/{}/undo", self.receipts.pop()?);
        let (bearer, key) = (
            crate::harness::bearer(&self.person),
            format!("u{}", self.random.u64(..)),
        );
        self.disturb();
        let headers = [
            ("authorization", bearer.as_str()),
            ("idempotency-key", &key),
        ];
        Some(self.setup.send(Method::POST, &path, &headers, None).await)
    }

    async fn create(&mut self) -> Option<ApiResponse> {
        let body = json!({"name": format!("e{}", self.done), "members": ["a:b"]});
        self.disturb();
        let made = self
            .setup
            .post(&self.person, "/api/v1/collections", &body)
            .await;
        if made.status == 201 {
            let place = (
                made.header("location").to_owned(),
                made.header("etag").to_owned(),
            );
            self.collections.push(place);
        }
        Some(made)
    }

    async fn change(&mut self) -> Option<ApiResponse> {
        let (path, tag) = self.collections.pop()?;
        let body = json!({"add": [format!("x{}:D", self.done)]});
        self.disturb();
        let changed = self
            .setup
            .edit(&self.person, Method::PATCH, &path, Some(&tag), Some(&body))
            .await;
        if changed.status == 200 {
            self.collections
                .push((path, changed.header("etag").to_owned()));
        }
        Some(changed)
    }

    async fn delete(&mut self) -> Option<ApiResponse> {
        let (path, tag) = self.collections.pop()?;
        self.disturb();
        Some(
            self.setup
                .edit(&self.person, Method::DELETE, &path, Some(&tag), None)
                .await,
        )
    }
}
