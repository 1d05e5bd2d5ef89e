//! The cookie that keeps a session over a reload.
//!
//! It is encrypted and authenticated (AES-256-GCM, by the `cookie` crate), so that neither the machine
//! it lies on nor a proxy's log holds a token, and so that nobody can plant one. Its key is derived from
//! a configured secret: every process of a deployment opens what another one sealed.

use super::Grant;
use crate::service::clock::now;
use axum::response::IntoResponse;
use axum_extra::extract::PrivateCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use http::{HeaderMap, header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Duration;
use url::Url;

/// The only paths that the browser sends the cookie to.
const PATH: &str = "/api/v1/oauth2";

/// How long a session with a refresh token is kept that nobody uses; each use begins it anew.
const UNUSED: Duration = Duration::days(14);

/// Browsers drop a cookie whose name and value are longer, in bytes (RFC 6265bis, section 5.6).
const MAX_LENGTH: usize = 4096;

/// What is kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Session {
    /// The auth server issues refresh tokens.
    Renewable {
        /// Good for the next access token.
        refresh_token: String,
    },
    /// It does not (gn-auth): the access token itself.
    Kept(Grant),
}

/// Seals, opens and ends sessions.
pub struct SessionCookie {
    key: Key,
    name: String,
    secure: bool,
}

impl SessionCookie {
    /// The cookie of this client under this URL.
    pub(super) fn new(secret: &SecretString, client_id: &str, public_url: &Url) -> Self {
        let secure = public_url.scheme() == "https";
        // Browsers send cookies to every port of a host: the name keeps deployments apart.
        let port = public_url.port().map(|port| format!("-{port}"));
        let prefix = if secure { "__Secure-" } else { "" };
        // The secret has other uses: what is hashed into the key is for this one only.
        let material = Sha256::new()
            .chain_update(b"gn-collections session cookie\0")
            .chain_update(client_id)
            .chain_update(b"\0")
            .chain_update(secret.expose_secret())
            .finalize();
        Self {
            key: Key::derive_from(&material),
            name: format!("{prefix}gnc-session{}", port.unwrap_or_default()),
            secure,
        }
    }

    /// The session that a request brings. A cookie of another key, or a changed one, is none.
    pub fn open(&self, headers: &HeaderMap) -> Option<Session> {
        let jar = PrivateCookieJar::from_headers(headers, self.key.clone());
        serde_json::from_str(jar.get(&self.name)?.value()).ok()
    }

    /// The headers that keep what was granted. A token that is too long for a cookie is not kept: the
    /// session then ends with the page.
    pub fn keep(&self, grant: &Grant) -> PrivateCookieJar {
        let (session, age) = if let Some(refresh_token) = grant.refresh_token.clone() {
            (Session::Renewable { refresh_token }, UNUSED)
        } else {
            let left = grant.kept_for(now().unix());
            let left = Duration::seconds(i64::try_from(left).unwrap_or(i64::MAX));
            (Session::Kept(grant.clone()), left)
        };
        // Texts and numbers always serialise.
        let value = serde_json::to_string(&session).unwrap_or_default();
        let mut cookie = self.cookie(value);
        cookie.set_max_age(age);
        let jar = PrivateCookieJar::new(self.key.clone()).add(cookie);
        if fits(&jar) {
            jar
        } else {
            tracing::warn!("a token is too long for a cookie: the session will end with the page");
            self.end()
        }
    }

    /// The headers that end a session in the browser.
    pub fn end(&self) -> PrivateCookieJar {
        let mut cookie = self.cookie(String::new());
        cookie.make_removal();
        PrivateCookieJar::new(self.key.clone()).add(cookie)
    }

    fn cookie(&self, value: String) -> Cookie<'static> {
        Cookie::build((self.name.clone(), value))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .path(PATH)
            .build()
    }
}

/// Whether a browser takes the cookie that is set here.
fn fits(jar: &PrivateCookieJar) -> bool {
    let response = jar.clone().into_response();
    let header = response.headers().get(header::SET_COOKIE);
    let pair = header.and_then(|value| value.as_bytes().split(|byte| *byte == b';').next());
    pair.is_none_or(|pair| pair.len() <= MAX_LENGTH)
}
