//! The collections that traits can be copied to.

use crate::hooks::CollectionRecord;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::text::collections::{IN_ACCOUNT, IN_BROWSER};
use crate::text::copy::NEW_TARGET;
use crate::text::format::short;
use crate::text::general::NO_NAME;
use shared::api::CollectionSummary;
use uuid::Uuid;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum CopyTarget {
    Browser(String),
    Account(Uuid),
    /// A collection that is created for the traits.
    New,
}

/// An option of the target field. Options are compared by their target, because other tabs may add
/// and delete collections while the dialog is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TargetOption {
    pub(super) target: CopyTarget,
    pub(super) name: AttrValue,
    location: Option<&'static str>,
}

impl TargetOption {
    pub(super) fn new_collection() -> Self {
        Self {
            target: CopyTarget::New,
            name: NEW_TARGET.into(),
            location: None,
        }
    }

    pub(super) fn label(&self) -> AttrValue {
        match self.location {
            Some(location) => format!("{} · {location}", self.name).into(),
            None => self.name.clone(),
        }
    }
}

/// Returns the option for a new collection first, then all collections except the source.
pub(super) fn target_options(
    account: Option<&[CollectionSummary]>,
    browser: &[CollectionRecord],
    source_id: &str,
) -> Vec<TargetOption> {
    let option = |row: CollectionRow| {
        let (target, id, location) = match row.location {
            CollectionLocation::Account(id) => {
                (CopyTarget::Account(id), id.to_string(), IN_ACCOUNT)
            }
            CollectionLocation::Browser { id, .. } => {
                (CopyTarget::Browser(id.clone()), id, IN_BROWSER)
            }
        };
        let name = match short(&row.name) {
            name if name.is_empty() => NO_NAME.into(),
            name => name.into(),
        };
        (id != source_id).then_some(TargetOption {
            target,
            name,
            location: Some(location),
        })
    };
    let account = account.unwrap_or_default().iter().map(CollectionRow::from);
    let browser = browser.iter().map(CollectionRow::from);
    std::iter::once(TargetOption::new_collection())
        .chain(account.chain(browser).filter_map(option))
        .collect()
}
