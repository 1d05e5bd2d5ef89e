//! The collections that traits can be copied to.

use crate::components::collection_list::row::{Place, Row};
use crate::hooks::LocalEntry;
use crate::text::collections::{IN_ACCOUNT, IN_BROWSER};
use crate::text::copying::NEW;
use crate::text::format::short;
use crate::text::general::NO_NAME;
use shared::api::CollectionSummary;
use uuid::Uuid;
use yew::prelude::*;

/// Where traits are copied to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// A collection of this browser, by its id.
    Browser(String),
    /// A collection of the account.
    Account(Uuid),
    /// A collection that is yet to be made.
    New,
}

/// A target as the user can choose it. It is told from others by its target: other tabs add and delete collections meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// Where.
    pub(super) target: Target,
    /// Its name, short.
    pub(super) name: AttrValue,
    /// Where it is kept.
    kept: Option<&'static str>,
}

impl Choice {
    /// A new one.
    pub(super) fn new_one() -> Self {
        Self {
            target: Target::New,
            name: NEW.into(),
            kept: None,
        }
    }

    /// What stands for it in the field; never empty.
    pub(super) fn value(&self) -> String {
        match &self.target {
            Target::Browser(id) => ["browser:", id].concat(),
            Target::Account(id) => id.to_string(),
            Target::New => "new".to_owned(),
        }
    }

    /// Its option of the field.
    pub(super) fn option(&self) -> Html {
        html! {
            <option key={self.value()} value={self.value()}>
                { &self.name }
                if let Some(kept) = self.kept { { " · " }{ kept } }
            </option>
        }
    }
}

/// A new one first, then all but the one that the traits are in.
pub(super) fn choices(
    account: Option<&[CollectionSummary]>,
    browser: &[LocalEntry],
    from: &str,
) -> Vec<Choice> {
    let of = |row: Row| {
        let (target, id, kept) = match row.place {
            Place::Account(id) => (Target::Account(id), id.to_string(), IN_ACCOUNT),
            Place::Browser { id, .. } => (Target::Browser(id.clone()), id, IN_BROWSER),
        };
        let name = match short(&row.name) {
            name if name.is_empty() => NO_NAME.into(),
            name => name.into(),
        };
        let kept = Some(kept);
        (id != from).then_some(Choice { target, name, kept })
    };
    let of_account = account.unwrap_or_default().iter().map(Row::from);
    let of_browser = browser.iter().map(Row::from);
    let mut choices = vec![Choice::new_one()];
    choices.extend(of_account.chain(of_browser).filter_map(of));
    choices
}
