//! gn-auth as it lists a user's collections: it fills its records, copies one legacy list, toggles
//! its flag and writes the whole list. A test may do other things between its reads and writes.

use super::data::Person;
use super::redis::Redis;
use serde_json::{Map, Value, json};

const RECORDS: &str = "migratable-accounts";
const FLAG: &str = "collections-migrated";

pub(crate) struct GnAuth<'s> {
    redis: &'s Redis,
    person: &'s Person,
}

/// The values that a listing has read.
pub(crate) struct Listing {
    own: Vec<Value>,
    /// The list of the legacy account that the record names, unless the flag is set.
    legacy: Option<Vec<Value>>,
}

impl<'s> GnAuth<'s> {
    pub(crate) fn new(redis: &'s Redis, person: &'s Person) -> Self {
        Self { redis, person }
    }

    /// Lists the collections. Returns the legacy account that the record of the address names.
    pub(crate) async fn list(&self) -> String {
        if self.record().await.is_none() {
            // Of several accounts with one spelling, the last one that it reads is kept.
            let content = self.redis.content().await;
            let mut users = content.iter().filter(|(key, _, _)| key == "users");
            let (_, user, _) = users.next_back().expect("an account");
            self.fill_records(user).await;
        }
        let listing = self.read().await;
        self.write(listing).await;
        let record = self.record().await.expect("a record");
        record["user_id"].as_str().expect("an id").to_owned()
    }

    /// Writes the record of the address, naming this legacy account.
    pub(crate) async fn fill_records(&self, user: &str) {
        let record = json!({"user_id": user, FLAG: false, "resources_migrated": false});
        self.write_record(&record).await;
    }

    /// Returns the flag; `None` without a record.
    pub(crate) async fn flag(&self) -> Option<bool> {
        self.record().await?[FLAG].as_bool()
    }

    pub(crate) async fn read(&self) -> Listing {
        let own = self.collections("collections2", &self.person.user_id).await;
        let record = self.record().await.expect("a record");
        let user = record["user_id"].as_str().expect("an id");
        let legacy = if record[FLAG] == true {
            None
        } else {
            Some(self.collections("collections", user).await)
        };
        Listing { own, legacy }
    }

    pub(crate) async fn write(&self, listing: Listing) {
        let Listing { own, legacy } = listing;
        let Some(legacy) = legacy else {
            return;
        };
        let mut by_id = Map::new();
        for collection in own.into_iter().chain(legacy) {
            let id = collection["id"].as_str().expect("an id").to_owned();
            by_id.insert(id, six_fields(&collection));
        }
        let mut record = self.record().await.expect("a record");
        record[FLAG] = json!(record[FLAG] != true);
        self.write_record(&record).await;
        let list: Vec<Value> = by_id
            .into_iter()
            .map(|(_, collection)| collection)
            .collect();
        let list = Value::from(list).to_string();
        let owner = &self.person.user_id;
        self.redis
            .hset("collections2", owner, list.as_bytes())
            .await;
    }

    async fn record(&self) -> Option<Value> {
        let record = self.redis.hget(RECORDS, &self.person.email).await?;
        Some(serde_json::from_slice(&record).expect("JSON"))
    }

    async fn write_record(&self, record: &Value) {
        let record = record.to_string();
        self.redis
            .hset(RECORDS, &self.person.email, record.as_bytes())
            .await;
    }

    async fn collections(&self, key: &str, owner: &str) -> Vec<Value> {
        let list = self.redis.hget(key, owner).await;
        list.map_or_else(Vec::new, |list| {
            serde_json::from_slice(&list).expect("JSON")
        })
    }
}

/// Returns the collection with the fields that gn-auth keeps.
fn six_fields(collection: &Value) -> Value {
    let time = |name: &str| match &collection[name] {
        Value::Null => collection[format!("{name}_timestamp")].clone(),
        time => time.clone(),
    };
    json!({
        "id": collection["id"], "name": collection["name"], "created": time("created"),
        "changed": time("changed"), "num_members": collection["num_members"],
        "members": collection["members"],
    })
}
