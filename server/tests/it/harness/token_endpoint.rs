//! A token endpoint, with revocation and perhaps a discovery document, of a server for confidential
//! clients. It remembers what it was asked.

use super::data::Person;
use super::user_endpoint::token;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const CLIENT_ID: &str = "gn-collections";
pub(crate) const CLIENT_SECRET: &str = "client-secret-of-more-than-thirty-two-characters";

/// How a client proves itself.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Proof {
    /// `client_secret_post`, as at gn-auth.
    #[default]
    Post,
    /// `client_secret_basic`.
    Basic,
    /// Not at all: it is a public client, and pages may ask.
    Nothing,
}

/// How a server presents itself.
#[derive(Clone, Copy, Default)]
pub(crate) struct Manner {
    /// How its client proves itself.
    pub(crate) client: Proof,
    /// It issues refresh tokens, each good once.
    pub(crate) refresh: bool,
    /// It has a discovery document and revocation; else every other address is a page with status 200.
    pub(crate) metadata: bool,
}

/// A form that arrived: the path, and its fields.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: &'static str,
    pub(crate) form: HashMap<String, String>,
}

/// A running token endpoint.
pub(crate) struct TokenEndpoint {
    /// Its base URL, which is its issuer.
    pub(crate) url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Shared {
    url: String,
    manner: Manner,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// What buys a token, and whose: codes and refresh tokens, each good once.
    good: Arc<Mutex<HashMap<String, String>>>,
    /// Answers instead of all others.
    instead: Arc<Mutex<Option<(StatusCode, String)>>>,
}

impl TokenEndpoint {
    /// Starts one that takes the code `code-of-<user id>` of each of these people once.
    pub(crate) async fn start(manner: Manner, people: &[Person]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let codes = people
            .iter()
            .map(|person| (code(person), token(person)))
            .collect();
        let shared = Shared {
            url: url.clone(),
            manner,
            asked: Arc::default(),
            good: Arc::new(Mutex::new(codes)),
            instead: Arc::default(),
        };
        let app = Router::new()
            .route("/token", post(issue))
            .route("/revoke", post(revoke))
            .route("/authorize", get(authorize))
            .route("/.well-known/openid-configuration", get(metadata))
            .layer(from_fn_with_state(manner, allow_pages))
            .with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        Self { url, shared, task }
    }

    /// From now on the token endpoint answers this and nothing else.
    pub(crate) fn answers(&self, status: u16, body: &str) {
        let status = StatusCode::from_u16(status).expect("a status");
        *self.shared.instead.lock().expect("not poisoned") = Some((status, body.to_owned()));
    }

    /// Everything it was asked, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("not poisoned").clone()
    }
}

impl Drop for TokenEndpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The code that a person's sign-in brings.
pub(crate) fn code(person: &Person) -> String {
    format!("code-of-{}", person.user_id)
}

impl Shared {
    /// Notes what was asked, and checks that the client proves itself in the one way that counts here.
    fn admits(
        &self,
        path: &'static str,
        headers: &HeaderMap,
        form: &HashMap<String, String>,
    ) -> bool {
        let field = |name: &str| form.get(name).map(String::as_str);
        self.asked.lock().expect("not poisoned").push(Asked {
            path,
            form: form.clone(),
        });
        let pair = BASE64_STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
        let header = headers
            .get("authorization")
            .map(http::HeaderValue::as_bytes);
        let (id, secret) = (field("client_id"), field("client_secret"));
        match self.manner.client {
            Proof::Nothing => header.is_none() && id == Some(CLIENT_ID),
            Proof::Basic => header == Some(format!("Basic {pair}").as_bytes()) && secret.is_none(),
            Proof::Post => {
                header.is_none() && id == Some(CLIENT_ID) && secret == Some(CLIENT_SECRET)
            }
        }
    }
}

fn refuse(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

async fn issue(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if !shared.admits("/token", &headers, &form) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if let Some((status, body)) = shared.instead.lock().expect("not poisoned").clone() {
        return (status, Html(body)).into_response();
    }
    let field = match form.get("grant_type").map(String::as_str) {
        Some("authorization_code") => "code",
        Some("refresh_token") if shared.manner.refresh => "refresh_token",
        _ => return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
    };
    let mut good = shared.good.lock().expect("not poisoned");
    let Some(access_token) = form.get(field).and_then(|given| good.remove(given)) else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let mut answer = json!({
        "access_token": access_token, "token_type": "Bearer", "expires_in": 864_000, "scope": "profile user",
    });
    if shared.manner.refresh {
        let refresh_token = format!("refresh-{}", uuid::Uuid::new_v4());
        answer["refresh_token"] = Value::String(refresh_token.clone());
        good.insert(refresh_token, access_token);
    }
    Json(answer).into_response()
}

/// RFC 7009: what is not known is revoked already.
async fn revoke(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if !shared.admits("/revoke", &headers, &form) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if let Some(token) = form.get("token") {
        shared.good.lock().expect("not poisoned").remove(token);
    }
    StatusCode::OK.into_response()
}

/// gn-auth shows a form that loses `state`; others keep it in a session.
async fn authorize(State(shared): State<Shared>) -> Response {
    if shared.manner.metadata {
        Redirect::to("/interaction/1").into_response()
    } else {
        Html("<html><form method=post action=/authorize></form></html>").into_response()
    }
}

async fn allow_pages(State(manner): State<Manner>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if manner.client == Proof::Nothing {
        let all = HeaderValue::from_static("*");
        response
            .headers_mut()
            .insert("access-control-allow-origin", all);
    }
    response
}

async fn metadata(State(shared): State<Shared>) -> Response {
    let Shared { url, manner, .. } = shared;
    if !manner.metadata {
        return Html("<!doctype html><title>Nothing here</title>").into_response();
    }
    let method = match manner.client {
        Proof::Post => "client_secret_post",
        Proof::Basic => "client_secret_basic",
        Proof::Nothing => "none",
    };
    Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "revocation_endpoint": format!("{url}/revoke"),
        "token_endpoint_auth_methods_supported": [method],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "email", "email_verified"],
    }))
    .into_response()
}
