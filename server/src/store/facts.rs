//! Reads facts about the Redis server, for `gn-collections doctor`.

use super::script::Script;
use super::{Store, StoreError};
use redis::Cmd;
use std::collections::HashMap;

/// Reads and writes every key that the program writes, without changing anything: deletes a field
/// that does not exist, and sets a key of our own for a second.
const TRIAL: &str = r"
for i = 1, 3 do
  redis.call('HGET', KEYS[i], ARGV[1])
  redis.call('HDEL', KEYS[i], ARGV[1])
end
redis.call('SET', KEYS[4], '1', 'PX', 1000)
return 1
";

pub struct StoreFacts {
    /// `Redis` or `Valkey`.
    pub product: &'static str,
    pub version: String,
    pub is_replica: bool,
    /// Whether every write goes to disk.
    pub append_only: bool,
    /// Whether Redis writes snapshots; `None` if this user may not know.
    pub snapshots: Option<bool>,
    pub keys: Vec<KeyFacts>,
}

pub struct KeyFacts {
    pub name: String,
    /// The setting that names it.
    pub variable: &'static str,
    /// The type as Redis names it; `none` if there is no such key.
    pub kind: String,
    /// Number of fields of a hash.
    pub fields: u64,
    /// Approximate memory; `None` if this user may not know.
    pub bytes: Option<u64>,
}

impl Store {
    pub async fn facts(&self) -> Result<StoreFacts, StoreError> {
        let info: String = self.connection.query(&redis::cmd("INFO")).await?;
        let info = |name: &str| {
            let mut lines = info.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        };
        let valkey = info("valkey_version");
        let mut save = redis::cmd("CONFIG");
        save.arg("GET").arg("save");
        let save: Option<HashMap<String, String>> = self.connection.query(&save).await.ok();
        let mut keys = Vec::new();
        for (name, variable) in self.hashes() {
            keys.push(self.key(name, variable).await?);
        }
        Ok(StoreFacts {
            product: if valkey.is_some() { "Valkey" } else { "Redis" },
            version: valkey
                .or(info("redis_version"))
                .unwrap_or("unknown")
                .to_owned(),
            is_replica: info("role") == Some("slave"),
            append_only: info("aof_enabled") == Some("1"),
            snapshots: save.and_then(|save| Some(!save.get("save")?.is_empty())),
            keys,
        })
    }

    /// Tries a script on every key that the program writes.
    pub async fn try_script(&self) -> Result<(), StoreError> {
        let script = Script::new(TRIAL);
        let [_, written @ ..] = self.hashes();
        let mut call = script.call(written.len() + 1, TRIAL.len());
        for (name, _) in written {
            call.arg(name);
        }
        call.arg(self.keys.probe())
            .arg(uuid::Uuid::new_v4().to_string());
        self.connection.script::<()>(&call, 0).await
    }

    fn hashes(&self) -> [(&str, &'static str); 4] {
        [
            (self.keys.users(), "GNC_KEY_USERS"),
            (self.keys.legacy_collections(), "GNC_KEY_LEGACY_COLLECTIONS"),
            (self.keys.collections(), "GNC_KEY_COLLECTIONS"),
            (self.keys.migratable(), "GNC_KEY_MIGRATABLE"),
        ]
    }

    async fn key(&self, name: &str, variable: &'static str) -> Result<KeyFacts, StoreError> {
        let kind: String = self
            .connection
            .query(Cmd::new().arg("TYPE").arg(name))
            .await?;
        let fields = if kind == "hash" {
            self.connection
                .query(Cmd::new().arg("HLEN").arg(name))
                .await?
        } else {
            0
        };
        let mut usage = redis::cmd("MEMORY");
        usage.arg("USAGE").arg(name);
        Ok(KeyFacts {
            name: name.to_owned(),
            variable,
            kind,
            fields,
            bytes: self.connection.query(&usage).await.ok().flatten(),
        })
    }
}
