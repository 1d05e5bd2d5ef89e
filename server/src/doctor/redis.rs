//! GeneNetwork's Redis.

use super::report::Finding;
use crate::store::{KeyFacts, Store};

/// `HSET` with several fields and streams came with these.
const OLDEST: u32 = 5;

pub(super) async fn examine(store: &Store) -> Vec<Finding> {
    let facts = match store.facts().await {
        Ok(facts) => facts,
        Err(error) => {
            return vec![
                Finding::problem("redis", error.to_string())
                    .mend("check GNC_REDIS_URL, and that this user may run INFO, TYPE and HLEN"),
            ];
        }
    };
    let major = facts.version.split('.').next();
    let new_enough = major
        .and_then(|major| major.parse::<u32>().ok())
        .is_some_and(|major| major >= OLDEST);
    let version = format!("Redis {}", facts.version);
    let mut findings = vec![if new_enough {
        Finding::good("redis", version)
    } else {
        Finding::problem("redis", version).mend("use Redis 5 or newer")
    }];
    findings.push(match (facts.append_only, facts.snapshots) {
        (true, _) => Finding::good("persistence", "an append-only file is written"),
        (false, Some(true)) => Finding::warning(
            "persistence",
            "snapshots only: a crash loses the last minutes",
        )
        .mend("set appendonly yes in redis.conf"),
        (false, Some(false)) => Finding::problem(
            "persistence",
            "nothing is written to disk: a restart loses everything",
        )
        .mend("set appendonly yes in redis.conf"),
        (false, None) => Finding::warning(
            "persistence",
            "no append-only file; snapshots cannot be seen by this user",
        )
        .mend("set appendonly yes in redis.conf"),
    });
    findings.extend(facts.keys.iter().map(key));
    findings.push(match store.try_script().await {
        Ok(()) => Finding::good("scripts", "scripts may read and write what they need"),
        Err(error) => Finding::problem("scripts", format!("a script is refused: {error}")).mend(
            "allow this user EVAL and EVALSHA, and to write the hashes and keys with the prefix",
        ),
    });
    findings
}

fn key(key: &KeyFacts) -> Finding {
    let size = key
        .bytes
        .map(|bytes| format!(", about {} kB", bytes.div_ceil(1024)))
        .unwrap_or_default();
    match key.kind.as_str() {
        "hash" => Finding::good(
            "key",
            format!("{}: a hash with {} fields{size}", key.name, key.fields),
        ),
        "none" => Finding::warning("key", format!("{}: not there", key.name)).mend(format!(
            "nothing, if this Redis is new; else check {} and the database number in GNC_REDIS_URL",
            key.variable
        )),
        other => Finding::problem("key", format!("{}: a {other}, not a hash", key.name))
            .mend(format!("set {} to the hash's name", key.variable)),
    }
}
