//! The HTTP routes, one file per resource.

mod add;
mod collections;
mod config;
pub mod gn2;
mod health;
mod history;
mod imports;
mod legacy;
mod legacy_claims;
mod me;
mod migrations;
mod oauth2;
mod openapi;
pub mod page;
mod receipts;
pub mod request;
mod signatures;

use crate::limits::SMALL_BODY;
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use request::BODY_LIMIT;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

/// All routes. The page serves every path outside the API.
pub fn router(state: &AppState) -> Router<AppState> {
    let (api, description) = api().split_for_parts();
    api.merge(openapi::router(description))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .route("/api/{*rest}", axum::routing::any(request::not_found))
        .method_not_allowed_fallback(request::method_not_allowed)
        .merge(page::router(state))
}

/// The API's routes with their OpenAPI description.
fn api() -> OpenApiRouter<AppState> {
    let small_body = DefaultBodyLimit::max(SMALL_BODY);
    let mut api = OpenApiRouter::with_openapi(openapi::base())
        .routes(routes!(config::get))
        .routes(routes!(me::get))
        .routes(routes!(collections::list, collections::create))
        .routes(routes!(
            collections::one,
            collections::patch,
            collections::delete
        ))
        .routes(routes!(collections::batch))
        .routes(routes!(history::get))
        .routes(routes!(history::restore))
        .routes(routes!(signatures::get))
        .routes(routes!(legacy::get))
        .routes(routes!(legacy_claims::post).layer(small_body))
        .routes(routes!(migrations::post))
        .routes(routes!(imports::plan))
        .routes(routes!(imports::post))
        .routes(routes!(receipts::list))
        .routes(routes!(receipts::one))
        .routes(routes!(receipts::undo))
        .routes(routes!(oauth2::token).layer(small_body))
        .routes(routes!(oauth2::refresh))
        .routes(routes!(oauth2::logout))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz));
    openapi::problems::describe(api.get_openapi_mut());
    api
}

/// The OpenAPI description of the API.
pub fn openapi_description() -> utoipa::openapi::OpenApi {
    api().into_openapi()
}
