//! Notes in the audit stream what was refused. What was done is noted by the commit itself.

use super::RequestId;
use crate::error::Draft;
use crate::metrics::TRANSFERS;
use crate::state::AppState;
use crate::store::Audit;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use shared::problem::Slug;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Whose request it is, once that is known.
#[derive(Clone, Default)]
pub struct Asker(Arc<OnceLock<Uuid>>);

impl Asker {
    /// The request is this account's.
    pub fn is(&self, owner: Uuid) {
        // A second one would be the same: a request has one token.
        let _ = self.0.set(owner);
    }
}

pub(super) async fn note_refusals(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(kind) = kind(&request) else {
        return next.run(request).await;
    };
    let request_id = request.extensions().get::<RequestId>().cloned();
    let asker = Asker::default();
    request.extensions_mut().insert(asker.clone());
    let response = next.run(request).await;
    let draft = response.extensions().get::<Draft>();
    let outcome = draft.map_or("committed", |draft| draft.slug.as_str());
    metrics::counter!(TRANSFERS, "kind" => kind, "outcome" => outcome).increment(1);
    if let (Some(who), Some(draft)) = (asker.0.get(), draft)
        && is_refusal(draft.slug)
    {
        let audit = Audit {
            kind,
            from: &from(kind, *who, draft),
            counts: (0, 0),
            request_id: request_id.as_ref().map_or("", RequestId::as_str),
        };
        let noted = state.store.note_refusal(*who, &audit, draft.slug.as_str());
        if let Err(error) = noted.await {
            // The refusal stands all the same.
            tracing::warn!(request_id = audit.request_id, %error, "a refusal could not be noted in the audit stream");
        }
    }
    response
}

/// What is attempted; `None` for what changes no collections.
fn kind(request: &Request) -> Option<&'static str> {
    let route = request.extensions().get::<MatchedPath>()?.as_str();
    match (request.method(), route) {
        (&Method::POST, "/api/v1/migrations") => Some("migration"),
        (&Method::POST, "/api/v1/imports") => Some("import"),
        (&Method::POST, "/api/v1/receipts/{id}/undo") => Some("undo"),
        (&Method::POST, "/api/v1/collections") => Some("create"),
        (&Method::PATCH, "/api/v1/collections/{id}") => Some("edit"),
        (&Method::DELETE, "/api/v1/collections/{id}") => Some("delete"),
        (&Method::POST, "/api/v1/collections/{id}/history/{number}/restore") => Some("go-back"),
        _ => None,
    }
}

/// Whether the attempt was refused for good. What may succeed when it comes again is no refusal, and who asks too
/// often does not fill the stream.
fn is_refusal(slug: Slug) -> bool {
    !matches!(
        slug,
        Slug::RateLimited
            | Slug::IdempotencyInProgress
            | Slug::StoreUnavailable
            | Slug::AuthServerUnavailable
            | Slug::Internal
    )
}

/// The owners that would have been taken from, as far as the refusal knows them.
fn from(kind: &str, who: Uuid, draft: &Draft) -> String {
    if kind == "undo" {
        return who.to_string();
    }
    let accounts = draft.plan.iter().flat_map(|plan| &plan.accounts);
    let owners = accounts.filter_map(|account| account.legacy_user_id.as_deref());
    owners.collect::<Vec<_>>().join(" ")
}
