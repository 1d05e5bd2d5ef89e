//! The addresses of the pages.

use uuid::Uuid;
use yew_router::Routable;

/// A page of the app. Query and fragment of an address never select a page.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub enum Route {
    /// The collections of the account and of this browser.
    #[at("/")]
    Collections,
    #[at("/collections/:id")]
    AccountCollection { id: Uuid },
    #[at("/local/:id")]
    LocalCollection { id: String },
    /// The review of the collections of legacy accounts.
    #[at("/migrate")]
    Migrate,
    /// The review of the collections of this browser.
    #[at("/import")]
    Import,
    /// The review of the collections of GN2's anonymous session.
    #[at("/import/session")]
    ImportSession,
    /// The page for traits that another page has submitted, as GN2 does.
    #[at("/add")]
    Add,
    /// The receipts of past transfers.
    #[at("/activity")]
    Activity,
    /// The page to which the sign-in server sends the browser back.
    #[at("/callback")]
    Callback,
    /// The page of the second window, in which a person signs in again after the session expired.
    #[at("/sign-in")]
    SignIn,
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Returns the page at a path, or [`Route::NotFound`].
    pub fn at(path: &str) -> Self {
        Self::recognize(path).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_address() {
        let id = Uuid::from_u128(7);
        for page in [
            Route::Collections,
            Route::AccountCollection { id },
            Route::LocalCollection { id: "8f1c".into() },
            Route::Migrate,
            Route::Import,
            Route::ImportSession,
            Route::Add,
            Route::Activity,
            Route::Callback,
            Route::SignIn,
        ] {
            let path = page.to_path();
            assert_eq!(Route::at(&path), page, "{path}");
            if page != Route::Collections {
                let with_slash = format!("{path}/");
                assert_eq!(Route::at(&with_slash), page, "{with_slash}");
            }
        }
    }

    #[test]
    fn other_addresses_are_not_found() {
        for path in [
            "/404",
            "/nothing",
            "/local/a/b",
            "/local/%FF",
            "/collections/no-uuid",
            "/activity/1",
            "///",
        ] {
            assert_eq!(Route::at(path), Route::NotFound, "{path}");
        }
    }
}
