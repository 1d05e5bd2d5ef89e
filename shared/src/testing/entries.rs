//! Stored lists: from few names, ids and members, so that they collide; with repeats, repairs to make,
//! fields nobody knows, and entries that are no collections at all.

use super::dice::Dice;
use crate::raw_json::join_array;
use uuid::Uuid;

/// Fields that no program knows. They must come through a transfer with every digit and space.
pub const UNKNOWN: [&str; 6] = [
    r#""x": 1.50"#,
    r#""big": 12345678901234567890123.10"#,
    r#""deep": {"a": [1,  {"b": null}], "\u00e9": "\u00e9"}"#,
    r#""half": "\ud800""#,
    r#""twice": 1, "twice": 2"#,
    r#""tiny": -0.0E+00"#,
];

/// Names of which several are the same to people: trimmed, case-folded, composed.
const NAMES: [&str; 9] = [
    r#""n0""#,
    r#""n1""#,
    r#""N1 ""#,
    r#""n1 (2)""#,
    r#""Gr\u00f6\u00dfe""#,
    "\"GRO\u{308}\u{1e9e}E\"",
    "42",
    "null",
    r#"" \t""#,
];

/// Members: text that says which it is, and such as has to be mended or dropped.
const MEMBERS: [&str; 10] = [
    r#""m0:D""#,
    r#""m1:D""#,
    r#""m2:D""#,
    r#""m3:D""#,
    r#""m4:D""#,
    r#""m0:D""#,
    r#"" m1:D ""#,
    r#""""#,
    "3",
    "null",
];

/// Values that are no list.
const NO_LISTS: [&[u8]; 5] = [
    b"oops",
    b"{\"id\": 1}",
    b"[{\"members\": [\"m0:D",
    b"[\"\xe9\"]",
    b"[1,]",
];

/// Numbers the entries of one case, so that each can be found again by its field `uid`.
#[derive(Default)]
pub struct Uids(u32);

impl Uids {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// A stored value: mostly a list, sometimes nothing.
pub fn value(dice: &mut Dice<'_>, uids: &mut Uids) -> Option<Vec<u8>> {
    match dice.below(10) {
        8 => None,
        9 => Some(dice.pick(&[&b""[..], b"null", b"[]", b" [ ] "]).to_vec()),
        _ => Some(list(dice, uids).into_bytes()),
    }
}

/// A stored value that may also be no list.
pub fn any_value(dice: &mut Dice<'_>, uids: &mut Uids) -> Option<Vec<u8>> {
    if dice.one_in(20) {
        Some(dice.pick(&NO_LISTS).to_vec())
    } else {
        value(dice, uids)
    }
}

fn list(dice: &mut Dice<'_>, uids: &mut Uids) -> String {
    let count = dice.below(6);
    let entries: Vec<String> = (0..count).map(|_| entry(dice, uids)).collect();
    match dice.below(6) {
        4 => format!("[{}]", entries.join(",")),
        5 => format!(" [\n{}\n] ", entries.join(" ,\n")),
        _ => join_array(entries),
    }
}

/// One entry of a list.
pub fn entry(dice: &mut Dice<'_>, uids: &mut Uids) -> String {
    if dice.one_in(8) {
        return odd(dice, uids);
    }
    let uid = uids.next();
    let mut fields = vec![format!(r#""uid": {uid}"#)];
    fields.extend(id(dice, uid));
    fields.push(format!(r#""name": {}"#, dice.pick(&NAMES)));
    fields.extend(times(dice));
    fields.extend(members(dice));
    while dice.one_in(3) {
        let unknown = dice.pick(&UNKNOWN).to_owned();
        if !fields.contains(&unknown) {
            fields.push(unknown);
        }
    }
    if dice.one_in(3) {
        fields.reverse();
    }
    format!(
        "{{{}}}",
        fields.join(if dice.one_in(4) { "," } else { ", " })
    )
}

/// An entry that is no collection, or hardly one.
fn odd(dice: &mut Dice<'_>, uids: &mut Uids) -> String {
    let uid = uids.next();
    let form = dice.pick(&[
        "null",
        "NaN",
        "7",
        r#""m0:D""#,
        r#"[["m0:D"]]"#,
        r#"{"uid": #, "members": {"m0:D": 1}}"#,
        r#"{"uid": #, "name": NaN, "members": ["m0:D"]}"#,
        r#"{"uid": #, "\ud800": 1, "members": ["m1:D"]}"#,
        r#"{"uid": #, "members": "m0:D, m1:D ,,m0:D"}"#,
        r#"{"uid": #, "id": 7, "name": null, "members": ["m0:D", 3, "", "m0:D"]}"#,
    ]);
    form.replace('#', &uid.to_string())
}

fn id(dice: &mut Dice<'_>, uid: u32) -> Option<String> {
    let common = Uuid::from_u128(0xabc0 + dice.below(4) as u128);
    let own = Uuid::from_u128(0xdef0_0000 + u128::from(uid));
    match dice.below(9) {
        6 => Some(format!(
            r#""id": "{}""#,
            common.to_string().to_ascii_uppercase()
        )),
        7 => Some(
            dice.pick(&[r#""id": 7"#, r#""id": "not one""#, r#""id": """#])
                .to_owned(),
        ),
        8 => None,
        choice if choice < 3 => Some(format!(r#""id": "{common}""#)),
        _ => Some(format!(r#""id": "{own}""#)),
    }
}

fn times(dice: &mut Dice<'_>) -> Vec<String> {
    let time = format!("Nov {:02} 2019 03:27PM", dice.below(28) + 1);
    let fields: &[&str] = match dice.below(8) {
        0..=3 => &[r#""created_timestamp": "@""#, r#""changed_timestamp": "@""#],
        4 => &[r#""created": "@""#, r#""changed": "@""#],
        5 => &[r#""created": "@""#, r#""created_timestamp": "@""#],
        6 => &[
            r#""created_timestamp": 1573572420"#,
            r#""changed": "2019-11-12T15:27:00""#,
        ],
        _ => &[],
    };
    fields
        .iter()
        .map(|field| field.replace('@', &time))
        .collect()
}

fn members(dice: &mut Dice<'_>) -> Vec<String> {
    let count = dice.below(5);
    let members: Vec<&str> = (0..count).map(|_| dice.pick(&MEMBERS)).collect();
    let number = match dice.below(8) {
        6 => format!(r#""num_members": {}"#, count + 1),
        7 => r#""num_members": "2""#.to_owned(),
        _ => format!(r#""num_members": {count}"#),
    };
    vec![number, format!(r#""members": [{}]"#, members.join(", "))]
}
