//! The addresses of the pages.

use uuid::Uuid;
use yew_router::Routable;

/// One page of the app. What follows `?` or `#` never selects a page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub enum Route {
    /// Everything the person has.
    #[at("/")]
    Collections,
    /// One collection of the account.
    #[at("/collections/:id")]
    AccountCollection {
        /// Its id in the account.
        id: Uuid,
    },
    /// One collection of this browser.
    #[at("/local/:id")]
    LocalCollection {
        /// Its id in this browser.
        id: String,
    },
    /// Review of what the earlier accounts hold.
    #[at("/migrate")]
    Migrate,
    /// Review of what was made in this browser.
    #[at("/import")]
    Import,
    /// Past transfers.
    #[at("/activity")]
    Activity,
    /// Where the sign-in server sends the browser back to.
    #[at("/callback")]
    Callback,
    /// Any other address.
    #[not_found]
    #[at("/404")]
    NotFound,
}
