//! An auth server that signs tokens, publishes its keys, introspects tokens and counts requests.

use super::data::Person;
use super::local_server::{listen, serve};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use http::StatusCode;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::task::JoinSet;

pub(crate) struct Signer {
    /// Base URL and issuer.
    pub(crate) url: String,
    shared: Shared,
    _server: JoinSet<()>,
}

/// The length in bytes of three headers, version and algorithm, which PKCS#8 puts before the PKCS#1
/// encoding of a 2048-bit RSA key.
const PKCS8_PREFIX: usize = 26;

pub(crate) struct SigningKey {
    pub(crate) id: String,
    pub(crate) key: EncodingKey,
}

#[derive(Clone, Default)]
struct Shared {
    key_document: Arc<Mutex<Value>>,
    key_fetches: Arc<AtomicUsize>,
    /// Introspection responses by token.
    introspection_responses: Arc<Mutex<HashMap<String, Value>>>,
    introspections: Arc<AtomicUsize>,
}

impl SigningKey {
    pub(crate) fn generate(id: &str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("encoded");
        Self {
            id: id.to_owned(),
            key: EncodingKey::from_rsa_der(&der.as_ref()[PKCS8_PREFIX..]),
        }
    }

    /// The public key.
    pub(crate) fn public(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, Algorithm::RS256).expect("a key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = self.id.clone().into();
        jwk["use"] = "sig".into();
        jwk
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_as("at+jwt", claims)
    }

    /// Signs a token of another type.
    pub(crate) fn sign_as(&self, kind: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.id.clone());
        header.typ = Some(kind.to_owned());
        encode(&header, claims, &self.key).expect("signed")
    }
}

impl Signer {
    pub(crate) async fn start(key: &SigningKey) -> Self {
        let shared = Shared::default();
        let app = Router::new()
            .route("/jwks", get(keys))
            .route("/introspect", post(introspect))
            .fallback(async || Html("<!doctype html><title>Nothing here</title>"))
            .with_state(shared.clone());
        let (listener, url) = listen().await;
        let server = serve(listener, app);
        let signer = Self {
            url,
            shared,
            _server: server,
        };
        signer.publish(&[key.public()]);
        signer
    }

    pub(crate) fn publish(&self, keys: &[Value]) {
        self.publish_document(json!({ "keys": keys }));
    }

    /// Publishes this in place of a key set.
    pub(crate) fn publish_document(&self, document: Value) {
        *self.shared.key_document.lock().expect("not poisoned") = document;
    }

    pub(crate) fn key_fetches(&self) -> usize {
        self.shared.key_fetches.load(Ordering::SeqCst)
    }

    pub(crate) fn introspections(&self) -> usize {
        self.shared.introspections.load(Ordering::SeqCst)
    }

    /// Sets the introspection response for this token.
    pub(crate) fn set_introspection(&self, token: &str, response: Value) {
        let mut known = self
            .shared
            .introspection_responses
            .lock()
            .expect("not poisoned");
        known.insert(token.to_owned(), response);
    }

    /// Valid claims without a profile.
    pub(crate) fn claims(&self, person: &Person) -> Value {
        json!({
            "iss": self.url, "aud": "gn-collections-spa", "sub": person.user_id, "scope": "openid profile email",
            "exp": unix_now() + 600, "iat": unix_now(),
        })
    }

    /// Valid claims with a profile.
    pub(crate) fn claims_with_profile(&self, person: &Person) -> Value {
        let mut claims = self.claims(person);
        claims["email"] = person.email.clone().into();
        claims["email_verified"] = person.email_verified.into();
        claims["name"] = person.name.clone().into();
        claims
    }

    /// The flags of a server with this validation method.
    pub(crate) fn flags(&self, method: &str) -> Vec<String> {
        let url = &self.url;
        vec![
            format!("--oauth-issuer={url}"),
            format!("--oauth-jwks-url={url}/jwks"),
            format!("--oauth-introspect-url={url}/introspect"),
            format!("--token-validation={method}"),
        ]
    }
}

/// Seconds of Unix time.
pub(crate) fn unix_now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    i64::try_from(since.as_secs()).expect("not so far")
}

async fn keys(State(shared): State<Shared>) -> Json<Value> {
    shared.key_fetches.fetch_add(1, Ordering::SeqCst);
    Json(shared.key_document.lock().expect("not poisoned").clone())
}

/// Accepts public clients by their id.
async fn introspect(
    State(shared): State<Shared>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    shared.introspections.fetch_add(1, Ordering::SeqCst);
    if form.get("client_id").map(String::as_str) != Some("gn-collections-spa") {
        let refusal = Json(json!({"error": "invalid_client"}));
        return (StatusCode::UNAUTHORIZED, refusal).into_response();
    }
    let known = shared.introspection_responses.lock().expect("not poisoned");
    let response = form
        .get("token")
        .and_then(|token| known.get(token))
        .cloned();
    Json(response.unwrap_or(json!({"active": false}))).into_response()
}
