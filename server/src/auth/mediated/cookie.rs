//! The cookie that keeps a session over a reload.
//!
//! The cookie is encrypted and authenticated (AES-256-GCM, by the `cookie` crate). Neither the
//! user's computer nor a proxy log holds a token, and nobody can forge one. The key is derived from
//! a configured secret, so all processes of a deployment can open the cookie; or it is random.

use super::session::{IssuedSession, MediatedSession, StoredTokens};
use crate::config::{Mediation, SessionLimits};
use axum::response::IntoResponse;
use axum_extra::extract::PrivateCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use http::{HeaderMap, HeaderValue, header};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::iter;
use time::Duration;
use url::Url;

/// Browsers drop longer cookies, name and value together, in bytes (RFC 6265bis, section 5.6).
const MAX_LENGTH: usize = 4096;

pub struct SessionCookie {
    key: Key,
    name: String,
    secure: bool,
    limits: SessionLimits,
}

impl SessionCookie {
    pub(super) fn new(mediation: &Mediation, client_id: &str, public_url: &Url) -> Self {
        let secure = public_url.scheme() == "https";
        // Browsers send cookies to every port of a host, so the name contains the port.
        let port = public_url.port().map(|port| format!("-{port}"));
        // Browsers take a cookie of this prefix only from this very host, so that no other host of
        // the domain can plant one (RFC 6265bis, section 4.1.3). It needs TLS, and `Path=/`.
        let prefix = if secure { "__Host-" } else { "" };
        let key = if let Some(secret) = &mediation.cookie_secret {
            derived_key(secret, client_id)
        } else {
            tracing::warn!(
                "GNC_COOKIE_SECRET is not set: the key of the session cookies is random, so a \
                 restart ends all sessions, and several processes cannot share them"
            );
            Key::generate()
        };
        Self {
            key,
            name: format!("{prefix}gnc-session{}", port.unwrap_or_default()),
            secure,
            limits: mediation.limits,
        }
    }

    /// Returns `None` for a cookie of another key and for a changed one, and if there are several:
    /// only one of them can be ours.
    pub fn open(&self, headers: &HeaderMap) -> Option<MediatedSession> {
        let only = HeaderMap::from_iter([(header::COOKIE, only_pair(headers, &self.name)?)]);
        let jar = PrivateCookieJar::from_headers(&only, self.key.clone());
        serde_json::from_str(jar.get(&self.name)?.value()).ok()
    }

    /// The headers that store a session. Without room for the access token, only the refresh token
    /// is stored. A session of which nothing fits into a cookie ends with the page.
    pub fn keep(&self, session: &IssuedSession, now: i64) -> PrivateCookieJar {
        let IssuedSession { grant, times } = session;
        let remaining = times.remaining(self.limits, now);
        // Without a refresh token, the session ends with its access token.
        let age = match grant.remaining(now) {
            Some(token) if grant.refresh_token.is_none() => token.min(remaining),
            _ => remaining,
        };
        let refresh_token = grant.refresh_token.clone();
        let stored_tokens = iter::once(StoredTokens::Grant(grant.clone()))
            .chain(refresh_token.map(StoredTokens::RefreshToken));
        for tokens in stored_tokens {
            let times = *times;
            let value = serde_json::to_string(&MediatedSession { tokens, times });
            let mut cookie = self.cookie(value.unwrap_or_default());
            cookie.set_max_age(Duration::seconds(i64::try_from(age).unwrap_or(i64::MAX)));
            let jar = PrivateCookieJar::new(self.key.clone()).add(cookie);
            if fits(&jar) {
                return jar;
            }
        }
        tracing::warn!("the token is too long for a cookie; the session ends with the page");
        self.end()
    }

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
            .path("/")
            .build()
    }
}

/// Returns the cookie of this name as the browser sent it. The name is compared before it is
/// decoded, because browsers let any host of the domain set a cookie of the name `%5F_Host-…`.
fn only_pair(headers: &HeaderMap, name: &str) -> Option<HeaderValue> {
    let mut pairs = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .map(str::trim)
        .filter(|pair| pair.split_once('=').is_some_and(|(given, _)| given == name));
    match (pairs.next(), pairs.next()) {
        (Some(pair), None) => HeaderValue::from_str(pair).ok(),
        _ => None,
    }
}

/// The secret has other uses, so the key is bound to this one.
fn derived_key(secret: &SecretString, client_id: &str) -> Key {
    let material = Sha256::new()
        .chain_update(b"gn-collections session cookie\0")
        .chain_update(client_id)
        .chain_update(b"\0")
        .chain_update(secret.expose_secret())
        .finalize();
    Key::derive_from(&material)
}

/// Whether browsers accept the cookie.
fn fits(jar: &PrivateCookieJar) -> bool {
    let response = jar.clone().into_response();
    let header = response.headers().get(header::SET_COOKIE);
    let pair = header.and_then(|value| value.as_bytes().split(|byte| *byte == b';').next());
    pair.is_none_or(|pair| pair.len() <= MAX_LENGTH)
}
