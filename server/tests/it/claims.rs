//! Claims on legacy accounts that were registered under another address.

mod assigned;
mod attempts;
mod by_password;

use crate::harness::{ApiResponse, Person, Setup, people, sample};
use aws_lc_rs::pbkdf2;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

pub(super) const CLAIMS: &str = "/api/v1/legacy/claims";
pub(super) const LEGACY: &str = "/api/v1/legacy";

/// The account of the sample data that somebody with another address can claim.
pub(super) const OLD_EMAIL: &str = "researcher70@uthsc.example";
pub(super) const OLD_PASSWORD: &str = "old-demo";
pub(super) const OLD_ID: &str = "5e1f3a52-8d1c-4c64-9a43-2f6f0c9b7d18";

pub(super) fn person(name: &str) -> Person {
    let mut people = people().into_iter();
    people.find(|person| person.name == name).expect("there")
}

/// The person who has another address now.
pub(super) fn mover() -> Person {
    person("Researcher 70")
}

/// A server that accepts claims, with the sample data.
pub(super) async fn accepting() -> Setup {
    let setup = Setup::with(&["--claim-by-password=on"], &people()).await;
    setup.redis.load(&sample()).await;
    setup
}

pub(super) async fn claim(
    setup: &Setup,
    person: &Person,
    email: &str,
    password: &str,
) -> ApiResponse {
    let body = json!({"email": email, "password": password});
    setup.post(person, CLAIMS, &body).await
}

/// The ids of the legacy accounts in a person's plan.
pub(super) async fn planned(setup: &Setup, person: &Person) -> Vec<String> {
    let plan = setup.get(person, LEGACY).await;
    let accounts = plan.body["accounts"].as_array().expect("accounts");
    let ids = accounts.iter().map(|account| &account["legacy_user_id"]);
    ids.map(|id| id.as_str().expect("an id").to_owned())
        .collect()
}

/// Stores a legacy account with a password, as GN2 would, and a list of one collection.
pub(super) async fn store_account(setup: &Setup, id: &str, email: &str, password: Value) {
    let record =
        json!({"user_id": id, "full_name": "Old", "email_address": email, "password": password});
    let record = record.to_string();
    setup.redis.hset("users", id, record.as_bytes()).await;
    let list = json!([{
        "id": uuid::Uuid::new_v4(), "name": format!("of {id}"), "members": ["1:A"], "num_members": 1,
        "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM",
    }]);
    let list = list.to_string();
    setup.redis.hset("collections", id, list.as_bytes()).await;
}

/// A stored password as GN2 encodes it: the salt is the base64 text itself.
pub(super) fn encoded(password: &str, hashfunc: &str, iterations: u32) -> Value {
    let algorithm = match hashfunc {
        "sha1" => pbkdf2::PBKDF2_HMAC_SHA1,
        _ => pbkdf2::PBKDF2_HMAC_SHA256,
    };
    let (salt, mut key) = ("c2FsdCBvZiBhIHRlc3Q=", [0; 32]);
    let count = NonZeroU32::new(iterations).expect("at least one");
    pbkdf2::derive(
        algorithm,
        count,
        salt.as_bytes(),
        password.as_bytes(),
        &mut key,
    );
    let key = shared::collection::hex(&key);
    json!({"algorithm": "pbkdf2", "hashfunc": hashfunc, "salt": salt, "iterations": iterations,
        "keylength": 32, "created_timestamp": "2017-02-22T08:42:00", "password": key})
}

/// The entries of the audit stream, without looks at legacy accounts.
pub(super) async fn audit(setup: &Setup) -> Vec<BTreeMap<String, String>> {
    let mut range = redis::cmd("XRANGE");
    range.arg("gnc:audit").arg("-").arg("+");
    let entries: Vec<(String, BTreeMap<String, String>)> = range
        .query_async(&mut setup.redis.connect().await)
        .await
        .expect("a stream");
    let entries = entries.into_iter().map(|(_, entry)| entry);
    entries
        .filter(|entry| entry["kind"] != "read-legacy")
        .collect()
}
