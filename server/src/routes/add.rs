//! Traits that a page of another site submits with a form, e.g. GN2 with its *Add* button.
//!
//! The answer is the page, with the traits as data in it. The server keeps nothing and needs no
//! proof of who asks: the page shows the traits, and stores them only after a click.

use super::request::{has_media_type, receive};
use crate::blocking::run_blocking;
use crate::error::ApiError;
use crate::middleware::requesting_address;
use crate::page::Page;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};
use shared::formats::submitted::{self, MAX_BYTES};
use shared::problem::Slug;
use url::form_urlencoded;

const FORM: &str = "application/x-www-form-urlencoded";

/// The longest form with [`MAX_BYTES`] of traits, in which three bytes may stand for one.
const MAX_FORM: usize = 3 * MAX_BYTES + 1024;

pub(super) async fn post(
    State(state): State<AppState>,
    request: Request,
) -> Result<Response, ApiError> {
    if !has_media_type(request.headers(), FORM) {
        let reason = "it must be application/x-www-form-urlencoded";
        return Err(ApiError::request(
            Slug::UnsupportedMediaType,
            "Content-Type",
            reason,
        ));
    }
    let address = requesting_address(&state, &request);
    let mut share = state.submissions.share(Some(address));
    // The rest of a form that is too long is read all the same, because browsers show no answer
    // before they have sent everything.
    let form = receive(request, &state.config.http, &mut share, MAX_FORM).await?;
    let (page, length) = (state.page.clone(), form.length);
    let form = (length <= MAX_FORM).then_some(form.bytes);
    let (status, html) = run_blocking(length, move || answer(&page, form.as_deref())).await;
    // The traits are nobody else's business.
    Ok((status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
}

fn answer(page: &Page, form: Option<&[u8]>) -> (StatusCode, String) {
    let traits = form.map(|form| submitted::join_fields(form_urlencoded::parse(form)));
    match traits.map(Option::unwrap_or_default) {
        Some(traits) if traits.len() <= MAX_BYTES => {
            (StatusCode::OK, page.with_meta(submitted::META, &traits))
        }
        _ => (
            StatusCode::PAYLOAD_TOO_LARGE,
            page.with_meta(submitted::TOO_LARGE_META, ""),
        ),
    }
}
