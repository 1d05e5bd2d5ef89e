//! Messages after several collections were deleted or restored at once.

use super::editing::edit_error;
use super::format::{collections, count};
use crate::hooks::EditError;

pub const DELETE: &str = "Delete";
pub const CONFIRM_BODY: &str = "You can undo this for 30 days.";

pub fn confirm_title(n: usize) -> String {
    format!("Delete {}?", collections(n as u64))
}

pub fn deleted_message(deleted: u64, failed: u64, error: Option<&EditError>) -> String {
    let were = |n| count(n, "collection was", "collections were");
    let mut sentences = Vec::new();
    if deleted > 0 {
        sentences.push(format!("{} deleted.", were(deleted)));
    }
    match error {
        None => {}
        Some(EditError::Conflict(_)) => sentences.push(format!(
            "{} not deleted, because some of them were changed or deleted elsewhere in the \
             meantime. The list shows them as they are now.",
            were(failed)
        )),
        Some(error) => {
            let are = if failed == 1 { "is" } else { "are" };
            sentences.push(format!(
                "{} not deleted, and {are} still selected. {}",
                were(failed),
                edit_error(error).one_line()
            ));
        }
    }
    sentences.join(" ")
}

pub fn restored_message(restored: u64, failed: u64, error: Option<&EditError>) -> String {
    let were = |n| count(n, "collection was", "collections were");
    let mut sentences = Vec::new();
    if restored > 0 {
        sentences.push(format!("{} restored.", were(restored)));
    }
    if failed > 0 {
        let they_are = if failed == 1 { "it is" } else { "they are" };
        sentences.push(format!(
            "{} not restored: {they_are} still under “Recently deleted”.",
            were(failed)
        ));
    }
    sentences.extend(error.map(|error| edit_error(error).one_line()));
    sentences.join(" ")
}
