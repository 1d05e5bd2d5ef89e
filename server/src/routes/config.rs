//! `GET /api/v1/config`.

use crate::auth::AuthError;
use crate::config::Mode;
use crate::error::ApiError;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use shared::api::{ClientConfig, Links, OauthConfig, StatePolicy};
use shared::problem::Problem;
use url::Url;

/// Returns the settings of the page: the sign-in and its links.
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
    // In mediated mode the page never calls these endpoints, and the server keeps the session.
    let direct = matches!(oauth.mode, Mode::Direct);
    let called_by_page = |url: Option<&Url>| url.filter(|_| direct).map(ToString::to_string);
    Ok(Json(ClientConfig {
        oauth: OauthConfig {
            mode: oauth.mode.to_wire(),
            state: oauth.state,
            client_id: oauth.client.id.clone(),
            scopes: oauth.scopes.clone(),
            issuer: oauth
                .issuer
                .as_ref()
                .map(|issuer| issuer.as_str().trim_end_matches('/').to_owned()),
            iss_required: endpoints.iss_promised,
            silent_sign_in: direct
                && endpoints.silent_sign_in
                && oauth.state == StatePolicy::Required,
            authorize_url: endpoints.authorize.to_string(),
            token_url: called_by_page(Some(&endpoints.token)),
            revoke_url: called_by_page(endpoints.revoke.as_ref()),
            end_session_url: endpoints.end_session.as_ref().map(ToString::to_string),
            redirect_uri: oauth.redirect_uri.to_string(),
        },
        links: Links {
            register: oauth.register_url.as_ref().map(ToString::to_string),
            home: state.config.links.home.clone(),
            r#trait: state.config.links.r#trait.clone(),
            collection: state.config.links.collection.clone(),
        },
        anonymous_sessions: state.config.session_secrets.are_set(),
        signed_exports: state.config.session_secrets.hmac_code.is_some(),
        claim_by_password: state.config.claim_by_password,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
