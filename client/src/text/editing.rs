//! Changing a collection that others may change as well.

use super::errors::{Words, api, storage};
use super::format::{count, short, traits};
use crate::api::ApiError;
use crate::hooks::{Difference, Edit, EditError};
use shared::problem::Slug;

/// Heading when a collection is not what was shown any more.
pub const CHANGED_TITLE: &str = "This collection was changed elsewhere in the meantime";
/// When neither name nor traits are others than before.
pub const CHANGED_OTHERWISE: &str = "Its name and its traits are what they were.";
/// Heading when a collection is no longer there.
pub const GONE_TITLE: &str = "This collection was deleted elsewhere in the meantime";
/// What that means.
pub const GONE_BODY: &str = "Below is how it was. What you wrote is still here. For 30 days the collection can be brought back: it is \
     under “Recently deleted” on the page of your collections.";
/// After a collection of the list was not deleted, because it had changed.
pub const DELETE_STALE: &str = "{name} was changed elsewhere in the meantime, so it was not deleted. The list shows how it is now. \
     Delete it again if you still want to.";
/// After a change that the browser would not store.
pub const WAITS: &str = "This is not saved yet: it is kept in this page only.";
/// Takes the message away and leaves the collection as it is.
pub const LEAVE_IT: &str = "Leave it as it is";

/// What others have changed, in sentences; the first may have `{name}` in it.
pub fn difference(difference: &Difference) -> Vec<String> {
    let Difference {
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
            "{} taken out.",
            count(*removed, "trait was", "traits were")
        ));
    }
    if sentences.is_empty() {
        sentences.push(CHANGED_OTHERWISE.to_owned());
    }
    sentences
}

/// What has not been done because of that.
pub fn not_done(edit: &Edit) -> &'static str {
    match edit {
        Edit::Rename(_) => "The name you wrote is not saved yet.",
        Edit::Add(_) => "The traits you wrote are not added yet; they are still below.",
        Edit::Remove(_) => "Nothing was removed by you yet.",
        Edit::GoBack(_) => "You have not gone back yet.",
        Edit::Delete => "It was not deleted.",
    }
}

/// Does it all the same, now that the user has seen the change of others.
pub fn do_it(edit: &Edit) -> String {
    match edit {
        Edit::Rename(name) => format!("Rename it to {}", short(name)),
        Edit::Add(members) => format!("Add my {}", traits(members.len() as u64)),
        Edit::Remove(members) => match members.as_slice() {
            [member] => format!("Remove {} all the same", short(member)),
            members => format!("Remove my {} all the same", traits(members.len() as u64)),
        },
        Edit::GoBack(_) => "Go back all the same".to_owned(),
        Edit::Delete => "Delete it all the same".to_owned(),
    }
}

/// Why a change was not made, what that means, and what to do next.
pub fn failure(error: &EditError) -> Words {
    match error {
        EditError::Storage(error) => storage(error),
        EditError::Stale(_) => Words::new(
            CHANGED_TITLE,
            "Nothing was overwritten. Please look at it and try again.",
        ),
        EditError::Gone => Words::new(
            "This collection is no longer there",
            "It was deleted elsewhere. Nothing else was changed.",
        ),
        EditError::Api(error) => refused(error),
    }
}

fn refused(error: &ApiError) -> Words {
    let slug = error.slug();
    match (error, slug) {
        (ApiError::Network | ApiError::Unexpected { .. }, _) => Words::new(
            "The server did not answer",
            "Nothing was lost. Please try again in a while: nothing is done twice.",
        ),
        (_, Some(Slug::StoreUnavailable | Slug::AuthServerUnavailable | Slug::RateLimited)) => {
            Words::new(
                api(error).title,
                "Nothing was lost. Please try again in a while.",
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
            Words::new("The server did not accept this", body)
        }
        (_, Some(Slug::PayloadTooLarge)) => Words::new(
            "This is too much at once",
            "Nothing was changed. Please do it in several smaller steps.",
        ),
        _ => api(error),
    }
}
