//! A user endpoint with selectable misbehavior.
//!
//! The browser tests run against a certified OAuth2 server, which cannot hang, redirect or return
//! an HTML page as this one can.

use super::data::Person;
use super::local_server::{listen, serve};
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;

/// The kind of response.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behavior {
    /// The format of gn-auth, with `email_verified`.
    Sound,
    /// The format of gn-auth, which refuses tokens with status 401, as until 2024.
    WithoutVerified,
    /// As gn-auth since 2025: it refuses tokens with status 500, and has public keys.
    GnAuth2025,
    Hangs,
    /// An HTML page with status 200.
    Page,
    OtherJson,
    Redirects,
    Fails,
    Expired,
    /// Status 500 as gn-auth of 2025 answers an exception of this class: with JSON, but with a page
    /// for requests without the content type of JSON.
    Raises(&'static str),
    /// `user_id` names the person, `sub` somebody else.
    TwoAccounts,
    /// The scope of the token does not cover the profile.
    NoScope,
}

#[derive(Clone)]
struct Shared {
    people: Arc<Mutex<HashMap<String, Person>>>,
    behavior: Arc<Mutex<Behavior>>,
    calls: Arc<AtomicUsize>,
}

pub(crate) struct UserEndpoint {
    pub(crate) url: String,
    shared: Shared,
    _server: JoinSet<()>,
}

impl UserEndpoint {
    /// Starts an endpoint for these people, each with the token `token-of-<user id>`.
    pub(crate) async fn start(people: &[Person]) -> Self {
        let shared = Shared {
            people: Arc::new(Mutex::new(
                people
                    .iter()
                    .map(|person| (token(person), person.clone()))
                    .collect(),
            )),
            behavior: Arc::new(Mutex::new(Behavior::Sound)),
            calls: Arc::default(),
        };
        let app = Router::new()
            .route("/oauth2/user/", get(user))
            .route("/oauth2/public-jwks", get(public_keys))
            .with_state(shared.clone());
        let (listener, url) = listen().await;
        let server = serve(listener, app);
        Self {
            url,
            shared,
            _server: server,
        }
    }

    pub(crate) fn set_behavior(&self, behavior: Behavior) {
        *self.shared.behavior.lock().expect("not poisoned") = behavior;
    }

    pub(crate) fn add_token(&self, token: &str, person: &Person) {
        let mut people = self.shared.people.lock().expect("not poisoned");
        people.insert(token.to_owned(), person.clone());
    }

    /// The number of requests.
    pub(crate) fn calls(&self) -> usize {
        self.shared.calls.load(Ordering::SeqCst)
    }
}

pub(crate) fn token(person: &Person) -> String {
    format!("token-of-{}", person.user_id)
}

/// The keys of gn-auth, which has them since 2025.
async fn public_keys(State(shared): State<Shared>) -> Response {
    if *shared.behavior.lock().expect("not poisoned") == Behavior::GnAuth2025 {
        Json(json!({ "documentation": "", "jwks": [] })).into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

async fn user(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    shared.calls.fetch_add(1, Ordering::SeqCst);
    let behavior = *shared.behavior.lock().expect("not poisoned");
    let authorization = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let person = authorization
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| {
            shared
                .people
                .lock()
                .expect("not poisoned")
                .get(token)
                .cloned()
        });
    let refuse = |status: StatusCode, error: &str, description: &str| {
        (
            status,
            Json(json!({ "error": error, "error_description": description })),
        )
            .into_response()
    };
    match (behavior, person) {
        (Behavior::Hangs, _) => std::future::pending().await,
        (Behavior::Page, _) => Html("<!doctype html><title>Not here</title>").into_response(),
        (Behavior::OtherJson, _) => Json(json!({ "hello": "world" })).into_response(),
        (Behavior::Redirects, _) => {
            Redirect::temporary("http://127.0.0.1:9/elsewhere").into_response()
        }
        (Behavior::Fails, _) => StatusCode::BAD_GATEWAY.into_response(),
        (Behavior::Raises(class), _) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            if headers
                .get("content-type")
                .is_some_and(|kind| kind == "application/json")
            {
                refuse(status, class, "The following exception was raised")
            } else {
                (status, Html("<!doctype html><title>Error</title>")).into_response()
            }
        }
        (Behavior::GnAuth2025, None)
            if headers
                .get("content-type")
                .is_none_or(|kind| kind != "application/json") =>
        {
            let page = Html("<!doctype html><title>Error</title>");
            (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
        }
        (Behavior::GnAuth2025, None) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InvalidTokenError",
            "The access token provided is expired, revoked, malformed, or invalid for other reasons.",
        ),
        (_, None) => refuse(StatusCode::UNAUTHORIZED, "invalid_token", "unknown"),
        (Behavior::Expired, _) => refuse(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "The access token expired",
        ),
        (Behavior::NoScope, _) => refuse(StatusCode::FORBIDDEN, "insufficient_scope", "profile"),
        (_, Some(person)) => {
            let mut answer = json!({
                "user_id": person.user_id, "email": person.email, "name": person.name, "group": false,
            });
            if behavior == Behavior::Sound {
                answer["email_verified"] = person.email_verified.into();
            }
            if behavior == Behavior::TwoAccounts {
                answer["sub"] = "00000000-0000-4000-8000-000000000000".into();
            }
            Json(answer).into_response()
        }
    }
}
