//! The two timestamps of a stored collection.

use crate::api::Repair;
use crate::raw_json::{Object, text};
use crate::timestamp::Timestamp;

/// Epoch values from here on are milliseconds: as seconds they would lie beyond the year 5000.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// A timestamp as found, and whether it has to be written anew.
struct Found {
    at: Option<Timestamp>,
    sound: bool,
}

/// `created` and `changed` of a collection. GN2 calls them `created_timestamp` and
/// `changed_timestamp`. One that is missing or cannot be read takes the other's value; both `None`
/// means that neither is known.
pub(super) fn read(
    object: &Object<'_>,
    repairs: &mut Vec<Repair>,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let created = find(object, ["created", "created_timestamp"]);
    let changed = find(object, ["changed", "changed_timestamp"]);
    if !created.sound {
        repairs.push(Repair::Created);
    }
    if !changed.sound {
        repairs.push(Repair::Changed);
    }
    (created.at.or(changed.at), changed.at.or(created.at))
}

fn find(object: &Object<'_>, names: [&str; 2]) -> Found {
    // gn-auth looks at the first name and only without it at the second, so only the first counts as sound.
    let first = names.iter().find_map(|name| object.get(name));
    if let Some(at) = first
        .and_then(text)
        .and_then(|stored| Timestamp::parse_stored(&stored))
    {
        return Found {
            at: Some(at),
            sound: true,
        };
    }
    let at = names
        .iter()
        .filter_map(|name| object.get(name))
        .find_map(any_format);
    Found { at, sound: false }
}

fn any_format(raw: &str) -> Option<Timestamp> {
    if let Some(text) = text(raw) {
        return Timestamp::parse_any(&text);
    }
    let whole = raw.split('.').next()?;
    let epoch: i64 = whole.parse().ok()?;
    Timestamp::from_unix(if epoch.abs() < FIRST_MILLISECONDS {
        epoch
    } else {
        epoch / 1000
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_raw(raw: &str) -> (Option<String>, Option<String>, Vec<Repair>) {
        let object = Object::parse(raw).expect("an object");
        let mut repairs = Vec::new();
        let (created, changed) = read(&object, &mut repairs);
        (
            created.map(Timestamp::to_stored),
            changed.map(Timestamp::to_stored),
            repairs,
        )
    }

    #[test]
    fn sound_ones_of_either_program_need_no_repair() {
        let at = Some("Nov 12 2019 03:27PM".to_owned());
        for raw in [
            r#"{"created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM"}"#,
            r#"{"created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM"}"#,
        ] {
            assert_eq!(read_raw(raw), (at.clone(), at.clone(), vec![]));
        }
    }

    #[test]
    fn the_date_of_odd_ones_is_kept() {
        let at = Some("Nov 12 2019 03:27PM".to_owned());
        for odd in [
            "1573572420",
            "1573572420.5",
            "1573572420000",
            "\"2019-11-12T15:27:00\"",
        ] {
            let raw = format!(r#"{{"created": {odd}, "changed": "Nov 13 2019 11:05AM"}}"#);
            let expected = (
                at.clone(),
                Some("Nov 13 2019 11:05AM".to_owned()),
                vec![Repair::Created],
            );
            assert_eq!(read_raw(&raw), expected, "{odd}");
        }
    }

    #[test]
    fn a_missing_one_takes_the_other_ones_value() {
        let at = Some("Nov 13 2019 11:05AM".to_owned());
        assert_eq!(
            read_raw(r#"{"created": null, "changed": "Nov 13 2019 11:05AM"}"#),
            (at.clone(), at, vec![Repair::Created])
        );
        assert_eq!(
            read_raw("{}"),
            (None, None, vec![Repair::Created, Repair::Changed])
        );
    }
}
