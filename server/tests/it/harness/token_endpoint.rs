//! A token endpoint that records its requests, with optional revocation and discovery.

use super::data::Person;
use super::local_server::{listen, serve};
use super::user_endpoint::token;
use axum::extract::{Query, Request, State};
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
use tokio::task::JoinSet;

pub(crate) const CLIENT_ID: &str = "gn-collections";
pub(crate) const CLIENT_SECRET: &str = "client-secret-of-more-than-thirty-two-characters";

/// The redirect URI that a server with metadata knows.
const REDIRECT_URI: &str = "http://127.0.0.1:8787/callback";

/// The client authentication that the server requires.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    /// `client_secret_post`, as at gn-auth.
    #[default]
    Post,
    /// `client_secret_basic`.
    Basic,
    /// None, for a public client; browsers may send requests.
    None,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct AuthServerKind {
    pub(crate) client: ClientAuthentication,
    /// Issues refresh tokens, each valid once.
    pub(crate) refresh: bool,
    /// Has a discovery document and revocation. Without them, other paths return an HTML page.
    pub(crate) metadata: bool,
    /// The client authentication that the revocation endpoint requires, if it is another one.
    pub(crate) revoke: Option<ClientAuthentication>,
    /// Whether the discovery document states it.
    pub(crate) states_revoke: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct TokenRequest {
    pub(crate) path: &'static str,
    pub(crate) form: HashMap<String, String>,
}

pub(crate) struct TokenEndpoint {
    /// Base URL and issuer.
    pub(crate) url: String,
    shared: Shared,
    _server: JoinSet<()>,
}

#[derive(Clone)]
struct Shared {
    url: String,
    kind: AuthServerKind,
    requests: Arc<Mutex<Vec<TokenRequest>>>,
    /// Access tokens by unused code or refresh token.
    grants: Arc<Mutex<HashMap<String, String>>>,
    /// Replaces all other responses.
    fixed_response: Arc<Mutex<Option<(StatusCode, String)>>>,
}

impl TokenEndpoint {
    /// Starts an endpoint that accepts the code `code-of-<user id>` of each of these people once.
    pub(crate) async fn start(kind: AuthServerKind, people: &[Person]) -> Self {
        let (listener, url) = listen().await;
        let codes = people
            .iter()
            .map(|person| (code(person), token(person)))
            .collect();
        let shared = Shared {
            url: url.clone(),
            kind,
            requests: Arc::default(),
            grants: Arc::new(Mutex::new(codes)),
            fixed_response: Arc::default(),
        };
        let app = Router::new()
            .route("/token", post(issue))
            .route("/revoke", post(revoke))
            .route("/authorize", get(authorize))
            .route("/.well-known/openid-configuration", get(metadata))
            .layer(from_fn_with_state(kind, allow_pages))
            .with_state(shared.clone());
        let server = serve(listener, app);
        Self {
            url,
            shared,
            _server: server,
        }
    }

    /// From now on every token request gets this response.
    pub(crate) fn respond_with(&self, status: u16, body: &str) {
        let status = StatusCode::from_u16(status).expect("a status");
        *self.shared.fixed_response.lock().expect("not poisoned") = Some((status, body.to_owned()));
    }

    pub(crate) fn requests(&self) -> Vec<TokenRequest> {
        self.shared.requests.lock().expect("not poisoned").clone()
    }
}

pub(crate) fn code(person: &Person) -> String {
    format!("code-of-{}", person.user_id)
}

impl Shared {
    /// Records the request and checks the authentication of the client.
    fn authenticate(
        &self,
        path: &'static str,
        headers: &HeaderMap,
        form: &HashMap<String, String>,
    ) -> bool {
        let field = |name: &str| form.get(name).map(String::as_str);
        self.requests
            .lock()
            .expect("not poisoned")
            .push(TokenRequest {
                path,
                form: form.clone(),
            });
        let pair = BASE64_STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
        let header = headers
            .get("authorization")
            .map(http::HeaderValue::as_bytes);
        let (id, secret) = (field("client_id"), field("client_secret"));
        let required = match path {
            "/revoke" => self.kind.revoke.unwrap_or(self.kind.client),
            _ => self.kind.client,
        };
        match required {
            ClientAuthentication::None => header.is_none() && id == Some(CLIENT_ID),
            ClientAuthentication::Basic => {
                header == Some(format!("Basic {pair}").as_bytes()) && secret.is_none()
            }
            ClientAuthentication::Post => {
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
    if !shared.authenticate("/token", &headers, &form) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if let Some((status, body)) = shared.fixed_response.lock().expect("not poisoned").clone() {
        return (status, Html(body)).into_response();
    }
    let field = match form.get("grant_type").map(String::as_str) {
        Some("authorization_code") => "code",
        Some("refresh_token") if shared.kind.refresh => "refresh_token",
        _ => return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
    };
    let mut grants = shared.grants.lock().expect("not poisoned");
    let Some(access_token) = form.get(field).and_then(|given| grants.remove(given)) else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let mut answer = json!({
        "access_token": access_token, "token_type": "Bearer", "expires_in": 864_000, "scope": "profile user",
    });
    if shared.kind.refresh {
        let refresh_token = format!("refresh-{}", uuid::Uuid::new_v4());
        answer["refresh_token"] = Value::String(refresh_token.clone());
        grants.insert(refresh_token, access_token);
    }
    Json(answer).into_response()
}

/// Unknown tokens count as revoked (RFC 7009).
async fn revoke(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if !shared.authenticate("/revoke", &headers, &form) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if let Some(token) = form.get("token") {
        shared.grants.lock().expect("not poisoned").remove(token);
    }
    StatusCode::OK.into_response()
}

/// gn-auth displays a form that drops `state`, and checks nothing before. Other servers keep it in
/// a session, show a page if they do not know the client or the redirect URI, and redirect back if
/// they do not know a scope.
async fn authorize(
    State(shared): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if !shared.kind.metadata {
        return Html("<html><form method=post action=/authorize></form></html>").into_response();
    }
    let field = |name: &str| query.get(name).map_or("", String::as_str);
    let page = |text: &'static str| (StatusCode::BAD_REQUEST, Html(text)).into_response();
    let known = ["openid", "profile", "email"];
    if field("client_id") != CLIENT_ID {
        page("<html>invalid_client</html>")
    } else if field("redirect_uri") != REDIRECT_URI {
        page("<html>redirect_uri did not match any registered one</html>")
    } else if field("scope")
        .split(' ')
        .all(|scope| known.contains(&scope))
    {
        Redirect::to("/interaction/1").into_response()
    } else {
        Redirect::to(&format!("{REDIRECT_URI}?error=invalid_scope")).into_response()
    }
}

async fn allow_pages(State(kind): State<AuthServerKind>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if kind.client == ClientAuthentication::None {
        let all = HeaderValue::from_static("*");
        response
            .headers_mut()
            .insert("access-control-allow-origin", all);
    }
    response
}

async fn metadata(State(shared): State<Shared>) -> Response {
    let Shared { url, kind, .. } = shared;
    if !kind.metadata {
        return Html("<!doctype html><title>Nothing here</title>").into_response();
    }
    let name = |method| match method {
        ClientAuthentication::Post => "client_secret_post",
        ClientAuthentication::Basic => "client_secret_basic",
        ClientAuthentication::None => "none",
    };
    let mut document = json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "revocation_endpoint": format!("{url}/revoke"),
        "token_endpoint_auth_methods_supported": [name(kind.client)],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "email", "email_verified"],
        "prompt_values_supported": ["none", "login"],
    });
    if let (true, Some(method)) = (kind.states_revoke, kind.revoke) {
        document["revocation_endpoint_auth_methods_supported"] = json!([name(method)]);
    }
    Json(document).into_response()
}
