//! A user endpoint that can be told to misbehave.
//!
//! The browser tests run against a certified OAuth2 server. That one cannot be made to hang, to
//! redirect or to answer a page, which is what the server has to withstand here.

use super::data::Person;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How it answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// As gn-auth does, with `email_verified`.
    Sound,
    /// As gn-auth does today: without `email_verified`.
    WithoutVerified,
    /// Not at all.
    Hangs,
    /// With a page and status 200.
    Page,
    /// With JSON that is no user.
    OtherJson,
    /// With a redirect.
    Redirects,
    /// With an error.
    Fails,
    /// It knows the token, but that has expired.
    Expired,
    /// It knows the token, but it does not cover the profile.
    NoScope,
}

#[derive(Clone)]
struct Shared {
    people: Arc<Mutex<HashMap<String, Person>>>,
    mood: Arc<Mutex<Mood>>,
    calls: Arc<AtomicUsize>,
}

/// A running user endpoint.
pub(crate) struct UserEndpoint {
    /// Its base URL.
    pub(crate) url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

impl UserEndpoint {
    /// Starts one that knows these people, each by the token `token-of-<user id>`.
    pub(crate) async fn start(people: &[Person]) -> Self {
        let shared = Shared {
            people: Arc::new(Mutex::new(
                people
                    .iter()
                    .map(|person| (token(person), person.clone()))
                    .collect(),
            )),
            mood: Arc::new(Mutex::new(Mood::Sound)),
            calls: Arc::default(),
        };
        let app = Router::new()
            .route("/oauth2/user/", get(user))
            .with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        Self { url, shared, task }
    }

    /// Changes how it answers from now on.
    pub(crate) fn becomes(&self, mood: Mood) {
        *self.shared.mood.lock().expect("not poisoned") = mood;
    }

    /// Knows another token of a person from now on.
    pub(crate) fn also_knows(&self, token: &str, person: &Person) {
        let mut people = self.shared.people.lock().expect("not poisoned");
        people.insert(token.to_owned(), person.clone());
    }

    /// How often it was asked.
    pub(crate) fn calls(&self) -> usize {
        self.shared.calls.load(Ordering::SeqCst)
    }
}

impl Drop for UserEndpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The token that speaks for a person.
pub(crate) fn token(person: &Person) -> String {
    format!("token-of-{}", person.user_id)
}

async fn user(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    shared.calls.fetch_add(1, Ordering::SeqCst);
    let mood = *shared.mood.lock().expect("not poisoned");
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
    match (mood, person) {
        (Mood::Hangs, _) => std::future::pending().await,
        (Mood::Page, _) => Html("<!doctype html><title>Not here</title>").into_response(),
        (Mood::OtherJson, _) => Json(json!({ "hello": "world" })).into_response(),
        (Mood::Redirects, _) => Redirect::temporary("http://127.0.0.1:9/elsewhere").into_response(),
        (Mood::Fails, _) => StatusCode::BAD_GATEWAY.into_response(),
        (_, None) => refuse(StatusCode::UNAUTHORIZED, "invalid_token", "unknown"),
        (Mood::Expired, _) => refuse(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "The access token expired",
        ),
        (Mood::NoScope, _) => refuse(StatusCode::FORBIDDEN, "insufficient_scope", "profile"),
        (Mood::Sound | Mood::WithoutVerified, Some(person)) => {
            let mut answer = json!({
                "user_id": person.user_id, "email": person.email, "name": person.name, "group": false,
            });
            if mood == Mood::Sound {
                answer["email_verified"] = person.email_verified.into();
            }
            Json(answer).into_response()
        }
    }
}
