//! The OpenAPI 3.1 description, generated from the code and pinned by a snapshot test.
//!
//! - [`problems`]: the problem responses of every route

pub(super) mod problems;

use crate::state::AppState;
use axum::{Json, Router, routing};
use shared::problem::Problem;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "gn-collections",
        description = "Migrates the collections of earlier GeneNetwork accounts and anonymous collections to accounts of the new sign-in server. Every error is application/problem+json (RFC 9457).",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem)),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme =
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        description
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", scheme);
    }
}

pub(super) fn base() -> utoipa::openapi::OpenApi {
    Base::openapi()
}

pub(super) fn router(description: utoipa::openapi::OpenApi) -> Router<AppState> {
    let description = Arc::new(description);
    Router::new().route(
        "/api/v1/openapi.json",
        routing::get(move || async move { Json(description.as_ref().clone()) }),
    )
}
