//! A transfer as the page sees it: plan, choose, execute, receipt.

use crate::api::ApiError;
use shared::api::{Action, Choices, Plan, PlanItem, Receipt, SourceAccount};
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
    /// The plan replaced one that had gone out of date.
    pub stale: bool,
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

/// What can happen to a transfer. The new keys are drawn outside, because reducers are pure.
#[derive(Debug)]
pub enum TransferAction {
    /// A plan is asked for.
    Plan,
    /// The plan came.
    Planned(Rc<Plan>, Uuid),
    /// No plan came.
    NotPlanned(Rc<ApiError>),
    /// The user chose an action for an item.
    Choose(String, Action, Uuid),
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
            stale: false,
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

    fn replan(&self, plan: Rc<Plan>, stale: bool, key: Uuid) -> Self {
        let choices = match &self.plan {
            Some(old) => carry_over(&self.choices, old, &plan),
            None => Choices::new(),
        };
        Self {
            plan: Some(plan),
            phase: TransferPhase::Ready,
            stale,
            choices: Rc::new(choices),
            key,
        }
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
            TransferAction::Planned(plan, key) if !settled => self.replan(plan, self.stale, key),
            TransferAction::NotPlanned(error) if !settled => self.with_phase(Failed(error)),
            TransferAction::Choose(item, action, key) if !settled => match &self.plan {
                Some(plan) if is_allowed(plan, &item, action) => {
                    let mut choices = Choices::clone(&self.choices);
                    choices.insert(item, action);
                    Self {
                        choices: Rc::new(choices),
                        key,
                        ..self.with_phase(Ready)
                    }
                }
                _ => return self,
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

fn is_allowed(plan: &Plan, key: &str, action: Action) -> bool {
    items(plan).any(|(_, item)| item.key == key && item.allowed.contains(&action))
}

fn items(plan: &Plan) -> impl Iterator<Item = (&SourceAccount, &PlanItem)> {
    plan.accounts
        .iter()
        .flat_map(|account| account.items.iter().map(move |item| (account, item)))
}

/// What tells a collection from the others of a plan, whatever its position, which its key is made of.
fn identity<'a>(
    account: &'a SourceAccount,
    item: &'a PlanItem,
) -> (Option<&'a str>, Option<&'a str>, &'a str) {
    (
        account.legacy_user_id.as_deref(),
        item.source_id.as_deref(),
        &item.name,
    )
}

/// Choices for the collections of `new` that were made for the same collections of `old`.
fn carry_over(choices: &Choices, old: &Plan, new: &Plan) -> Choices {
    let mut carried = Choices::new();
    for (account, item) in items(old) {
        let Some(action) = choices.get(&item.key) else {
            continue;
        };
        let wanted = identity(account, item);
        let mut same = items(new).filter(|(account, item)| identity(account, item) == wanted);
        // Two that look the same cannot be told apart: then the default, rather than a guess.
        if let (Some((_, found)), None) = (same.next(), same.next())
            && found.allowed.contains(action)
        {
            carried.insert(found.key.clone(), *action);
        }
    }
    carried
}

#[cfg(test)]
mod tests;
