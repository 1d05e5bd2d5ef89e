//! Records refused requests in the audit stream. Commits record themselves.

use super::RequestId;
use crate::error::{ApiError, ProblemResponse};
use crate::metrics::TRANSFERS;
use crate::service::ClaimError;
use crate::state::AppState;
use crate::store::{ActorKind, AuditRecord};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use shared::ids::LegacyOwner;
use shared::problem::Slug;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The account of a request, once it is known.
#[derive(Clone, Default)]
pub struct AuditActor(Arc<OnceLock<Uuid>>);

impl AuditActor {
    pub fn set(&self, owner: Uuid) {
        // A request has one token, so a second value would be equal.
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
    let actor = AuditActor::default();
    request.extensions_mut().insert(actor.clone());
    let response = next.run(request).await;
    let problem = response.extensions().get::<ProblemResponse>();
    let outcome = match problem {
        Some(problem) => problem.slug.as_str(),
        None if response.status().is_success() => "committed",
        // The endpoints for GN2 have refusals of their own.
        None => "refused",
    };
    metrics::counter!(TRANSFERS, "kind" => kind, "outcome" => outcome).increment(1);
    if let (Some(account), Some(problem)) = (actor.0.get(), problem)
        && is_refusal(problem.slug)
    {
        let request_id = request_id.as_ref().map_or("", RequestId::as_str);
        let audit = AuditRecord {
            actor: ActorKind::Person,
            kind,
            from: source_owners(kind, *account, problem),
            collections: 0,
            members: 0,
            request_id: request_id.to_owned(),
        };
        let outcome = problem.slug.as_str();
        let recorded = state.store.record_request(Some(*account), &audit, outcome);
        if let Err(error) = recorded.await {
            // The refusal itself is not affected.
            tracing::warn!(request_id, %error, "cannot record a refusal in the audit stream");
        }
    }
    response
}

/// The kind of change; `None` for requests that change nothing.
fn kind(request: &Request) -> Option<&'static str> {
    let route = request.extensions().get::<MatchedPath>()?.as_str();
    match (request.method(), route) {
        (&Method::POST, "/api/v1/migrations") => Some("migration"),
        (&Method::POST, "/api/v1/legacy/claims") => Some("claim"),
        (&Method::POST, "/api/v1/imports" | "/auth/user/collections/anonymous/import") => {
            Some("import")
        }
        (&Method::POST, "/api/v1/receipts/{id}/undo") => Some("undo"),
        (&Method::POST, "/api/v1/collections" | "/auth/user/collections/new") => Some("create"),
        (&Method::PATCH, "/api/v1/collections/{id}")
        | (
            &Method::POST,
            "/auth/user/collections/{id}/rename"
            | "/auth/user/collections/{id}/traits/add"
            | "/auth/user/collections/{id}/traits/remove",
        ) => Some("edit"),
        (&Method::DELETE, "/api/v1/collections/{id}")
        | (
            &Method::POST,
            "/auth/user/collections/delete" | "/auth/user/collections/anonymous/delete",
        ) => Some("delete"),
        (&Method::POST, "/api/v1/collections/{id}/history/{number}/restore") => Some("go-back"),
        _ => None,
    }
}

/// Whether the request was refused for good. Temporary failures may succeed later, and rate-limited
/// clients must not fill the stream.
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

/// The owners of the source collections, as far as the refusal names them.
fn source_owners(kind: &str, account: Uuid, problem: &ProblemResponse) -> String {
    if kind == "undo" {
        return account.to_string();
    }
    if let ApiError::Claim(ClaimError::Refused { accounts }) = &*problem.cause {
        return join(accounts.iter().map(LegacyOwner::as_str));
    }
    let accounts = problem.plan.iter().flat_map(|plan| &plan.accounts);
    join(accounts.filter_map(|account| account.legacy_user_id.as_deref()))
}

fn join<'a>(owners: impl Iterator<Item = &'a str>) -> String {
    owners.collect::<Vec<_>>().join(" ")
}
