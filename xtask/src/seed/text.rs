//! The values that records are made of: ids, times, names, traits.

use fastrand::Rng;

/// Data sets of GeneNetwork, each with what its traits' names begin and end with.
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

/// As Python's `json.dumps` writes them.
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

/// A random UUID, version 4.
pub(super) fn uuid(rng: &mut Rng) -> String {
    let bits = (rng.u128(..) & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}

/// So many random hexadecimal digits, at most 64.
pub(super) fn hex(rng: &mut Rng, digits: usize) -> String {
    let mut text = format!("{:032x}{:032x}", rng.u128(..), rng.u128(..));
    text.truncate(digits);
    text
}

/// `Nov 12 2019 03:27PM`.
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

/// `2017-02-22T08:42:00`.
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

/// The name of a collection, inside of quotes.
pub(super) fn collection_name(rng: &mut Rng) -> String {
    let name = COLLECTION_NAMES[rng.usize(..COLLECTION_NAMES.len())];
    if rng.bool() {
        name.to_owned()
    } else {
        format!("{name} {}", rng.u16(1..1_000))
    }
}

/// A member, `trait:dataset`.
pub(super) fn member(rng: &mut Rng) -> String {
    let (before, after, dataset) = DATASETS[rng.usize(..DATASETS.len())];
    format!("{before}{:05}{after}:{dataset}", rng.u32(..100_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_4() {
        let id = uuid(&mut Rng::with_seed(1));
        assert_eq!(id.len(), 36);
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]), "{id}");
    }
}
