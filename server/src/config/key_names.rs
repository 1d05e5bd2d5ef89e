//! Under which names everything lies in Redis.

use super::{ConfigError, StoreArguments};

/// Names of Redis keys. No two are the same: what one hash means is not what another means.
#[derive(Clone, Debug)]
pub struct KeyNames {
    /// Legacy accounts.
    pub users: String,
    /// Legacy and anonymous collections.
    pub legacy_collections: String,
    /// The new accounts' collections.
    pub collections: String,
    /// gn-auth's migration flags.
    pub migratable: String,
    /// What our own keys begin with.
    pub prefix: String,
}

impl KeyNames {
    pub(super) fn parse(arguments: &StoreArguments) -> Result<Self, ConfigError> {
        let hashes = [
            ("GNC_KEY_USERS", &arguments.key_users),
            (
                "GNC_KEY_LEGACY_COLLECTIONS",
                &arguments.key_legacy_collections,
            ),
            ("GNC_KEY_COLLECTIONS", &arguments.key_collections),
            ("GNC_KEY_MIGRATABLE", &arguments.key_migratable),
        ];
        let prefix = &arguments.key_prefix;
        let own = "leave it out for gnc:, or set it to what no other key in this Redis begins with";
        if prefix.is_empty() {
            return Err(ConfigError::invalid("GNC_KEY_PREFIX", "it is empty", own));
        }
        for (place, (variable, name)) in hashes.iter().enumerate() {
            let mend = "leave it out for GeneNetwork's own name, or set it to the name of its hash";
            let problem = if name.is_empty() {
                "it is empty"
            } else if hashes[..place].iter().any(|(_, other)| other == name) {
                "another hash has this name"
            } else if name.starts_with(prefix.as_str()) {
                "it begins as this program's own keys do"
            } else {
                continue;
            };
            return Err(ConfigError::invalid(variable, problem, mend));
        }
        Ok(Self {
            users: arguments.key_users.clone(),
            legacy_collections: arguments.key_legacy_collections.clone(),
            collections: arguments.key_collections.clone(),
            migratable: arguments.key_migratable.clone(),
            prefix: prefix.clone(),
        })
    }
}
