//! The Redis settings as text, documented for `--help`.

use clap::Args;
use secrecy::SecretString;
use std::path::PathBuf;

/// The settings of Redis, which are all that the operator's commands need.
#[derive(Args, Clone)]
pub struct StoreArguments {
    /// GeneNetwork's Redis, e.g. `redis://user:password@127.0.0.1:6379/0`, or `rediss://…` with
    /// TLS. With Sentinel:
    /// `redis+sentinel://user:password@sentinel1:26379,sentinel2:26379/<service>/0`.
    #[arg(long, env = "GNC_REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,

    /// File with the PEM certificates of the authorities that sign Redis' certificate. By default
    /// the authorities of the system are trusted.
    #[arg(long, env = "GNC_REDIS_CA")]
    pub redis_ca: Option<PathBuf>,

    /// Number of replicas that must confirm a transfer or an edit before it is acknowledged.
    #[arg(long, env = "GNC_REDIS_WAIT_REPLICAS", default_value = "0")]
    pub redis_wait_replicas: String,

    /// Megabytes that the collections of one account may use, 1 to 64.
    #[arg(long, env = "GNC_QUOTA_COLLECTIONS_MB", default_value = "64")]
    pub quota_collections_mb: String,

    /// Megabytes that the values before one account's changes, which are kept for undo, may use.
    /// Beyond them the oldest are deleted; the newest is always kept.
    #[arg(long, env = "GNC_QUOTA_BEFORE_IMAGES_MB", default_value = "64")]
    pub quota_before_images_mb: String,

    /// Number of receipts of one account that keep all their items. Older ones become summaries.
    #[arg(long, env = "GNC_QUOTA_FULL_RECEIPTS", default_value = "1000")]
    pub quota_full_receipts: String,

    /// Hash of the legacy accounts.
    #[arg(long, env = "GNC_KEY_USERS", default_value = "users")]
    pub key_users: String,

    /// Hash of the collections of legacy accounts and older anonymous sessions.
    #[arg(
        long,
        env = "GNC_KEY_LEGACY_COLLECTIONS",
        default_value = "collections"
    )]
    pub key_legacy_collections: String,

    /// Hash of the collections of new accounts, and of anonymous sessions of today's GN2.
    #[arg(long, env = "GNC_KEY_COLLECTIONS", default_value = "collections2")]
    pub key_collections: String,

    /// Hash of gn-auth's migration flags.
    #[arg(
        long,
        env = "GNC_KEY_MIGRATABLE",
        default_value = "migratable-accounts"
    )]
    pub key_migratable: String,

    /// Prefix of the keys of GN2's sessions: its `SESSION_KEY_PREFIX`.
    #[arg(long, env = "GNC_KEY_GN2_SESSIONS", default_value = "session:")]
    pub key_gn2_sessions: String,

    /// Prefix of this program's own keys.
    #[arg(long, env = "GNC_KEY_PREFIX", default_value = "gnc:")]
    pub key_prefix: String,
}
