//! How much of Redis one owner may use.

use super::{ConfigError, ConfigErrors, StoreArguments};

const MIB: usize = 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Bytes of an owner's list of collections.
    pub collections: usize,
    /// Bytes of an owner's before-images. The newest is kept whatever its size.
    pub before_images: usize,
    /// Number of an owner's receipts with all items. Older ones become summaries.
    pub full_receipts: u64,
}

impl Quotas {
    pub(super) fn parse(arguments: &StoreArguments, errors: &mut ConfigErrors) -> Option<Self> {
        let collections = errors.value(number(
            "GNC_QUOTA_COLLECTIONS_MB",
            &arguments.quota_collections_mb,
            64,
            "it is not a whole number from 1 to 64",
            "set it to e.g. 64 megabytes",
        ));
        let before_images = errors.value(number(
            "GNC_QUOTA_BEFORE_IMAGES_MB",
            &arguments.quota_before_images_mb,
            65_536,
            "it is not a whole number from 1 to 65536",
            "set it to e.g. 64 megabytes",
        ));
        let full_receipts = errors.value(number(
            "GNC_QUOTA_FULL_RECEIPTS",
            &arguments.quota_full_receipts,
            1_000_000,
            "it is not a whole number from 1 to 1000000",
            "set it to e.g. 1000 receipts",
        ));
        Some(Self {
            collections: collections? * MIB,
            before_images: before_images? * MIB,
            full_receipts: full_receipts? as u64,
        })
    }
}

fn number(
    variable: &'static str,
    text: &str,
    max: usize,
    reason: &'static str,
    advice: &'static str,
) -> Result<usize, ConfigError> {
    let number = text.parse().ok();
    number
        .filter(|number| (1..=max).contains(number))
        .ok_or(ConfigError::invalid(variable, reason, advice))
}
