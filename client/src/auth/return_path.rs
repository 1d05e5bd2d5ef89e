//! The page to return to after a sign-in.

use super::response_parameters::without_response;
use crate::route::Route;
use serde::{Deserialize, Serialize};

/// The path of one of our own pages, perhaps with a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Accepts the path of a page to which people can return, with its query. Any other text
    /// becomes `/`. Parameters of an authorization response are removed.
    pub fn checked(address: &str) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_at(address.find('?').unwrap_or(address.len()));
        // Browsers read `//host` and `/\host` as another site, and ignore tabs and line ends. Our
        // own addresses need none of these characters.
        let is_local = path.starts_with('/')
            && !path.starts_with("//")
            && !address.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
        let is_page = || !matches!(Route::at(path), Route::NotFound | Route::Callback);
        if is_local && is_page() {
            Self([path, &without_response(query)].concat())
        } else {
            Self::default()
        }
    }

    /// The path, starting with one slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ReturnPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl From<String> for ReturnPath {
    fn from(path: String) -> Self {
        Self::checked(&path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_our_pages_are_accepted() {
        for path in [
            "/",
            "/migrate",
            "/import",
            "/add",
            "/activity",
            "/local/8f1c",
        ] {
            assert_eq!(ReturnPath::checked(path).as_str(), path);
        }
    }

    #[test]
    fn queries_are_kept_without_the_parameters_of_a_response() {
        for (address, expected) in [
            ("/migrate?flag=x", "/migrate?flag=x"),
            ("/?a=%2F%2Fevil.example&b", "/?a=%2F%2Fevil.example&b"),
            ("/migrate?code=c&flag=x&state=s#end", "/migrate?flag=x"),
            ("/activity?user_id=u", "/activity"),
        ] {
            assert_eq!(ReturnPath::checked(address).as_str(), expected);
        }
    }

    #[test]
    fn other_sites_and_the_callback_page_are_refused() {
        for path in [
            "",
            "https://evil.example/",
            "//evil.example/migrate",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "/callback",
            "/callback?flag=x",
            "/no-such-page",
            "/no-such-page?flag=x",
            "?flag=x",
            "/?next=\\evil",
            "migrate",
        ] {
            assert_eq!(ReturnPath::checked(path).as_str(), "/", "{path}");
        }
    }
}
