//! The names of Redis keys.

use super::store_arguments::StoreArguments;
use super::{ConfigError, ConfigErrors};

/// Names of Redis keys. No two are equal, because each hash has its own format.
#[derive(Clone, Debug)]
pub struct KeyNames {
    pub users: String,
    /// Collections of legacy accounts and older anonymous sessions.
    pub legacy_collections: String,
    /// Collections of new accounts and of anonymous sessions of today's GN2.
    pub collections: String,
    /// gn-auth's migration flags.
    pub migratable: String,
    /// The prefix of the keys of GN2's sessions.
    pub gn2_sessions: String,
    /// The prefix of this program's own keys.
    pub prefix: String,
}

impl KeyNames {
    pub(super) fn parse(arguments: &StoreArguments, errors: &mut ConfigErrors) -> Option<Self> {
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
        let mut is_sound = !prefix.is_empty();
        if !is_sound {
            errors.add(ConfigError::invalid("GNC_KEY_PREFIX", "it is empty", own));
        }
        if arguments.key_gn2_sessions.is_empty() {
            let advice = "leave it out for session:, or set it to GN2's SESSION_KEY_PREFIX";
            errors.add(ConfigError::invalid(
                "GNC_KEY_GN2_SESSIONS",
                "it is empty",
                advice,
            ));
            is_sound = false;
        }
        for (place, (variable, name)) in hashes.iter().enumerate() {
            let advice =
                "leave it out for GeneNetwork's own name, or set it to the name of its hash";
            let problem = if name.is_empty() {
                "it is empty"
            } else if hashes[..place].iter().any(|(_, other)| other == name) {
                "another hash has this name"
            } else if !prefix.is_empty() && name.starts_with(prefix.as_str()) {
                "it begins as this program's own keys do"
            } else {
                continue;
            };
            errors.add(ConfigError::invalid(variable, problem, advice));
            is_sound = false;
        }
        is_sound.then(|| Self {
            users: arguments.key_users.clone(),
            legacy_collections: arguments.key_legacy_collections.clone(),
            collections: arguments.key_collections.clone(),
            migratable: arguments.key_migratable.clone(),
            gn2_sessions: arguments.key_gn2_sessions.clone(),
            prefix: prefix.clone(),
        })
    }
}
