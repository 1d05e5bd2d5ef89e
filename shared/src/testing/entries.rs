//! Stored lists made from few names, ids and members, so that these collide. They contain
//! repetitions, defects, unknown fields, and entries that are no collections.

use super::byte_source::ByteSource;
use crate::raw_json::join_array;
use uuid::Uuid;

/// Fields that no program knows. A transfer must preserve their digits and spaces.
pub const UNKNOWN: [&str; 6] = [
    r#""x": 1.50"#,
    r#""big": 12345678901234567890123.10"#,
    r#""deep": {"a": [1,  {"b": null}], "\u00e9": "\u00e9"}"#,
    r#""half": "\ud800""#,
    r#""twice": 1, "twice": 2"#,
    r#""tiny": -0.0E+00"#,
];

/// Names of which several are equal when trimmed, case-folded and composed.
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

/// Members that can be recognised in any text, and members that are repaired, dropped, or not shown
/// by GeneNetwork.
const MEMBERS: [&str; 12] = [
    r#""m0:D""#,
    r#""m1:D""#,
    r#""m2:D""#,
    r#""m3:D""#,
    r#""m4:D""#,
    r#""x:D:Temp""#,
    r#""x y""#,
    r#""m0:D""#,
    r#"" m1:D ""#,
    r#""""#,
    "3",
    "null",
];

/// Values that are not a list.
const NO_LISTS: [&[u8]; 5] = [
    b"oops",
    b"{\"id\": 1}",
    b"[{\"members\": [\"m0:D",
    b"[\"\xe9\"]",
    b"[1,]",
];

/// Numbers the entries of one case, so that each can be found by its field `uid`.
#[derive(Default)]
pub struct Uids(u32);

impl Uids {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// Makes a stored value, which is mostly a list.
pub fn value(random: &mut ByteSource<'_>, uids: &mut Uids) -> Option<Vec<u8>> {
    match random.below(10) {
        8 => None,
        9 => Some(random.pick(&[&b""[..], b"null", b"[]", b" [ ] "]).to_vec()),
        _ => Some(list(random, uids).into_bytes()),
    }
}

/// Makes a stored value that may be no list.
pub fn any_value(random: &mut ByteSource<'_>, uids: &mut Uids) -> Option<Vec<u8>> {
    if random.one_in(20) {
        Some(random.pick(&NO_LISTS).to_vec())
    } else {
        value(random, uids)
    }
}

fn list(random: &mut ByteSource<'_>, uids: &mut Uids) -> String {
    let count = random.below(6);
    let entries: Vec<String> = (0..count).map(|_| entry(random, uids)).collect();
    match random.below(6) {
        4 => format!("[{}]", entries.join(",")),
        5 => format!(" [\n{}\n] ", entries.join(" ,\n")),
        _ => join_array(entries),
    }
}

/// Makes an entry of a list.
pub fn entry(random: &mut ByteSource<'_>, uids: &mut Uids) -> String {
    if random.one_in(8) {
        return unusual_entry(random, uids);
    }
    let uid = uids.next();
    let mut fields = vec![format!(r#""uid": {uid}"#)];
    fields.extend(id(random, uid));
    fields.push(format!(r#""name": {}"#, random.pick(&NAMES)));
    fields.extend(times(random));
    fields.extend(members(random));
    if random.one_in(6) {
        fields.push(r#""note": "Union of \u201cA\u201d""#.to_owned());
    }
    while random.one_in(3) {
        let unknown = random.pick(&UNKNOWN).to_owned();
        if !fields.contains(&unknown) {
            fields.push(unknown);
        }
    }
    if random.one_in(3) {
        fields.reverse();
    }
    format!(
        "{{{}}}",
        fields.join(if random.one_in(4) { "," } else { ", " })
    )
}

/// Makes an entry that is no collection, or a very unusual one.
fn unusual_entry(random: &mut ByteSource<'_>, uids: &mut Uids) -> String {
    let uid = uids.next();
    let form = random.pick(&[
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

fn id(random: &mut ByteSource<'_>, uid: u32) -> Option<String> {
    let common = Uuid::from_u128(0xabc0 + random.below(4) as u128);
    let own = Uuid::from_u128(0xdef0_0000 + u128::from(uid));
    match random.below(9) {
        6 => Some(format!(
            r#""id": "{}""#,
            common.to_string().to_ascii_uppercase()
        )),
        7 => Some(
            random
                .pick(&[r#""id": 7"#, r#""id": "not one""#, r#""id": """#])
                .to_owned(),
        ),
        8 => None,
        choice if choice < 3 => Some(format!(r#""id": "{common}""#)),
        _ => Some(format!(r#""id": "{own}""#)),
    }
}

fn times(random: &mut ByteSource<'_>) -> Vec<String> {
    let time = format!("Nov {:02} 2019 03:27PM", random.below(28) + 1);
    let fields: &[&str] = match random.below(8) {
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

fn members(random: &mut ByteSource<'_>) -> Vec<String> {
    let count = random.below(5);
    let members: Vec<&str> = (0..count).map(|_| random.pick(&MEMBERS)).collect();
    let number = match random.below(8) {
        6 => format!(r#""num_members": {}"#, count + 1),
        7 => r#""num_members": "2""#.to_owned(),
        _ => format!(r#""num_members": {count}"#),
    };
    vec![number, format!(r#""members": [{}]"#, members.join(", "))]
}
