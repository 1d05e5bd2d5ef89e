//! One request, disturbed, repeated and checked.

use super::stage::{Snapshot, Stage};
use super::world::{Kind, World, foreign, shortly_before};
use crate::harness::Moment;
use http::Method;
use serde_json::Value;
use shared::api::Receipt;
use shared::testing::laws::{Case, lists};
use shared::testing::tally::{Tally, tally};
use shared::transfer::{TransferInput, TransferPlan};
use std::fmt;

/// Who is harmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Victim {
    Connection,
    Server,
    Redis,
}

/// One fault.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) victim: Victim,
    /// Commands that pass before.
    pub(crate) position: usize,
    pub(crate) moment: Moment,
}

/// What happened in some rounds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    pub(crate) rounds: usize,
    pub(crate) cuts: usize,
    pub(crate) kills: usize,
    pub(crate) restarts: usize,
    /// Faults after which the transfer had happened all the same.
    pub(crate) done: usize,
    pub(crate) tally: Tally,
}

impl std::ops::AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.cuts += other.cuts;
        self.kills += other.kills;
        self.restarts += other.restarts;
        self.done += other.done;
        self.tally += other.tally;
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rounds,
            cuts,
            kills,
            restarts,
            done,
            tally,
        } = self;
        let Tally { lost, doubled } = tally;
        write!(
            formatter,
            "rounds {rounds}, cuts {cuts}, kills {kills}, redis restarts {restarts}, lost {lost}, doubled {doubled} \
             (transferred all the same: {done})"
        )
    }
}

/// Sends the request once for each fault, and then undisturbed.
pub(crate) async fn play(stage: &mut Stage, world: &World, faults: &[Fault]) -> Outcome {
    let mut outcome = Outcome {
        rounds: 1,
        ..Outcome::default()
    };
    // The state after the transfer, and its receipt, as soon as they are known.
    let mut after: Option<Snapshot> = None;
    let mut receipt: Option<Value> = None;
    for fault in faults {
        stage.ready().await;
        stage.proxy.lay(fault.ambush(stage));
        let answer = stage.send(Method::POST, &world.call).await;
        let struck = stage.proxy.lift();
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

/// The same request undisturbed, twice.
async fn ends_in_one_transfer(
    stage: &Stage,
    world: &World,
    after: Option<Snapshot>,
    receipt: Option<Value>,
) -> Tally {
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
            tally(&world.input_in(&world.origin), &world.input_in(&now), &[])
        }
    }
}

/// One receipt, one before-image, one record of the key and one of the audit came, whatever happened in between.
fn recorded_once(world: &World, now: &Snapshot) {
    let owner = world.input.owner;
    let count = |snapshot: &Snapshot, prefix: &str, field: Option<&str>| {
        let places = snapshot.keys().filter(|(key, _)| key.starts_with(prefix));
        places
            // With large values apart, the owner of an image has another name.
            .filter(|(_, name)| {
                field.is_none_or(|field| {
                    name == field.as_bytes() || *name == format!("{field}_apart").into_bytes()
                })
            })
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

/// The lists are what the planner makes of them, nobody else's value was touched, and no member is missing or doubled.
fn is_as_planned(world: &World, now: &Snapshot, receipt: &Receipt) -> Tally {
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
    assert_eq!(case.outcome.items, receipt.items);
    case.leaves_the_rest_untouched();
    tally(&world.input, &after, &receipt.items)
}

/// The case as it would be planned at this time, if that leads to these lists.
fn planned(
    world: &World,
    now: shared::timestamp::Timestamp,
    after: &TransferInput,
) -> Option<Case> {
    let before = TransferInput {
        now,
        ..world.input.clone()
    };
    let outcome = TransferPlan::new(&before)
        .ok()?
        .apply(&world.choices)
        .ok()?;
    let case = Case::new_applied(before, world.choices.clone(), outcome);
    (lists(&case.after) == lists(after)).then_some(case)
}
