//! What a collection was before its last changes.

use super::format::{count, date_time, traits};
use shared::api::PastChange;

/// Opens the list of changes.
pub const HISTORY: &str = "History";
/// What is there.
pub const LEAD: &str =
    "The last 20 changes. Going back is a change as well: it can be taken back here.";
/// When there are none.
pub const EMPTY: &str =
    "Nothing has been changed since this collection was made, or since changes are noted.";
/// Makes the collection what it was before a change.
pub const GO_BACK: &str = "Go back";
/// After that.
pub const WENT_BACK: &str = "It is what it was. What was there before is in the history.";

/// What a change was; may have `{name}` in it, which stands for the name before.
pub fn what(change: &PastChange) -> String {
    let mut said = Vec::new();
    if change.renamed {
        said.push("renamed from {name}".to_owned());
    }
    if change.added > 0 {
        said.push(format!("{} added", traits(change.added)));
    }
    if change.removed > 0 {
        said.push(count(change.removed, "trait taken out", "traits taken out"));
    }
    let said = match said.as_slice() {
        [] => "traits in another order".to_owned(),
        said => said.join(", "),
    };
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// When it was, and what the collection was before.
pub fn when(change: &PastChange) -> String {
    let elsewhere = if change.elsewhere {
        " · by another program or a transfer"
    } else {
        ""
    };
    let at = date_time(change.at);
    format!("{at}{elsewhere} · {} before", traits(change.num_members))
}

/// Label of the button that goes back over one of several changes.
pub fn go_back_label(change: &PastChange) -> String {
    let at = date_time(change.at);
    format!("Go back to before change {} of {at}", change.number)
}
