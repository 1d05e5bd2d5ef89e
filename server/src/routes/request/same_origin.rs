//! Accepts only requests of this server's own page.
//!
//! Without this check a foreign page could sign a visitor in as another person, or out. The cookie
//! is `SameSite=Strict` too.

use crate::auth::MediationError;
use crate::error::ApiError;
use crate::state::AppState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};

/// A handler with this argument runs only for requests of this server's own page.
pub struct SameOrigin;

impl FromRequestParts<AppState> for SameOrigin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let own = state.config.http.public_url.origin().ascii_serialization();
        if is_own(&parts.headers, &own) {
            Ok(Self)
        } else {
            Err(MediationError::ForeignOrigin.into())
        }
    }
}

/// Browsers send `Sec-Fetch-Site`, and `Origin` with `POST`. At least one must be present, and all
/// must name this server's page.
fn is_own(headers: &HeaderMap, own: &str) -> bool {
    let all = |name: &str, expected: &str| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| value == expected)
    };
    let is_present = headers.contains_key(SEC_FETCH_SITE) || headers.contains_key(header::ORIGIN);
    is_present && all(SEC_FETCH_SITE, "same-origin") && all(header::ORIGIN.as_str(), own)
}

const SEC_FETCH_SITE: &str = "sec-fetch-site";

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderName;

    const OWN: &str = "https://collections.example.org";

    fn own(given: &[(&'static str, &str)]) -> bool {
        let headers: HeaderMap = given
            .iter()
            .map(|(name, value)| {
                let value = value.parse().expect("a value");
                (HeaderName::from_static(name), value)
            })
            .collect();
        is_own(&headers, OWN)
    }

    #[test]
    fn request_of_the_own_page_is_accepted() {
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", OWN)]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", OWN)]));
    }

    #[test]
    fn request_of_another_page_is_refused() {
        let foreign = "https://evil.example";
        for given in [
            &[][..],
            &[("sec-fetch-site", "cross-site"), ("origin", OWN)],
            &[("sec-fetch-site", "same-site"), ("origin", OWN)],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin"), ("origin", foreign)],
            &[("origin", foreign)],
            &[("origin", "null")],
            &[("origin", "http://collections.example.org")],
            &[("origin", "https://collections.example.org.evil.example")],
        ] {
            assert!(!own(given), "{given:?}");
        }
    }
}
