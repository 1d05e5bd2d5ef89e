//! Files: reading them, making them, and what may be wrong with them.

use super::format::count;
use shared::formats::Refused;

/// Label of the choice of files beside the field for traits.
pub const OR_FILES: &str = "Or choose files, or drop them here";
/// Name of a text that was too long for the field.
pub const PASTED: &str = "Pasted text";
/// Before the name of what is being read.
pub const READING: &str = "Reading";
/// When a file could not be read because part of this page could not be loaded.
pub const FAILED: &str = "This could not be read now, because a part of this page could not be loaded. Nothing is lost: check your connection and try again.";
/// Reads it again.
pub const RETRY: &str = "Try again";
/// Takes away what was pasted and the files.
pub const CLEAR: &str = "Take these away";

/// Why nothing of a file can be read.
pub fn refused(refused: Refused) -> &'static str {
    match refused {
        Refused::TooLarge => "This file is larger than 16 MiB. Please split it.",
        Refused::TooManyCollections => {
            "This file holds more than 10,000 collections. Please split it."
        }
        Refused::NotText => {
            "This is not a text file in UTF-8. Please save it as CSV or text in UTF-8 and try again."
        }
        Refused::NotCollections => "This file is not JSON with collections in it.",
    }
}

/// About the signatures in the files of GN2.
pub fn signed(n: usize) -> String {
    let signatures = count(n as u64, "signature", "signatures");
    let were = if n == 1 { "was" } else { "were" };
    format!("{signatures} of GeneNetwork 2 {were} taken off; they are no part of a trait.")
}
