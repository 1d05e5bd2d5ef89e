//! A server whose transactions are held back until another program has written.

use crate::harness::{Answer, Person, Proxy, Redis, Setup, people};
use serde_json::json;
use server::service::clock::Ticker;
use std::sync::{Arc, Mutex};

/// A legacy account of [`person`].
pub(super) const LEGACY: &str = "869ab955-6d5b-46e3-8150-ce4b5f836116";
/// The one collection of [`OURS`], once it is in the account.
pub(super) const ONE: &str = "/api/v1/collections/44444444-4444-4444-8444-444444444444";
pub(super) const OURS: &str = r#"[{"id": "44444444-4444-4444-8444-444444444444", "name": "Ours", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["2:A"]}]"#;
pub(super) const THEIRS: &str = r#"[{"id": "33333333-3333-4333-8333-333333333333", "name": "Theirs", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["1:A"]}]"#;

pub(super) fn person() -> Person {
    let mut people = people().into_iter();
    people
        .find(|person| person.name == "Researcher 02")
        .expect("there")
}

/// What the other program does at the first so many transactions.
#[derive(Default)]
struct Other {
    writes: Vec<redis::Cmd>,
    times: usize,
    /// Transactions that were begun.
    transactions: usize,
}

pub(super) struct Stage {
    pub(super) setup: Setup,
    _proxy: Proxy,
    other: Arc<Mutex<Other>>,
}

impl Stage {
    /// One legacy account with one collection, and a server that takes every list for a large one.
    pub(super) async fn set() -> Self {
        let redis = Redis::start();
        let account = json!({"user_id": LEGACY, "email_address": person().email}).to_string();
        for (hash, value) in [("users", account.as_str()), ("collections", OURS)] {
            redis.hset(hash, LEGACY, value.as_bytes()).await;
        }
        let other = Arc::new(Mutex::new(Other::default()));
        let (acting, url) = (other.clone(), redis.url_of_everything());
        let proxy = Proxy::watching(redis.port(), move |command| {
            if command.windows(5).any(|word| word == b"MULTI") {
                acting.lock().expect("not poisoned").act(&url);
            }
        })
        .await;
        let through = format!("--redis-url={}", proxy.url());
        let flags = [through.as_str(), "--large-list=1"];
        let setup = Setup::on(redis, &flags, &people(), &Ticker::system()).await;
        Self {
            setup,
            _proxy: proxy,
            other,
        }
    }

    /// From now on the other program sends these words at the first so many transactions.
    pub(super) fn arm(&self, times: usize, words: &[&str]) {
        let mut write = redis::cmd(words[0]);
        write.arg(&words[1..]);
        *self.other.lock().expect("not poisoned") = Other {
            writes: vec![write],
            times,
            transactions: 0,
        };
    }

    /// How many transactions were begun since.
    pub(super) fn transactions(&self) -> usize {
        self.other.lock().expect("not poisoned").transactions
    }

    /// Migrates everything, undisturbed. Answers the path of the receipt.
    pub(super) async fn migrated(&self) -> String {
        let receipt = self.setup.migrate(&person(), "migration", &json!({})).await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        path(&receipt)
    }

    /// A stored list.
    pub(super) async fn list(&self, hash: &str, field: &str) -> String {
        let list = self.setup.redis.hget(hash, field).await;
        String::from_utf8(list.unwrap_or_default()).expect("text")
    }

    /// How many fields an own hash has whose key begins so.
    pub(super) async fn receipts(&self) -> usize {
        let receipts = self.setup.get(&person(), "/api/v1/receipts").await;
        receipts.body["receipts"]
            .as_array()
            .expect("receipts")
            .len()
    }
}

/// The path of a receipt.
pub(super) fn path(receipt: &Answer) -> String {
    let id = receipt.body["id"].as_str().expect("an id");
    format!("/api/v1/receipts/{id}")
}

impl Other {
    fn act(&mut self, url: &str) {
        self.transactions += 1;
        if self.transactions > self.times {
            return;
        }
        let client = redis::Client::open(url).expect("a client");
        let mut connection = client.get_connection().expect("Redis answers");
        for write in &self.writes {
            let _: redis::Value = write.query(&mut connection).expect("written");
        }
    }
}
