//! Edits of a collection that other tabs, devices or people may change as well.

use super::errors::{NoticeText, api_error, storage_error};
use super::format::{count, short, traits};
use crate::api::ApiError;
use crate::hooks::{CollectionDiff, CollectionEdit, EditError};
use shared::problem::Slug;

pub const CHANGED_TITLE: &str = "This collection was changed elsewhere in the meantime";
pub const NO_VISIBLE_CHANGE: &str = "Its name and traits are the same as before.";
pub const DELETED_ELSEWHERE_TITLE: &str = "This collection was deleted elsewhere in the meantime";
pub const DELETED_ELSEWHERE_BODY: &str = "Its last version is shown below, with everything you entered. You can restore the collection for 30 days: it is under “Recently deleted” on the collections page.";
pub const DELETE_STALE: &str = "{name} was changed elsewhere in the meantime, so it was not deleted. The list shows the current version. Delete it again if you still want to.";
pub const NOT_STORED_YET: &str = "Not saved yet: this change is in this page only.";
pub const KEEP_OTHER_CHANGE: &str = "Leave it as it is";

pub fn describe_difference(difference: &CollectionDiff) -> Vec<String> {
    let CollectionDiff {
        renamed,
        added,
        removed,
    } = difference;
    let mut sentences = Vec::new();
    if renamed.is_some() {
        sentences.push("It is now called {name}.".to_owned());
    }
    if *added > 0 {
        sentences.push(format!(
            "{} added.",
            count(*added, "trait was", "traits were")
        ));
    }
    if *removed > 0 {
        sentences.push(format!(
            "{} removed.",
            count(*removed, "trait was", "traits were")
        ));
    }
    if sentences.is_empty() {
        sentences.push(NO_VISIBLE_CHANGE.to_owned());
    }
    sentences
}

pub fn unsaved_edit(edit: &CollectionEdit) -> &'static str {
    match edit {
        CollectionEdit::Rename(_) => "Your new name is not saved yet.",
        CollectionEdit::Add(_) => "Your traits are not added yet; they are still below.",
        CollectionEdit::Remove(_) => "Your removal is not saved yet.",
        CollectionEdit::GoBack(_) => "The version was not restored yet.",
        CollectionEdit::Delete => "It was not deleted.",
    }
}

pub fn overwrite_button(edit: &CollectionEdit) -> String {
    match edit {
        CollectionEdit::Rename(name) => format!("Rename it to {}", short(name)),
        CollectionEdit::Add(members) => format!("Add my {}", traits(members.len() as u64)),
        CollectionEdit::Remove(members) => match members.as_slice() {
            [member] => format!("Remove {} anyway", short(member)),
            members => format!("Remove my {} anyway", traits(members.len() as u64)),
        },
        CollectionEdit::GoBack(_) => "Restore it anyway".to_owned(),
        CollectionEdit::Delete => "Delete it anyway".to_owned(),
    }
}

pub fn edit_error(error: &EditError) -> NoticeText {
    match error {
        EditError::Storage(error) => storage_error(error),
        EditError::Conflict(_) => NoticeText::new(
            CHANGED_TITLE,
            "Nothing was overwritten. Please check the collection and try again.",
        ),
        EditError::Gone => NoticeText::new(
            "This collection no longer exists",
            "It was deleted elsewhere. Nothing else was changed.",
        ),
        EditError::BlankName => NoticeText::new(
            "A name is needed",
            "The change was not saved. Please give the collection a name.",
        ),
        EditError::Api(error) => api_edit_error(error),
    }
}

fn api_edit_error(error: &ApiError) -> NoticeText {
    let slug = error.slug();
    match (error, slug) {
        (ApiError::Network | ApiError::Unexpected { .. }, _) => NoticeText::new(
            "The server did not answer",
            "Nothing was lost. Try again; repeating is safe.",
        ),
        (_, Some(Slug::StoreUnavailable | Slug::AuthServerUnavailable | Slug::RateLimited)) => {
            NoticeText::new(
                api_error(error).title,
                "Nothing was lost. Please try again later.",
            )
        }
        (ApiError::Problem(problem), Some(Slug::InvalidRequest | Slug::MalformedRequest)) => {
            let reasons: Vec<&str> = problem
                .errors
                .iter()
                .map(|error| error.reason.as_str())
                .collect();
            let body = match reasons.as_slice() {
                [] => problem.detail.clone(),
                reasons => reasons.join(". "),
            };
            NoticeText::new("The server did not accept this", body)
        }
        (_, Some(Slug::PayloadTooLarge)) => NoticeText::new(
            "This is too much at once",
            "Nothing was changed. Please split it into smaller steps.",
        ),
        _ => api_error(error),
    }
}
