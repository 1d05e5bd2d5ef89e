//! `GET /api/v1/config`.

use crate::auth::AuthError;
use crate::error::ApiError;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use shared::api::{ClientConfig, Links, OauthConfig, OauthMode, StatePolicy};
use shared::problem::Problem;

/// What the page needs to start: where and how to sign in, and where to link to.
#[utoipa::path(
    get,
    path = "/api/v1/config",
    responses(
        (status = 200, body = ClientConfig),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "auth-server-unavailable: its metadata cannot be read now"),
    )
)]
pub(super) async fn get(State(state): State<AppState>) -> Result<Json<ClientConfig>, ApiError> {
    let endpoints = state.endpoints.get().await.map_err(AuthError::from)?;
    let oauth = &state.config.oauth;
    Ok(Json(ClientConfig {
        oauth: OauthConfig {
            mode: OauthMode::Direct,
            state: StatePolicy::Required,
            client_id: oauth.client_id.clone(),
            scopes: oauth.scopes.clone(),
            issuer: oauth
                .issuer
                .as_ref()
                .map(|issuer| issuer.as_str().trim_end_matches('/').to_owned()),
            iss_required: endpoints.iss_promised,
            authorize_url: endpoints.authorize.to_string(),
            token_url: Some(endpoints.token.to_string()),
            revoke_url: endpoints.revoke.as_ref().map(ToString::to_string),
            end_session_url: endpoints.end_session.as_ref().map(ToString::to_string),
            redirect_uri: oauth.redirect_uri.to_string(),
        },
        links: Links {
            register: oauth.register_url.as_ref().map(ToString::to_string),
            r#trait: state.config.trait_url.clone(),
        },
        anonymous_sessions: false,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
