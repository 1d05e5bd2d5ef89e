//! GN2's signatures of traits, which its files and forms have.

use super::report::Report;

/// The length of a signature, in hex digits.
const SIGNATURE: usize = 20;

/// Returns a member without GN2's signature.
pub(super) fn remove_signature<'a>(piece: &'a str, report: &mut Report) -> &'a str {
    let Some((member, signature)) = piece.rsplit_once(':') else {
        return piece;
    };
    let is_signature = signature.len() == SIGNATURE
        && signature
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_signature && member.contains(':') {
        report.signed += 1;
        member
    } else {
        piece
    }
}
