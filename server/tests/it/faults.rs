//! Cuts connections and kills the server and Redis at every command of a transfer. Redis then holds
//! the state before or after the transfer, and the repeated request ends in exactly one transfer.
//!
//! - [`stage`]: Redis, the proxy, the server as a process of its own
//! - [`world`]: what is stored, and the request that is disturbed
//! - [`round`]: one request, disturbed, repeated and checked

mod round;
mod stage;
mod world;

use crate::harness::{FaultPoint, ProxyFault, long, say, seed};
use fastrand::Rng;
use round::{Fault, FaultStatistics, Victim};
use stage::Stage;
use world::{Kind, World};

/// Up to three random faults in a row.
#[tokio::test(flavor = "multi_thread")]
async fn random_faults_lose_and_duplicate_nothing() {
    let mut random = Rng::with_seed(seed("random faults"));
    let mut stage = Stage::set().await;
    let mut total = FaultStatistics::default();
    let rounds = if long() { 1_000 } else { 60 };
    for _ in 0..rounds {
        let kind = random.choice(Kind::ALL).expect("a kind");
        let world = World::random(&mut stage, &mut random, kind).await;
        let faults: Vec<Fault> = (0..random.usize(1..=3))
            .map(|_| fault(&mut random, &world))
            .collect();
        total += round::play(&mut stage, &world, &faults).await;
    }
    say(&format!("random faults: {total}"));
    assert_eq!(total.rounds, rounds);
    assert_eq!((total.tally.lost, total.tally.duplicated), (0, 0));
    assert!(
        total.cuts + total.kills + total.restarts >= rounds,
        "every round had its fault"
    );
}

fn fault(random: &mut Rng, world: &World) -> Fault {
    let victim = match random.u8(0..10) {
        0..6 => Victim::Connection,
        6..8 => Victim::Server,
        _ => Victim::Redis,
    };
    // A third of the faults strike at the script, which writes everything.
    let position = if random.u8(0..3) == 0 {
        random.usize(world.commands - 1..world.commands + 2)
    } else {
        random.usize(0..world.commands)
    };
    Fault {
        victim,
        position,
        moment: random.choice(FaultPoint::ALL).expect("a moment"),
    }
}

/// A cut at every command of every kind of request, before and after it.
#[tokio::test(flavor = "multi_thread")]
async fn cut_at_any_command_leaves_all_or_nothing() {
    let mut random = Rng::with_seed(seed("every command"));
    let mut stage = Stage::set().await;
    let mut total = FaultStatistics::default();
    for kind in Kind::ALL {
        for moment in FaultPoint::ALL {
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
    say(&format!("every command: {total}"));
    assert_eq!((total.tally.lost, total.tally.duplicated), (0, 0));
}

impl Fault {
    fn proxy_fault(self, stage: &Stage) -> ProxyFault {
        ProxyFault {
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
