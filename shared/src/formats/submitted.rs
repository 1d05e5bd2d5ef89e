//! Traits that another page submits to ours, as GN2's *Add* button does: `name:dataset:signature`,
//! separated by commas. The signatures are neither checked nor kept.

use super::member_collector::MemberCollector;
use super::report::{MalformedReason, Report};
use super::signature::remove_signature;

/// The field of the form, and the parameter of a link.
pub const FIELD: &str = "traits";

/// The maximum length of the traits, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The `<meta>` element that holds the traits in the answer to the form.
pub const META: &str = "submitted-traits";

/// The `<meta>` element that says that the traits were longer than [`MAX_BYTES`].
pub const TOO_LARGE_META: &str = "submitted-traits-too-large";

/// Returns the traits of a form or a query. A field that occurs repeatedly is one list.
pub fn join_fields<T: AsRef<str>>(fields: impl Iterator<Item = (T, T)>) -> Option<String> {
    let traits = fields.filter(|(name, _)| name.as_ref() == FIELD);
    traits
        .map(|(_, value)| value.as_ref().to_owned())
        .reduce(|all, value| all + "," + &value)
}

/// Reads the traits, each once and in their order. A malformed piece is reported with its position.
pub fn read(text: &str) -> (Vec<String>, Report) {
    let (mut members, mut report) = (MemberCollector::default(), Report::default());
    let pieces = text.split(',').map(str::trim);
    for (position, piece) in pieces.filter(|piece| !piece.is_empty()).enumerate() {
        if piece.contains(char::REPLACEMENT_CHARACTER) {
            // It stands for bytes that were not UTF-8, so nobody knows the trait.
            report.reject(position + 1, piece, MalformedReason::NotText);
        } else {
            let member = remove_signature(piece, &mut report);
            members.add(position + 1, member, &mut report);
        }
    }
    // Every trait of GN2 is signed, which tells its user nothing.
    report.signed = 0;
    (members.into_members(), report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::MalformedPiece;

    #[test]
    fn traits_are_read_without_signatures_and_each_once() {
        let (members, report) = read(
            "1435464_at:HC_M2_0606_P:0123456789abcdef0123, 10710:BXDPublish,,x;\"y'=:D,10710:BXDPublish:00000000000000000000\n",
        );
        assert_eq!(
            members,
            ["1435464_at:HC_M2_0606_P", "10710:BXDPublish", "x;\"y'=:D"]
        );
        assert_eq!(
            (report.accepted, report.repeated, report.malformed),
            (3, 1, 0)
        );
        assert_eq!(read(""), (Vec::new(), Report::default()));
    }

    #[test]
    fn malformed_traits_are_reported_with_position_and_reason() {
        let (members, report) = read("a:D,b c:D:0123456789abcdef0123,PC1,a:D:x,p:Temp,\u{fffd}:D");
        assert_eq!(members, ["a:D"]);
        let piece = |line, text: &str, reason| MalformedPiece {
            line,
            text: text.to_owned(),
            reason,
        };
        assert_eq!(
            report.listed,
            [
                piece(2, "b c:D", MalformedReason::Invisible),
                piece(3, "PC1", MalformedReason::GeneSymbol),
                piece(4, "a:D:x", MalformedReason::NotATrait),
                piece(5, "p:Temp", MalformedReason::NoGroup),
                piece(6, "\u{fffd}:D", MalformedReason::NotText),
            ]
        );
    }

    #[test]
    fn repeated_fields_are_one_list() {
        let fields = |names: &[&'static str]| join_fields(names.iter().map(|name| (*name, "a:D")));
        assert_eq!(fields(&["x"]), None);
        assert_eq!(
            fields(&["traits", "x", "traits"]).as_deref(),
            Some("a:D,a:D")
        );
    }
}
