//! The thin HTTP edge: each file one resource.

mod collections;
mod config;
mod health;
mod history;
mod imports;
mod legacy;
mod me;
mod migrations;
mod oauth2;
pub mod openapi;
pub mod page;
mod receipts;
pub mod request;

use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The largest request body, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Every route; what is not the API's is the page's.
pub fn router(state: &AppState) -> Router<AppState> {
    let (api, description) = api().split_for_parts();
    api.merge(openapi::router(description))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .route("/api/{*rest}", axum::routing::any(request::not_found))
        .method_not_allowed_fallback(request::method_not_allowed)
        .merge(page::router(state))
}

/// The API's routes together with their description.
fn api() -> OpenApiRouter<AppState> {
    let mut api = OpenApiRouter::with_openapi(openapi::base())
        .routes(routes!(config::get))
        .routes(routes!(me::get))
        .routes(routes!(collections::list, collections::create))
        .routes(routes!(
            collections::one,
            collections::patch,
            collections::delete
        ))
        .routes(routes!(history::get))
        .routes(routes!(history::restore))
        .routes(routes!(legacy::get))
        .routes(routes!(migrations::post))
        .routes(routes!(imports::plan))
        .routes(routes!(imports::post))
        .routes(routes!(receipts::list))
        .routes(routes!(receipts::one))
        .routes(routes!(receipts::undo))
        .routes(routes!(oauth2::token))
        .routes(routes!(oauth2::refresh))
        .routes(routes!(oauth2::logout))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz));
    openapi::limited::describe(api.get_openapi_mut());
    api
}
