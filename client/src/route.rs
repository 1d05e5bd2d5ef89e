//! The addresses of the pages.

use uuid::Uuid;

/// One page of the app. What follows `?` or `#` never selects a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Everything the person has: `/`.
    Collections,
    /// One collection of the account: `/collections/{id}`.
    AccountCollection {
        /// Its id in the account.
        id: Uuid,
    },
    /// One collection of this browser: `/local/{id}`.
    LocalCollection {
        /// Its id in this browser.
        id: String,
    },
    /// Review of what the earlier accounts hold: `/migrate`.
    Migrate,
    /// Review of what was made in this browser: `/import`.
    Import,
    /// Review of what GN2 kept for this browser: `/import/session`.
    ImportSession,
    /// Past transfers: `/activity`.
    Activity,
    /// Where the sign-in server sends the browser back to: `/callback`.
    Callback,
    /// The second window in which a person signs in again while the first one stays as it is: `/sign-in`.
    SignIn,
    /// Any other address.
    NotFound,
}

impl Route {
    /// The page at this path; [`Route::NotFound`] where there is none.
    pub fn at(path: &str) -> Self {
        if matches!(path, "" | "/") {
            return Self::Collections;
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        match path.rsplit_once('/').unwrap_or((path, "")) {
            ("/collections", id) => match id.parse() {
                Ok(id) => Self::AccountCollection { id },
                Err(_) => Self::NotFound,
            },
            ("/local", id) => Self::LocalCollection { id: id.to_owned() },
            ("", "migrate") => Self::Migrate,
            ("", "import") => Self::Import,
            ("/import", "session") => Self::ImportSession,
            ("", "activity") => Self::Activity,
            ("", "callback") => Self::Callback,
            ("", "sign-in") => Self::SignIn,
            _ => Self::NotFound,
        }
    }

    /// The path of the page.
    pub fn to_path(&self) -> String {
        match self {
            Self::Collections => "/".to_owned(),
            Self::AccountCollection { id } => format!("/collections/{id}"),
            Self::LocalCollection { id } => format!("/local/{id}"),
            Self::Migrate => "/migrate".to_owned(),
            Self::Import => "/import".to_owned(),
            Self::ImportSession => "/import/session".to_owned(),
            Self::Activity => "/activity".to_owned(),
            Self::Callback => "/callback".to_owned(),
            Self::SignIn => "/sign-in".to_owned(),
            Self::NotFound => "/404".to_owned(),
        }
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
    fn other_addresses_lead_nowhere() {
        for path in [
            "/404",
            "/nothing",
            "/local/a/b",
            "/collections/no-uuid",
            "/activity/1",
            "//",
            "migrate",
        ] {
            assert_eq!(Route::at(path), Route::NotFound, "{path}");
        }
    }
}
