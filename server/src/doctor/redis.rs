//! Checks Redis.

use super::report::Finding;
use crate::store::{KeyFacts, Store};

/// The first version with multi-field `HSET` and streams.
const OLDEST: u32 = 5;

pub(super) async fn examine(store: &Store) -> Vec<Finding> {
    // Without a primary, the facts fail with the same error.
    let _ = store.wait_for_primary().await;
    let facts =
        match store.facts().await {
            Ok(facts) => facts,
            Err(error) => {
                return vec![Finding::problem("redis", error.to_string()).advice(
                    "check GNC_REDIS_URL, and whether this user may run INFO, TYPE and HLEN",
                )];
            }
        };
    if facts.is_replica {
        return vec![
            Finding::problem("redis", "this Redis is a replica, which takes no writes")
                .advice("set GNC_REDIS_URL to the primary, or to Sentinel with redis+sentinel://"),
        ];
    }
    let major = facts.version.split('.').next();
    let new_enough = major
        .and_then(|major| major.parse::<u32>().ok())
        .is_some_and(|major| major >= OLDEST);
    let version = format!("{} {}", facts.product, facts.version);
    let mut findings = vec![if new_enough {
        Finding::good("redis", version)
    } else {
        Finding::problem("redis", version).advice("use Redis 5 or newer")
    }];
    findings.push(match (facts.append_only, facts.snapshots) {
        (true, _) => Finding::good("persistence", "an append-only file is in use"),
        (false, Some(true)) => Finding::warning(
            "persistence",
            "only snapshots; a crash loses the last minutes",
        )
        .advice("set appendonly yes in redis.conf"),
        (false, Some(false)) => Finding::problem(
            "persistence",
            "nothing is written to disk; a restart loses everything",
        )
        .advice("set appendonly yes in redis.conf"),
        (false, None) => Finding::warning(
            "persistence",
            "no append-only file; this user may not see the snapshot settings",
        )
        .advice("set appendonly yes in redis.conf"),
    });
    findings.extend(facts.keys.iter().map(key));
    findings.push(match store.try_script().await {
        Ok(()) => Finding::good("scripts", "scripts have all the rights they need"),
        Err(error) => Finding::problem("scripts", format!("a script is refused: {error}")).advice(
            "allow this user EVAL, EVALSHA, and writes to the hashes and the keys with the prefix",
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
        "none" => Finding::warning("key", format!("{}: missing", key.name)).advice(format!(
            "ignore this if Redis is new; otherwise check {} and the database number in GNC_REDIS_URL",
            key.variable
        )),
        other => Finding::problem("key", format!("{}: a {other}, not a hash", key.name))
            .advice(format!("set {} to the hash's name", key.variable)),
    }
}
