//! A transfer as the page sees it: plan, choose, execute, receipt.
//!
//! - [`fresh`]: a fresh plan in place of a stale one

pub mod fresh;

use crate::api::ApiError;
use fresh::{PlanChanges, carry_over};
use shared::api::{Action, Choices, ItemKind, Plan, PlanItem, Receipt};
use shared::problem::Slug;
use std::rc::Rc;
use uuid::Uuid;
use yew::Reducible;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferSource {
    /// The person's legacy accounts.
    Legacy,
    /// The collections in this browser that no account has imported.
    Local,
    /// GN2's anonymous session of this browser.
    Session,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TransferPhase {
    Planning,
    /// There is a plan to look at; nothing has happened.
    Ready,
    Executing,
    Finished(Rc<Receipt>),
    /// Without a plan, the plan could not be made. With a plan, the execution failed and can be
    /// tried again.
    Failed(Rc<ApiError>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct TransferState {
    pub plan: Option<Rc<Plan>>,
    pub phase: TransferPhase,
    /// How the plan differs from a stale one that it replaced.
    pub plan_changes: Option<Rc<PlanChanges>>,
    /// The user's choices; other items take their default action.
    pub choices: Rc<Choices>,
    /// The idempotency key of the execution. Another plan and other choices get another key.
    pub key: Uuid,
}

/// The request to execute a plan. A repeated request has the same key, so it makes no second
/// transfer.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecuteRequest {
    /// The fingerprint of the plan that the user saw.
    pub fingerprint: String,
    pub choices: Rc<Choices>,
    pub key: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChoice {
    /// An action for the item with this key.
    Item(String, Action),
    /// An action for every item of this kind that allows it.
    Similar(ItemKind, Action),
}

impl PlanChoice {
    /// The action for the item, if the choice concerns the item and the item allows the action.
    fn action_for(&self, item: &PlanItem) -> Option<Action> {
        let (concerns_item, action) = match self {
            Self::Item(key, action) => (item.key == *key, *action),
            Self::Similar(kind, action) => (item.kind() == *kind, *action),
        };
        (concerns_item && item.allowed.contains(&action)).then_some(action)
    }
}

/// The actions of the reducer. They carry new idempotency keys, because reducers are pure.
#[derive(Debug)]
pub enum TransferAction {
    /// Planning begins.
    Plan,
    Planned(Rc<Plan>, Uuid),
    NotPlanned(Rc<ApiError>),
    Choose(PlanChoice, Uuid),
    /// Execution begins.
    Execute,
    Executed(Rc<Receipt>),
    NotExecuted(Rc<ApiError>, Uuid),
}

impl TransferState {
    pub fn new(key: Uuid) -> Self {
        Self {
            plan: None,
            phase: TransferPhase::Planning,
            plan_changes: None,
            choices: Rc::default(),
            key,
        }
    }

    /// The request that a click would send; `None` if nothing can be executed now.
    pub fn execute_request(&self) -> Option<ExecuteRequest> {
        let is_possible = matches!(self.phase, TransferPhase::Ready | TransferPhase::Failed(_));
        let fingerprint = self.plan.as_ref()?.fingerprint.clone()?;
        is_possible.then(|| ExecuteRequest {
            fingerprint,
            choices: self.choices.clone(),
            key: self.key,
        })
    }

    /// Whether execution has begun, so that another plan would come too late.
    pub fn is_settled(&self) -> bool {
        matches!(
            self.phase,
            TransferPhase::Executing | TransferPhase::Finished(_)
        )
    }

    /// Replaces the plan, and keeps the choices that still apply.
    fn replan(&self, plan: Rc<Plan>, was_stale: bool, key: Uuid) -> Self {
        let (choices, changes) = match &self.plan {
            Some(old) => carry_over(&self.choices, old, &plan),
            None => Default::default(),
        };
        Self {
            plan: Some(plan),
            phase: TransferPhase::Ready,
            plan_changes: if was_stale {
                Some(Rc::new(changes))
            } else {
                self.plan_changes.clone()
            },
            choices: Rc::new(choices),
            key,
        }
    }

    /// The choices including this one; `None` if no item allows it.
    fn choices_with(&self, choice: &PlanChoice) -> Option<Choices> {
        let plan = self.plan.as_ref()?;
        let items = plan.accounts.iter().flat_map(|account| &account.items);
        let mut made = items
            .filter_map(|item| Some((item.key.clone(), choice.action_for(item)?)))
            .peekable();
        made.peek()?;
        let mut choices = Choices::clone(&self.choices);
        choices.extend(made);
        Some(choices)
    }

    fn with_phase(&self, phase: TransferPhase) -> Self {
        Self {
            phase,
            ..self.clone()
        }
    }
}

impl Reducible for TransferState {
    type Action = TransferAction;

    fn reduce(self: Rc<Self>, action: TransferAction) -> Rc<Self> {
        use TransferPhase::{Executing, Failed, Finished, Planning, Ready};
        let settled = self.is_settled();
        let next = match action {
            TransferAction::Plan if !settled => self.with_phase(Planning),
            TransferAction::Planned(plan, key) if !settled => self.replan(plan, false, key),
            TransferAction::NotPlanned(error) if !settled => self.with_phase(Failed(error)),
            TransferAction::Choose(choice, key) if !settled => match self.choices_with(&choice) {
                Some(choices) => Self {
                    choices: Rc::new(choices),
                    key,
                    ..self.with_phase(Ready)
                },
                None => return self,
            },
            TransferAction::Execute if self.execute_request().is_some() => {
                self.with_phase(Executing)
            }
            TransferAction::Executed(receipt) => self.with_phase(Finished(receipt)),
            TransferAction::NotExecuted(error, key) => match fresh_plan(&error) {
                Some(plan) => self.replan(plan, true, key),
                None => self.with_phase(Failed(error)),
            },
            _ => return self,
        };
        Rc::new(next)
    }
}

fn fresh_plan(error: &ApiError) -> Option<Rc<Plan>> {
    match error {
        ApiError::Problem(problem) if problem.slug() == Some(Slug::StalePlan) => {
            problem.plan.as_deref().cloned().map(Rc::new)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
