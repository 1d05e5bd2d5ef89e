//! Where the page goes after a sign-in: one of our own routes.

use crate::route::Route;
use serde::{Deserialize, Serialize};

/// A path of ours. Anything else, such as another site's address, becomes the first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Takes a path if it leads to a page that can be returned to, else the first page.
    pub fn checked(path: &str) -> Self {
        // Browsers read `//host` and `/\host` as another site, and drop tabs and line ends while they
        // look; a path of ours needs neither of these characters.
        let is_local = path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
        let is_ours = || !matches!(Route::at(path), Route::NotFound | Route::Callback);
        Self(if is_local && is_ours() { path } else { "/" }.to_owned())
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
    fn keeps_our_own_paths() {
        for path in ["/", "/migrate", "/import", "/activity", "/local/8f1c"] {
            assert_eq!(ReturnPath::checked(path).as_str(), path);
        }
    }

    #[test]
    fn never_leads_away_or_in_circles() {
        for path in [
            "",
            "https://evil.example/",
            "//evil.example/migrate",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "/callback",
            "/no-such-page",
            "migrate",
        ] {
            assert_eq!(ReturnPath::checked(path).as_str(), "/", "{path}");
        }
    }
}
