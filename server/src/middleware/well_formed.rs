//! Refuses requests that no browser and no correct client sends, before anything else reads them.

use crate::error::ApiError;
use crate::routes::request::not_found;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, Version, header};
use percent_encoding::percent_decode_str;
use shared::problem::Slug;

/// The longest name of a file on Linux, in bytes. The system reports an error for a longer one,
/// instead of not finding it.
const MAX_NAME: usize = 255;

/// The longest path of a file on Linux, in bytes, with some room for the folder of the page.
const MAX_PATH: usize = 3_072;

pub(super) async fn check(request: Request, next: Next) -> Response {
    if !has_one_host(request.version(), request.headers()) {
        let reason = "there must be exactly one, with the name of this server";
        return ApiError::request(Slug::MalformedRequest, "Host", reason).into_response();
    }
    if !can_exist(request.uri().path()) {
        return not_found().await.into_response();
    }
    next.run(request).await
}

/// HTTP/1.1 requires exactly one `Host`, and HTTP/1.0 allows it (RFC 9112, section 3.2).
fn has_one_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (first, second) = (hosts.next(), hosts.next());
    match (first, second) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => Authority::try_from(host.as_bytes()).is_ok(),
        (Some(_), Some(_)) => false,
    }
}

/// Whether a file or a page of this path can exist.
fn can_exist(path: &str) -> bool {
    let Ok(path) = percent_decode_str(path).decode_utf8() else {
        return false;
    };
    path.len() <= MAX_PATH
        && !path.contains(char::is_control)
        && path.split('/').all(|name| name.len() <= MAX_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(version: Version, hosts: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().expect("a value"));
        }
        has_one_host(version, &headers)
    }

    #[test]
    fn one_host_is_required() {
        assert!(hosts(Version::HTTP_11, &["example.org:8080"]));
        assert!(hosts(Version::HTTP_11, &["[::1]:80"]));
        assert!(hosts(Version::HTTP_10, &[]));
        for wrong in [
            &[][..],
            &["example.org", "example.org"],
            &["a", "b"],
            &[""],
            &["a b"],
            &["a/b"],
        ] {
            assert!(!hosts(Version::HTTP_11, wrong), "{wrong:?}");
        }
        assert!(!hosts(Version::HTTP_10, &["a", "a"]));
    }

    #[test]
    fn impossible_paths_are_recognised() {
        let longest = format!("/{}", "x".repeat(255));
        for path in ["/", "/collections/größe", "/a%20b", "", "*", &longest] {
            assert!(can_exist(path), "{path}");
        }
        let (long, deep) = (format!("{longest}x"), "/xx".repeat(1_025));
        let encoded = format!("/{}", "%C3%A9".repeat(128));
        for path in ["/%00", "/a%0Ab", "/%ff", &long, &deep, &encoded] {
            assert!(!can_exist(path), "{path}");
        }
    }
}
