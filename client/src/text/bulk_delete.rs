//! Messages after several collections were deleted or restored at once.

use super::editing::edit_error;
use super::format::count;
use crate::hooks::EditError;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkDeleteResult {
    pub deleted: u64,
    /// Not deleted, because they were changed elsewhere.
    pub changed: u64,
    /// Already deleted elsewhere.
    pub missing: u64,
    pub failed: u64,
}

pub fn deleted_message(result: BulkDeleteResult, error: Option<&EditError>) -> String {
    let BulkDeleteResult {
        deleted,
        changed,
        missing,
        failed,
    } = result;
    let were = |n| count(n, "collection was", "collections were");
    let mut sentences = Vec::new();
    if deleted > 0 {
        sentences.push(format!("{} deleted.", were(deleted)));
    }
    if changed > 0 {
        sentences.push(format!(
            "{} changed elsewhere in the meantime and stayed; the list shows how it is now.",
            were(changed)
        ));
    }
    if missing > 0 {
        sentences.push(format!("{} deleted elsewhere already.", were(missing)));
    }
    if let Some(error) = error {
        let are = if failed == 1 { "is" } else { "are" };
        sentences.push(format!(
            "{} not deleted, and {are} still selected. {}",
            were(failed),
            edit_error(error).one_line()
        ));
    }
    sentences.join(" ")
}

pub fn restored_message(restored: u64, failed: u64, error: Option<&EditError>) -> String {
    let were = |n| count(n, "collection was", "collections were");
    let mut sentences = vec![format!("{} restored.", were(restored))];
    if failed > 0 {
        let they_are = if failed == 1 { "it is" } else { "they are" };
        sentences.push(format!(
            "{} not: {they_are} still under “Recently deleted”.",
            were(failed)
        ));
    }
    sentences.extend(error.map(|error| edit_error(error).one_line()));
    sentences.join(" ")
}
