//! Decides which pieces of a text are no traits, although some are written like one.

use super::report::MalformedReason;
use crate::edit::check::{InvalidMember, check_member};

/// The beginnings of the months in English, and those of other languages that differ.
const MONTHS: [&str; 16] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mrz",
    "mai", "okt", "dez",
];

/// The maximum length of a gene symbol, in characters.
const MAX_GENE_SYMBOL: usize = 15;

/// Returns the reason why a piece cannot be a member, if there is one.
pub(super) fn malformed_reason(piece: &str) -> Option<MalformedReason> {
    match check_member(piece) {
        Ok(()) => implausible(piece),
        Err(InvalidMember::NotATrait) => Some(not_a_trait(piece)),
        Err(InvalidMember::Invisible) => Some(MalformedReason::Invisible),
        Err(InvalidMember::NoGroup) => Some(MalformedReason::NoGroup),
        Err(InvalidMember::TooLong) => Some(MalformedReason::TooLong),
    }
}

/// The reason for a piece that is not written as `trait:dataset`.
fn not_a_trait(piece: &str) -> MalformedReason {
    if piece.contains("://") || piece.starts_with("www.") {
        MalformedReason::WebAddress
    } else if piece.contains(':') {
        MalformedReason::NotATrait
    } else if is_damaged(piece) {
        MalformedReason::SpreadsheetDamage
    } else if is_bare_id(piece) {
        MalformedReason::DatasetMissing
    } else if is_gene_symbol(piece) {
        MalformedReason::GeneSymbol
    } else {
        MalformedReason::NotATrait
    }
}

/// The reason for a piece that is written as `trait:dataset` but cannot be one.
fn implausible(piece: &str) -> Option<MalformedReason> {
    let (id, dataset) = piece.split_once(':')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if dataset.contains('/') {
        Some(MalformedReason::WebAddress)
    } else if is_number(dataset) || (dataset.len() <= 4 && dataset.starts_with(is_digit)) {
        // A time (12:30, 9:00AM) or a reference (Fig:2A). Names of datasets begin with letters.
        Some(MalformedReason::NotADataset)
    } else if is_damaged(id) {
        Some(MalformedReason::SpreadsheetDamage)
    } else {
        None
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a piece can be the id of a trait without its dataset, e.g. `10710` or `1435464_at`.
pub(super) fn is_bare_id(piece: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    !piece.is_empty()
        && piece.chars().all(is_allowed)
        && piece.contains(is_digit)
        && (piece.starts_with(is_digit) || piece.contains('_') || piece.starts_with("ENS"))
        && !is_damaged(piece)
}

fn is_gene_symbol(piece: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    (2..=MAX_GENE_SYMBOL).contains(&piece.len())
        && piece.starts_with(|c: char| c.is_ascii_uppercase())
        && piece.chars().all(is_allowed)
}

/// Whether an id is a date or a rounded number, into which spreadsheets turn names: `2-Sep` was
/// `Sept2`, and `1.44E+06` was another number.
fn is_damaged(id: &str) -> bool {
    is_date(id) || is_rounded(id)
}

fn is_date(id: &str) -> bool {
    let is_number = |part: &str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_month = |part: &str| {
        let part = part.trim_end_matches('.').to_lowercase();
        MONTHS.contains(&part.as_str()) || part == "sept" || part == "mär"
    };
    let parts: Vec<&str> = id
        .split(['-', '/', '.'])
        .filter(|part| !part.is_empty())
        .collect();
    match parts[..] {
        [a, b] => (is_number(a) && is_month(b)) || (is_month(a) && is_number(b)),
        [a, b, c] if is_number(a) && is_number(c) => {
            is_month(b) || (is_number(b) && (a.len() == 4 || c.len() == 4 || id.contains('/')))
        }
        _ => false,
    }
}

fn is_rounded(id: &str) -> bool {
    let Some((digits, exponent)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let digits = digits.replacen([',', '.'], "", 1);
    is_number(&digits) && exponent.strip_prefix(['+', '-']).is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_has_its_reason() {
        use MalformedReason as Reason;
        for (piece, reason) in [
            ("1435464_at:HC_M2_0606_P", None),
            ("10710:BXDPublish", None),
            ("rs-1-2:BXDGeno", None),
            ("12:30", Some(Reason::NotADataset)),
            ("9:00AM", Some(Reason::NotADataset)),
            ("Fig:2A", Some(Reason::NotADataset)),
            ("11320:20190101", Some(Reason::NotADataset)),
            ("https://genenetwork.org/", Some(Reason::WebAddress)),
            ("http://127.0.0.1:80/", Some(Reason::WebAddress)),
            ("doi:10.1/x", Some(Reason::WebAddress)),
            ("2-Sep:HC", Some(Reason::SpreadsheetDamage)),
            ("Mar-01:HC", Some(Reason::SpreadsheetDamage)),
            ("1.44E+06:HC", Some(Reason::SpreadsheetDamage)),
            ("2,31E+13:HC", Some(Reason::SpreadsheetDamage)),
            ("01/03/2024:HC", Some(Reason::SpreadsheetDamage)),
            ("1-Dez", Some(Reason::SpreadsheetDamage)),
            ("10710", Some(Reason::DatasetMissing)),
            ("1435464_at", Some(Reason::DatasetMissing)),
            ("Pgk1", Some(Reason::GeneSymbol)),
            ("nonsense", Some(Reason::NotATrait)),
            ("a:b:c", Some(Reason::NotATrait)),
        ] {
            assert_eq!(malformed_reason(piece), reason, "{piece}");
        }
    }
}
