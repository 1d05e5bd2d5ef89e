//! Claiming an old account that has another address.

use super::revision::use_revision;
use super::session::use_session;
use super::task::use_task_runner;
use crate::api::{ApiError, AuthorisedApi, retry};
use shared::api::ClaimRequest;
use shared::problem::Slug;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub enum ClaimPhase {
    Ready,
    Checking,
    Failed(Rc<ApiError>),
    Claimed {
        /// Whether there is something to migrate now.
        has_offer: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub phase: ClaimPhase,
    pub submit: Callback<ClaimRequest>,
}

#[hook]
pub fn use_claim() -> Claim {
    let (api, revision, runner) = (use_session().api, use_revision(), use_task_runner());
    let phase = use_state_eq(|| ClaimPhase::Ready);
    let submit = {
        let phase = phase.setter();
        Callback::from(move |request: ClaimRequest| {
            let Some(api) = api.clone() else {
                phase.set(ClaimPhase::Failed(Rc::new(ApiError::Expired)));
                return;
            };
            let (phase, revision) = (phase.clone(), revision.clone());
            phase.set(ClaimPhase::Checking);
            runner.start(async move {
                let result = claim(&api, &request).await;
                if result.is_ok() {
                    revision.raise.emit(());
                }
                phase.set(match result {
                    Ok(has_offer) => ClaimPhase::Claimed { has_offer },
                    Err(error) => ClaimPhase::Failed(Rc::new(error)),
                });
            });
        })
    };
    Claim {
        phase: (*phase).clone(),
        submit,
    }
}

/// Claims, and returns whether there is something to migrate now. The request is repeated only if
/// the server did nothing, because each attempt counts.
async fn claim(api: &AuthorisedApi, request: &ClaimRequest) -> Result<bool, ApiError> {
    let claimed = retry::with_retry_notifying(
        async || api.claim(request).await,
        |error| error.slug() == Some(Slug::RateLimited),
    );
    claimed.await?;
    // If the plan fails to load, the page says so.
    Ok(api.legacy().await.is_ok_and(|plan| plan.offer))
}
