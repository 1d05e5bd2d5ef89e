//! The number of changes that this page made to the account.

use yew::prelude::*;

/// Counts the changes to the account. Data of the account is fetched again when the number rises.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Revision {
    pub(crate) number: u32,
    pub(crate) raise: Callback<()>,
}

#[hook]
pub(crate) fn use_revision() -> Revision {
    use_context().expect("Revision comes from Providers")
}
