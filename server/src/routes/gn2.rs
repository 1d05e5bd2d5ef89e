//! `/auth/user/collections`: gn-auth's collection endpoints, as GN2 calls them, on a listener of
//! their own. docs/gn2.md describes them.
//!
//! With a token they are about the account's list, without one about the list of an anonymous
//! visitor, whom GN2 names in the body.
//!
//! - [`caller`]: whose list a request is about, and whether it may be
//! - [`body`]: the body of all requests
//! - [`read`], [`edit`], [`delete`], [`anonymous`]: the handlers

mod anonymous;
mod body;
mod caller;
mod delete;
mod edit;
mod read;

use super::request::{self, BODY_LIMIT};
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub fn router() -> Router<AppState> {
    let collections = Router::new()
        .route("/list", get(read::list))
        .route("/{id}/list", get(read::anonymous_list))
        .route("/new", post(edit::create))
        .route("/{id}/view", post(read::one))
        .route("/{id}/rename", post(edit::rename))
        .route("/{id}/traits/add", post(edit::add_traits))
        .route("/{id}/traits/remove", post(edit::remove_traits))
        .route("/delete", post(delete::delete))
        .route("/anonymous/import", post(anonymous::import))
        .route("/anonymous/delete", post(anonymous::delete));
    Router::new()
        .nest("/auth/user/collections", collections)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .fallback(request::not_found)
        .method_not_allowed_fallback(request::method_not_allowed)
}
