//! An auth server that signs tokens, publishes its keys, and can be asked what a token is worth. It counts
//! what it is asked.

use super::data::Person;
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
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running signer.
pub(crate) struct Signer {
    /// Its base URL, which is its issuer.
    pub(crate) url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

/// What PKCS#8 puts before the PKCS#1 encoding of a 2048-bit RSA key, in bytes: three headers, the version
/// and the algorithm.
const PKCS8_PREFIX: usize = 26;

/// A key pair and its id.
pub(crate) struct SigningKey {
    pub(crate) id: String,
    pub(crate) key: EncodingKey,
}

#[derive(Clone, Default)]
struct Shared {
    keys: Arc<Mutex<Vec<Value>>>,
    key_fetches: Arc<AtomicUsize>,
    /// What introspection answers, by token.
    worth: Arc<Mutex<HashMap<String, Value>>>,
    introspections: Arc<AtomicUsize>,
}

impl SigningKey {
    /// A fresh RSA key.
    pub(crate) fn generate(id: &str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("encoded");
        Self {
            id: id.to_owned(),
            key: EncodingKey::from_rsa_der(&der.as_ref()[PKCS8_PREFIX..]),
        }
    }

    /// Its public half.
    pub(crate) fn public(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, Algorithm::RS256).expect("a key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = self.id.clone().into();
        jwk["use"] = "sig".into();
        jwk
    }

    /// A token with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.id.clone());
        header.typ = Some("at+jwt".to_owned());
        encode(&header, claims, &self.key).expect("signed")
    }
}

impl Signer {
    /// Starts one that publishes the key.
    pub(crate) async fn start(key: &SigningKey) -> Self {
        let shared = Shared::default();
        let app = Router::new()
            .route("/jwks", get(keys))
            .route("/introspect", post(introspect))
            .fallback(async || Html("<!doctype html><title>Nothing here</title>"))
            .with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        let signer = Self { url, shared, task };
        signer.publishes(&[key.public()]);
        signer
    }

    /// Its key set from now on.
    pub(crate) fn publishes(&self, keys: &[Value]) {
        *self.shared.keys.lock().expect("not poisoned") = keys.to_vec();
    }

    /// How often its keys were fetched.
    pub(crate) fn key_fetches(&self) -> usize {
        self.shared.key_fetches.load(Ordering::SeqCst)
    }

    /// How often it was asked about a token.
    pub(crate) fn introspections(&self) -> usize {
        self.shared.introspections.load(Ordering::SeqCst)
    }

    /// Answers this from now on when asked about this token.
    pub(crate) fn knows(&self, token: &str, worth: Value) {
        let mut known = self.shared.worth.lock().expect("not poisoned");
        known.insert(token.to_owned(), worth);
    }

    /// Sound claims about a person, for a token without a profile.
    pub(crate) fn claims(&self, person: &Person) -> Value {
        json!({
            "iss": self.url, "aud": "gn-collections-spa", "sub": person.user_id, "scope": "openid profile email",
            "exp": unix_now() + 600, "iat": unix_now(),
        })
    }

    /// Sound claims with the profile in them.
    pub(crate) fn whole_claims(&self, person: &Person) -> Value {
        let mut claims = self.claims(person);
        claims["email"] = person.email.clone().into();
        claims["email_verified"] = person.email_verified.into();
        claims["name"] = person.name.clone().into();
        claims
    }

    /// The flags of a server that checks its tokens in this way.
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

impl Drop for Signer {
    fn drop(&mut self) {
        self.task.abort();
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
    Json(json!({ "keys": *shared.keys.lock().expect("not poisoned") }))
}

/// Takes public clients, by their id.
async fn introspect(
    State(shared): State<Shared>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    shared.introspections.fetch_add(1, Ordering::SeqCst);
    if form.get("client_id").map(String::as_str) != Some("gn-collections-spa") {
        let refusal = Json(json!({"error": "invalid_client"}));
        return (StatusCode::UNAUTHORIZED, refusal).into_response();
    }
    let known = shared.worth.lock().expect("not poisoned");
    let worth = form
        .get("token")
        .and_then(|token| known.get(token))
        .cloned();
    Json(worth.unwrap_or(json!({"active": false}))).into_response()
}
