//! Random ids, times, names and traits for the records.

use fastrand::Rng;
use uuid::Builder;

/// Data sets of GeneNetwork: the prefix and the suffix of the trait names, and the data set.
const DATASETS: [(&str, &str, &str); 11] = [
    ("14", "_at", "HC_M2_0606_P"),
    ("14", "_at", "INIA_AmgCoh_0311"),
    ("14", "_a_at", "EPFLMouseMuscleCDRMA1211"),
    ("14", "_s_at", "UCLA_BXHBXD_LIVER_2014"),
    ("14", "_x_at", "UTHSC_BXD_Liver_RNASeq_TPM_0320"),
    ("1", "", "BXDPublish"),
    ("2", "", "CXBPublish"),
    ("1", "", "HSNIH-RGDPublish"),
    ("rs", "", "BXDGeno"),
    ("ENSG000000", "", "GTEXv8_Kidn_tpm_0220"),
    ("PCA1_BXD_", "", "Temp"),
];

/// Names as Python's `json.dumps` writes them.
const COLLECTION_NAMES: [&str; 12] = [
    "Your Default Collection",
    "Top 100",
    "DA receptors",
    "PCA from corr matrix",
    "liver / lipid",
    "hippocampus > 0.7",
    "for paper",
    "temp",
    "\\u5b50\\u96c6",
    "QTL chr 4",
    "sleep & stress",
    "r\\u00e9ponse",
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub(super) fn uuid(rng: &mut Rng) -> String {
    let uuid = Builder::from_random_bytes(rng.u128(..).to_be_bytes()).into_uuid();
    uuid.to_string()
}

/// Returns this number of hexadecimal digits, at most 64.
pub(super) fn hex(rng: &mut Rng, digits: usize) -> String {
    let mut text = format!("{:032x}{:032x}", rng.u128(..), rng.u128(..));
    text.truncate(digits);
    text
}

/// Returns a time as `Nov 12 2019 03:27PM`.
pub(super) fn collection_time(rng: &mut Rng) -> String {
    format!(
        "{} {:02} {} {:02}:{:02}{}",
        MONTHS[rng.usize(..MONTHS.len())],
        rng.u8(1..=28),
        rng.u16(2012..=2023),
        rng.u8(1..=12),
        rng.u8(..60),
        if rng.bool() { "AM" } else { "PM" }
    )
}

/// Returns a time as `2017-02-22T08:42:00`.
pub(super) fn registration_time(rng: &mut Rng) -> String {
    format!(
        "{}-{:02}-{:02}T{:02}:{:02}:00",
        rng.u16(2012..=2023),
        rng.u8(1..=12),
        rng.u8(1..=28),
        rng.u8(..24),
        rng.u8(..60)
    )
}

/// Returns the name of a collection, escaped as in a JSON string.
pub(super) fn collection_name(rng: &mut Rng) -> String {
    let name = COLLECTION_NAMES[rng.usize(..COLLECTION_NAMES.len())];
    if rng.bool() {
        name.to_owned()
    } else {
        format!("{name} {}", rng.u16(1..1_000))
    }
}

/// Returns a member, `trait:dataset`.
pub(super) fn member(rng: &mut Rng) -> String {
    let (prefix, suffix, dataset) = DATASETS[rng.usize(..DATASETS.len())];
    format!("{prefix}{:05}{suffix}:{dataset}", rng.u32(..100_000))
}
