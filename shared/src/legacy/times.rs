//! The two timestamps of a stored collection.

use crate::api::Repair;
use crate::raw_json::{Object, text};
use crate::timestamp::Timestamp;

/// The first epoch value that is taken as milliseconds. As seconds it lies after the year 5000.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// Reads `created` and `changed`, which GN2 calls `created_timestamp` and `changed_timestamp`.
///
/// A missing or unreadable one takes the other's value. Both are `None` if neither is known.
pub(super) fn read(
    object: &Object<'_>,
    repairs: &mut Vec<Repair>,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let mut field = |names: [&str; 2], repair| {
        stored(object, names).or_else(|| {
            repairs.push(repair);
            names.iter().find_map(|name| parse(object.get(name)?))
        })
    };
    let created = field(["created", "created_timestamp"], Repair::Created);
    let changed = field(["changed", "changed_timestamp"], Repair::Changed);
    (created.or(changed), changed.or(created))
}

/// Reads the first of two fields that exists, in the stored format. gn-auth ignores the second
/// then.
fn stored(object: &Object<'_>, names: [&str; 2]) -> Option<Timestamp> {
    let raw = names.iter().find_map(|name| object.get(name))?;
    Timestamp::parse_stored(&text(raw)?)
}

fn parse(raw: &str) -> Option<Timestamp> {
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
    fn timestamps_of_gn2_and_gn_auth_need_no_repair() {
        let at = Some("Nov 12 2019 03:27PM".to_owned());
        for raw in [
            r#"{"created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM"}"#,
            r#"{"created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM"}"#,
        ] {
            assert_eq!(read_raw(raw), (at.clone(), at.clone(), vec![]));
        }
    }

    #[test]
    fn timestamp_in_another_format_keeps_its_date() {
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
    fn missing_timestamp_takes_the_value_of_the_other() {
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
