//! What operators want to know of this Redis.

use super::script::Script;
use super::{Store, StoreError};
use redis::Cmd;
use std::collections::HashMap;

/// Reads and writes where the program writes, without changing anything: a field that is not there is
/// deleted, and a key of our own set for a second. GN2's accounts are never written.
const TRY: &str = r"
for i = 1, 3 do
  redis.call('HGET', KEYS[i], ARGV[1])
  redis.call('HDEL', KEYS[i], ARGV[1])
end
redis.call('SET', KEYS[4], '1', 'PX', 1000)
return 1
";

/// A Redis, seen from outside.
pub struct StoreFacts {
    /// As it says.
    pub version: String,
    /// Whether every write goes to disk.
    pub append_only: bool,
    /// Whether snapshots are made now and then; `None` if this user may not know.
    pub snapshots: Option<bool>,
    /// GeneNetwork's hashes.
    pub keys: Vec<KeyFacts>,
}

/// One of GeneNetwork's hashes.
pub struct KeyFacts {
    /// Its name.
    pub name: String,
    /// The setting that names it.
    pub variable: &'static str,
    /// Redis' word for its type; `none` if there is no such key.
    pub kind: String,
    /// Fields of a hash.
    pub fields: u64,
    /// About how much memory it takes; `None` if this user may not know.
    pub bytes: Option<u64>,
}

impl Store {
    /// Looks at everything.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails, or refuses what everybody may ask.
    pub async fn facts(&self) -> Result<StoreFacts, StoreError> {
        let info: String = self.connection.query(&redis::cmd("INFO")).await?;
        let info = |name: &str| {
            let mut lines = info.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        };
        let mut save = redis::cmd("CONFIG");
        save.arg("GET").arg("save");
        let save: Option<HashMap<String, String>> = self.connection.query(&save).await.ok();
        let mut keys = Vec::new();
        for (name, variable) in self.hashes() {
            keys.push(self.key(name, variable).await?);
        }
        Ok(StoreFacts {
            version: info("redis_version").unwrap_or("unknown").to_owned(),
            append_only: info("aof_enabled") == Some("1"),
            snapshots: save.and_then(|save| Some(!save.get("save")?.is_empty())),
            keys,
        })
    }

    /// Tries a script on every key that is written.
    ///
    /// # Errors
    /// [`StoreError`] when Redis refuses it.
    pub async fn try_script(&self) -> Result<(), StoreError> {
        let script = Script::new(TRY);
        let [_, written @ ..] = self.hashes();
        let mut call = script.call(written.len() + 1, TRY.len());
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
