//! Connections cut, the server and Redis killed, at every command of a transfer: what was there before is there
//! whole, or what comes after is, and the same request again ends in exactly one transfer.
//!
//! - [`stage`]: Redis, the proxy, the server as a process of its own
//! - [`world`]: what is stored, and the request that is disturbed
//! - [`round`]: one request, disturbed, repeated and checked

mod round;
mod stage;
mod world;

use crate::harness::{Ambush, Moment, long, say, seed};
use fastrand::Rng;
use round::{Fault, Outcome, Victim};
use stage::Stage;
use world::{Kind, World};

/// Faults at random: any victim, any command, any moment, up to three in a row.
#[tokio::test(flavor = "multi_thread")]
async fn after_random_faults_everything_is_there_exactly_once() {
    random_faults(false).await;
}

/// The same, as if every list were large.
#[tokio::test(flavor = "multi_thread")]
async fn after_random_faults_large_lists_are_there_exactly_once() {
    random_faults(true).await;
}

async fn random_faults(large: bool) {
    let mut random = Rng::with_seed(seed("random faults"));
    let mut stage = Stage::set(large).await;
    let mut total = Outcome::default();
    let rounds = if long() { 1_000 } else { 60 };
    for _ in 0..rounds {
        let kind = random.choice(Kind::ALL).expect("a kind");
        let world = World::random(&mut stage, &mut random, kind).await;
        let faults: Vec<Fault> = (0..random.usize(1..=3))
            .map(|_| fault(&mut random, &world, large))
            .collect();
        total += round::play(&mut stage, &world, &faults).await;
    }
    say(&format!("large lists {large}: {total}"));
    assert_eq!(total.rounds, rounds);
    assert_eq!((total.tally.lost, total.tally.doubled), (0, 0));
    assert!(
        total.cuts + total.kills + total.restarts >= rounds,
        "every round had its fault"
    );
}

fn fault(random: &mut Rng, world: &World, large: bool) -> Fault {
    let victim = match random.u8(0..10) {
        0..6 => Victim::Connection,
        6..8 => Victim::Server,
        _ => Victim::Redis,
    };
    // The script is where it all happens, and for large lists the transaction behind what it looks at: a third of the
    // faults strike there, or their sending.
    let position = if random.u8(0..3) == 0 {
        random.usize(world.commands - 1..world.commands + if large { 24 } else { 2 })
    } else {
        random.usize(0..world.commands)
    };
    Fault {
        victim,
        position,
        moment: random.choice(Moment::ALL).expect("a moment"),
    }
}

/// Every command of every kind of request, at every moment, one after the other until none is left to cut.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_at_any_command_leaves_all_or_nothing() {
    cut_every_command(false).await;
}

/// The same, as if every list were large.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_at_any_command_for_a_large_list_leaves_all_or_nothing() {
    cut_every_command(true).await;
}

async fn cut_every_command(large: bool) {
    let mut random = Rng::with_seed(seed("every command"));
    let mut stage = Stage::set(large).await;
    let mut total = Outcome::default();
    for kind in Kind::ALL {
        for moment in Moment::ALL {
            for position in 0.. {
                let world = World::random(&mut stage, &mut random, kind).await;
                // Without the script Redis has to be sent it first: two commands more.
                stage.forget_scripts().await;
                let fault = Fault {
                    victim: Victim::Connection,
                    position,
                    moment,
                };
                let outcome = round::play(&mut stage, &world, &[fault]).await;
                total += outcome;
                if outcome.cuts == 0 {
                    assert!(
                        position >= world.commands,
                        "{kind:?}: only {position} commands"
                    );
                    break;
                }
            }
        }
    }
    say(&format!("every command, large lists {large}: {total}"));
    assert_eq!((total.tally.lost, total.tally.doubled), (0, 0));
}

impl Fault {
    fn ambush(self, stage: &Stage) -> Ambush {
        Ambush {
            position: self.position,
            moment: self.moment,
            kill: match self.victim {
                Victim::Connection => None,
                Victim::Server => Some(stage.server.pid()),
                Victim::Redis => Some(stage.redis.pid()),
            },
        }
    }
}
