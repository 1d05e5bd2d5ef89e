//! A round: one request with faults, its repetition and the checks.

use super::stage::{Snapshot, Stage};
use super::world::{Kind, World, foreign, shortly_before};
use crate::harness::FaultPoint;
use http::Method;
use serde_json::Value;
use shared::api::Receipt;
use shared::testing::conservation::{MemberBalance, member_balance};
use shared::testing::laws::{Case, lists};
use shared::transfer::{TransferInput, TransferPlan};
use std::fmt;

/// The victim of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Victim {
    Connection,
    Server,
    Redis,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) victim: Victim,
    /// Number of commands before the fault.
    pub(crate) position: usize,
    pub(crate) moment: FaultPoint,
}

/// The counts of some rounds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FaultStatistics {
    pub(crate) rounds: usize,
    pub(crate) cuts: usize,
    pub(crate) kills: usize,
    pub(crate) restarts: usize,
    /// Faults after which the transfer had happened.
    pub(crate) done: usize,
    pub(crate) tally: MemberBalance,
}

impl std::ops::AddAssign for FaultStatistics {
    fn add_assign(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.cuts += other.cuts;
        self.kills += other.kills;
        self.restarts += other.restarts;
        self.done += other.done;
        self.tally += other.tally;
    }
}

impl fmt::Display for FaultStatistics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rounds,
            cuts,
            kills,
            restarts,
            done,
            tally,
        } = self;
        let MemberBalance { lost, duplicated } = tally;
        write!(
            formatter,
            "rounds {rounds}, cuts {cuts}, kills {kills}, redis restarts {restarts}, lost {lost}, duplicated {duplicated} \
             (transferred all the same: {done})"
        )
    }
}

/// Sends the request once per fault, and then without a fault.
pub(crate) async fn play(stage: &mut Stage, world: &World, faults: &[Fault]) -> FaultStatistics {
    let mut outcome = FaultStatistics {
        rounds: 1,
        ..FaultStatistics::default()
    };
    // The state after the transfer, and its receipt, as soon as they are known.
    let mut after: Option<Snapshot> = None;
    let mut receipt: Option<Value> = None;
    for fault in faults {
        stage.ready().await;
        stage.proxy.inject(fault.proxy_fault(stage));
        let answer = stage.send(Method::POST, &world.call).await;
        let struck = stage.proxy.remove_fault();
        if struck {
            match fault.victim {
                Victim::Connection => outcome.cuts += 1,
                Victim::Server => {
                    outcome.kills += 1;
                    stage.replace_server();
                }
                Victim::Redis => {
                    outcome.restarts += 1;
                    stage.restart_redis();
                }
            }
        }
        stage.ready().await;
        let now = stage.snapshot().await;
        if let Some(after) = &after {
            assert_eq!(&now, after, "{fault:?}: the transfer happened once");
        } else if now != world.before {
            outcome.done += usize::from(struck);
            after = Some(now);
        }
        match answer {
            Some((status, body)) if status == 201 => {
                assert!(after.is_some(), "{fault:?}: a receipt without a transfer");
                assert_eq!(receipt.get_or_insert_with(|| body.clone()), &body);
            }
            // Unavailable, or no answer at all: it may have happened or not.
            Some((status, body)) => assert_eq!(status, 503, "{fault:?}: {body}"),
            None => {}
        }
    }
    outcome.tally = ends_in_one_transfer(stage, world, after, receipt).await;
    outcome
}

/// Sends the request twice without a fault.
async fn ends_in_one_transfer(
    stage: &Stage,
    world: &World,
    after: Option<Snapshot>,
    receipt: Option<Value>,
) -> MemberBalance {
    stage.ready().await;
    let (status, body) = stage
        .send(Method::POST, &world.call)
        .await
        .expect("an answer");
    assert_eq!(status, 201, "{body}");
    assert_eq!(receipt.unwrap_or_else(|| body.clone()), body, "one receipt");
    let now = stage.snapshot().await;
    assert_ne!(now, world.before);
    assert_eq!(
        after.as_ref().unwrap_or(&now),
        &now,
        "what was there before this request is what it found"
    );
    let again = stage
        .send(Method::POST, &world.call)
        .await
        .expect("an answer");
    assert_eq!(again, (status, body.clone()));
    assert_eq!(stage.snapshot().await, now);
    recorded_once(world, &now);
    let receipt: Receipt = serde_json::from_value(body).expect("a receipt");
    match world.kind {
        Kind::Migration | Kind::Import => is_as_planned(world, &now, &receipt),
        Kind::UndoMigration | Kind::UndoImport => {
            assert_eq!(
                foreign(&now),
                foreign(&world.origin),
                "undone byte for byte"
            );
            member_balance(&world.input_in(&world.origin), &world.input_in(&now), &[])
        }
    }
}

/// Checks that there is one new receipt, before-image, idempotency record and audit entry.
fn recorded_once(world: &World, now: &Snapshot) {
    let owner = world.input.owner;
    let count = |snapshot: &Snapshot, prefix: &str, field: Option<&str>| {
        let places = snapshot.keys().filter(|(key, _)| key.starts_with(prefix));
        places
            .filter(|(_, name)| field.is_none_or(|field| name == field.as_bytes()))
            .count()
    };
    for (prefix, field) in [
        (format!("gnc:receipts:{owner}"), None),
        ("gnc:before:".to_owned(), Some("owner")),
        (format!("gnc:idempotency:{owner}:"), Some("receipt")),
        ("gnc:audit".to_owned(), None),
    ] {
        let (before, now) = (
            count(&world.before, &prefix, field),
            count(now, &prefix, field),
        );
        assert_eq!(before + 1, now, "{prefix}");
    }
}

/// Checks that the lists are the output of the planner, that nobody else's value changed, and that
/// no member is missing or duplicated.
fn is_as_planned(world: &World, now: &Snapshot, receipt: &Receipt) -> MemberBalance {
    let after = world.input_in(now);
    let touched = |key: &str, field: &[u8]| {
        let is = |text: &str| field == text.as_bytes();
        match key {
            "collections2" => is(&world.input.owner.to_string()),
            "collections" | "users" => world.input.sources.iter().any(|source| {
                key == "collections"
                    && source
                        .owner
                        .as_ref()
                        .is_some_and(|owner| is(owner.as_str()))
            }),
            _ => world
                .input
                .sources
                .iter()
                .any(|source| source.email.as_deref().is_some_and(is)),
        }
    };
    let others = |snapshot: &Snapshot| -> Snapshot {
        let mut theirs = foreign(snapshot);
        theirs.retain(|(key, field), _| !touched(key, field));
        theirs
    };
    assert_eq!(others(now), others(&world.origin));
    let planned = shortly_before(receipt.at).find_map(|now| planned(world, now, &after));
    let case = planned.expect("the lists are what the planner makes of them");
    assert_eq!(case.output.items, receipt.items);
    case.other_entries_are_unchanged();
    member_balance(&world.input, &after, &receipt.items)
}

/// Returns the plan of this time, if it leads to these lists.
fn planned(
    world: &World,
    now: shared::timestamp::Timestamp,
    after: &TransferInput,
) -> Option<Case> {
    let before = TransferInput {
        now,
        ..world.input.clone()
    };
    let output = TransferPlan::new(&before)
        .ok()?
        .apply(&world.choices)
        .ok()?;
    let case = Case::new_applied(before, world.choices.clone(), output);
    (lists(&case.after) == lists(after)).then_some(case)
}
