use super::*;
use crate::testing::inputs::now;
use crate::transfer::Source;
use crate::transfer::earlier::EarlierResults;
use uuid::Uuid;

fn input(target: &str, source: &str) -> TransferInput {
    TransferInput {
        owner: Uuid::from_u128(1),
        target: Some(target.as_bytes().to_vec()),
        sources: vec![Source {
            owner: Some(crate::ids::LegacyOwner::new("s")),
            list: Some(source.as_bytes().to_vec()),
            ..Source::default()
        }],
        earlier: EarlierResults::default(),
        now: now(),
    }
}

const ENTRY: &str = r#"{"uid": 1, "members": ["m0:D", "m1:D"]}"#;

fn moved(target: &str, source: &str) -> (usize, usize) {
    let before = input("[]", &format!("[{ENTRY}]"));
    let balance = member_balance(&before, &input(target, source), &[]);
    (balance.lost, balance.duplicated)
}

#[test]
fn lost_and_duplicated_members_are_counted() {
    let list = |entry: &str| format!("[{entry}]");
    let changed = |from: &str, to: &str| list(&ENTRY.replace(from, to));
    assert_eq!(moved(&list(ENTRY), "[]"), (0, 0));
    assert_eq!(moved("[]", "[]"), (2, 0));
    assert_eq!(moved(&list(ENTRY), &list(ENTRY)), (0, 2));
    assert_eq!(moved(&format!("[{ENTRY}, {ENTRY}]"), "[]"), (0, 2));
    assert_eq!(moved(&changed("m1:D", ""), "[]"), (1, 0));
    assert_eq!(moved(&changed("m1", "m2"), "[]"), (1, 1));
    assert_eq!(moved(&changed("\"m1:D", "\"m1:D\", \"m1:D"), "[]"), (0, 1));
    assert_eq!(moved(&format!("[{ENTRY}, 7]"), "[]"), (0, 1));
}
