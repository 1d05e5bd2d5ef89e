//! A transfer as the page sees it: plan, choose, execute, receipt.
//!
//! - [`fresh`]: a plan in place of one that had gone out of date

pub mod fresh;

use crate::api::ApiError;
use fresh::{PlanChanges, carry_over};
use shared::api::{Action, Choices, Plan, PlanItem, Receipt, Relation};
use shared::problem::Slug;
use std::rc::Rc;
use uuid::Uuid;
use yew::Reducible;

/// Where collections come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferSource {
    /// The person's accounts of the old system.
    Legacy,
    /// The collections in this browser that no account has imported yet.
    Local,
    /// What GN2 kept for this browser while nobody was signed in there.
    Session,
}

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq)]
pub enum TransferPhase {
    /// The plan is being made.
    Planning,
    /// There is a plan to look at; nothing has happened.
    Ready,
    /// Being executed.
    Running,
    /// Finished.
    Done(Rc<Receipt>),
    /// Without a plan: it could not be made. With one: executing it failed, and can be tried again.
    Failed(Rc<ApiError>),
}

/// A transfer from plan to receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct TransferState {
    /// What would happen.
    pub plan: Option<Rc<Plan>>,
    /// How far it is.
    pub phase: TransferPhase,
    /// The plan replaced one that had gone out of date: what is different.
    pub stale: Option<Rc<PlanChanges>>,
    /// What the user chose; items not named take their default.
    pub choices: Rc<Choices>,
    /// Names the attempt, so that repeating it cannot make a second transfer. Another plan or other
    /// choices are another attempt.
    pub key: Uuid,
}

/// What one click asks for. Repeating it is safe: the key names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Of the plan that was shown.
    pub fingerprint: String,
    /// What the user chose.
    pub choices: Rc<Choices>,
    /// See [`TransferState::key`].
    pub key: Uuid,
}

/// What the user chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// An action for the item of this key.
    Item(String, Action),
    /// An action for every item of this relation, wherever it is allowed.
    Alike(Relation, Action),
}

impl Choice {
    /// The action, if this choice is about the item and possible there.
    fn action_for(&self, item: &PlanItem) -> Option<Action> {
        let (is_meant, action) = match self {
            Self::Item(key, action) => (item.key == *key, *action),
            Self::Alike(relation, action) => (item.relation == *relation, *action),
        };
        (is_meant && item.allowed.contains(&action)).then_some(action)
    }
}

/// What can happen to a transfer. The new keys are drawn outside, because reducers are pure.
#[derive(Debug)]
pub enum TransferAction {
    /// A plan is asked for.
    Plan,
    /// The plan came.
    Planned(Rc<Plan>, Uuid),
    /// No plan came.
    NotPlanned(Rc<ApiError>),
    /// The user chose.
    Choose(Choice, Uuid),
    /// The user clicked.
    Execute,
    /// The transfer was made.
    Executed(Rc<Receipt>),
    /// The transfer was refused or got no answer.
    NotExecuted(Rc<ApiError>, Uuid),
}

impl TransferState {
    /// A transfer without a plan yet.
    pub fn new(key: Uuid) -> Self {
        Self {
            plan: None,
            phase: TransferPhase::Planning,
            stale: None,
            choices: Rc::default(),
            key,
        }
    }

    /// What a click would ask for now; `None` when there is nothing to execute, or not at this moment.
    pub fn attempt(&self) -> Option<Attempt> {
        let is_possible = matches!(self.phase, TransferPhase::Ready | TransferPhase::Failed(_));
        let fingerprint = self.plan.as_ref()?.fingerprint.clone()?;
        is_possible.then(|| Attempt {
            fingerprint,
            choices: self.choices.clone(),
            key: self.key,
        })
    }

    /// Whether the click has been made, so that another plan would come too late.
    pub fn is_settled(&self) -> bool {
        matches!(self.phase, TransferPhase::Running | TransferPhase::Done(_))
    }

    /// With a plan that is shown because the one before had gone `stale`, or because it was asked for.
    fn replan(&self, plan: Rc<Plan>, stale: bool, key: Uuid) -> Self {
        let (choices, changes) = match &self.plan {
            Some(old) => carry_over(&self.choices, old, &plan),
            None => Default::default(),
        };
        Self {
            plan: Some(plan),
            phase: TransferPhase::Ready,
            stale: if stale {
                Some(Rc::new(changes))
            } else {
                self.stale.clone()
            },
            choices: Rc::new(choices),
            key,
        }
    }

    /// The choices with this one; `None` when no item can be given it.
    fn choices_with(&self, choice: &Choice) -> Option<Choices> {
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
        use TransferPhase::{Done, Failed, Planning, Ready, Running};
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
            TransferAction::Execute if self.attempt().is_some() => self.with_phase(Running),
            TransferAction::Executed(receipt) => self.with_phase(Done(receipt)),
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
