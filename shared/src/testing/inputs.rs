//! Inputs of transfers, choices, and collections of a browser.

use super::byte_source::ByteSource;
use super::entries::{self, Uids};
use crate::api::{Choices, LocalCollection, Plan};
use crate::ids::LegacyOwner;
use crate::timestamp::Timestamp;
use crate::transfer::earlier::EarlierResults;
use crate::transfer::{Source, TransferInput, anonymous};
use uuid::Uuid;

/// Returns the time of every case.
///
/// # Panics
/// Never.
pub fn now() -> Timestamp {
    Timestamp::from_unix(1_700_000_040).expect("a time")
}

/// Makes the input of a migration of one to three accounts, or of an import.
pub fn input(random: &mut ByteSource<'_>) -> TransferInput {
    let mut uids = Uids::default();
    let target = entries::value(random, &mut uids);
    let sources = match random.below(5) {
        4 => vec![anonymous::source(&browser(random))],
        count => (0..count.clamp(1, 3))
            .map(|number| source(random, &mut uids, number))
            .collect(),
    };
    TransferInput {
        owner: Uuid::from_u128(1),
        target,
        sources,
        earlier: EarlierResults::default(),
        now: now(),
    }
}

fn source(random: &mut ByteSource<'_>, uids: &mut Uids, number: usize) -> Source {
    let owner = number.to_string();
    Source {
        email: Some("person@example.org".to_owned()),
        list: entries::any_value(random, uids),
        flag: flag(random, &owner),
        owner: Some(LegacyOwner::new(owner)),
        ..Source::default()
    }
}

/// Makes gn-auth's record of an address, or none. Some records name this account, others another.
pub fn flag(random: &mut ByteSource<'_>, owner: &str) -> Option<Vec<u8>> {
    let records = [
        Some(
            r#"{"user_id": "OWNER", "collections-migrated": false, "resources_migrated": false, "x": 1.0}"#,
        ),
        None,
        Some(r#"{"collections-migrated": false}"#),
        Some("oops"),
        Some(r#"{"user_id": "OWNER", "collections-migrated": true, "resources_migrated": false}"#),
        Some(r#"{"user_id": "other", "collections-migrated": true, "resources_migrated": false}"#),
    ];
    let record = random.pick(&records);
    record.map(|record| record.replace("OWNER", owner).into_bytes())
}

/// Makes collections of a browser.
///
/// # Panics
/// Never.
pub fn browser(random: &mut ByteSource<'_>) -> Vec<LocalCollection> {
    let count = random.below(4) + 1;
    let time = |day: usize| now().plus_days(-i64::try_from(day).expect("few days"));
    (0..count)
        .map(|number| LocalCollection {
            id: match random.below(4) {
                0 => Uuid::from_u128(0xabc0 + random.below(4) as u128).to_string(),
                1 => "not one".to_owned(),
                _ => Uuid::from_u128(0xb0b0_0000 + number as u128).to_string(),
            },
            name: random
                .pick(&["n0", "N1", " n1 ", "n1 (2)", "größe", "", "🧬"])
                .to_owned(),
            created: time(random.below(100)),
            changed: time(random.below(100)),
            members: (0..random.below(5))
                .map(|_| {
                    random
                        .pick(&["m0:D", "m1:D", "m2:D", "m3:D", " m0:D", "", "x", "x:D:D"])
                        .to_owned()
                })
                .collect(),
            note: random.one_in(3).then(|| {
                let long = "n".repeat(2_001);
                random.pick(&["Union of “A”, “B”", &long]).to_owned()
            }),
        })
        .collect()
}

/// Chooses an allowed action for about half of the items.
pub fn choices(plan: &Plan, random: &mut ByteSource<'_>) -> Choices {
    let items = plan.accounts.iter().flat_map(|account| &account.items);
    items
        .filter(|item| !item.allowed.is_empty())
        .filter_map(|item| {
            let chosen = random.one_in(2).then(|| random.pick(&item.allowed))?;
            Some((item.key.clone(), chosen))
        })
        .collect()
}
