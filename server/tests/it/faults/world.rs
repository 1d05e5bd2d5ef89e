//! The stored data of a round, and its request.

use super::stage::{Call, Snapshot, Stage};
use fastrand::Rng;
use http::Method;
use serde_json::{Value, json};
use shared::api::{Choices, Plan};
use shared::ids::LegacyOwner;
use shared::testing::byte_source::ByteSource;
use shared::testing::entries::{self, Uids};
use shared::testing::inputs;
use shared::timestamp::Timestamp;
use shared::transfer::earlier::EarlierResults;
use shared::transfer::{Source, TransferInput, TransferPlan, anonymous};
use uuid::Uuid;

const HASHES: [&str; 4] = [
    "users",
    "collections",
    "collections2",
    "migratable-accounts",
];

/// The kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Migration,
    Import,
    UndoMigration,
    UndoImport,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [
        Self::Migration,
        Self::Import,
        Self::UndoMigration,
        Self::UndoImport,
    ];
}

pub(crate) struct World {
    pub(crate) kind: Kind,
    pub(crate) call: Call,
    /// The input of the plan, before anything happened.
    pub(crate) input: TransferInput,
    pub(crate) choices: Choices,
    /// Redis before the request.
    pub(crate) before: Snapshot,
    /// Redis before the transfer that the request undoes.
    pub(crate) origin: Snapshot,
    /// The least number of commands of the request.
    pub(crate) commands: usize,
}

impl World {
    /// Fills Redis with a random case in which something can be transferred.
    pub(crate) async fn random(stage: &mut Stage, random: &mut Rng, kind: Kind) -> Self {
        stage.ready().await;
        loop {
            let mut bytes = [0; 600];
            random.fill(&mut bytes);
            if let Some(world) = Self::of(stage, &mut ByteSource::new(&bytes), kind).await {
                return world;
            }
        }
    }

    async fn of(stage: &Stage, byte_source: &mut ByteSource<'_>, kind: Kind) -> Option<Self> {
        stage.clear().await;
        let mut uids = Uids::default();
        let owner = Uuid::parse_str(&stage.person.user_id).expect("an id");
        let import = matches!(kind, Kind::Import | Kind::UndoImport);
        let browser = inputs::browser(byte_source);
        let mut input = TransferInput {
            owner,
            target: entries::value(byte_source, &mut uids),
            sources: legacy(byte_source, &mut uids, &stage.person.email),
            earlier: EarlierResults::default(),
            now: inputs::now(),
        };
        store(stage, &input).await;
        let stored = stage.snapshot().await;
        read_again(&mut input, &stored);
        // An account without a list is not shown; those that are come in the order of their ids.
        input.sources.retain(|source| source.list.is_some());
        if import {
            input.sources = vec![anonymous::source(&browser)];
        }
        let plan = TransferPlan::new(&input).ok()?;
        let choices = inputs::choices(&plan.plan, byte_source);
        plan.apply(&choices).ok()?;
        let collections = json!(browser);
        let (transfer, fingerprint) = if import {
            let plan = json!({ "collections": collections });
            let fingerprint =
                plan_of(stage, Method::POST, "/api/v1/imports/plan", Some(plan)).await;
            let body = json!({ "collections": collections, "choices": choices });
            (("/api/v1/imports", body), fingerprint)
        } else {
            let fingerprint = plan_of(stage, Method::GET, "/api/v1/legacy", None).await;
            (
                ("/api/v1/migrations", json!({ "choices": choices })),
                fingerprint,
            )
        };
        let mut call = Call {
            path: transfer.0.to_owned(),
            headers: vec![
                ("if-match", format!("\"{fingerprint}\"")),
                ("idempotency-key", "the-transfer".to_owned()),
            ],
            body: Some(transfer.1),
        };
        let origin = stage.snapshot().await;
        let mut before = origin.clone();
        // The idempotency record, each value that the plan reads, and the script.
        let mut commands = 2 + if import {
            1
        } else {
            2 + 2 * input.sources.len()
        };
        if matches!(kind, Kind::UndoMigration | Kind::UndoImport) {
            let (status, receipt) = stage.send(Method::POST, &call).await.expect("an answer");
            assert_eq!(status, 201, "{receipt}");
            call = Call {
                path: format!(
                    "/api/v1/receipts/{}/undo",
                    receipt["id"].as_str().expect("an id")
                ),
                headers: vec![("idempotency-key", "the-undo".to_owned())],
                body: None,
            };
            before = stage.snapshot().await;
            commands = 5;
        }
        Some(Self {
            kind,
            call,
            input,
            choices,
            before,
            origin,
            commands,
        })
    }

    /// Returns the input of the plan, as it is in a snapshot.
    pub(crate) fn input_in(&self, snapshot: &Snapshot) -> TransferInput {
        let mut input = self.input.clone();
        read_again(&mut input, snapshot);
        input
    }
}

/// Reads the input of the plan from a snapshot. Accounts with the same spelling share one flag.
fn read_again(input: &mut TransferInput, snapshot: &Snapshot) {
    let value = |key: &str, field: &str| {
        let place = (key.to_owned(), field.as_bytes().to_vec());
        snapshot.get(&place).cloned()
    };
    input.target = value("collections2", &input.owner.to_string());
    for source in &mut input.sources {
        if let (Some(owner), Some(email)) = (&source.owner, &source.email) {
            source.list = value("collections", owner.as_str());
            source.flag = value("migratable-accounts", email);
        }
    }
}

/// Returns the content of GN2's and gn-auth's hashes in a snapshot.
pub(crate) fn foreign(snapshot: &Snapshot) -> Snapshot {
    let theirs = snapshot
        .iter()
        .filter(|((key, _), _)| HASHES.contains(&key.as_str()));
    theirs
        .map(|(place, value)| (place.clone(), value.clone()))
        .collect()
}

/// Returns one to three accounts of the address in different spellings.
fn legacy(byte_source: &mut ByteSource<'_>, uids: &mut Uids, email: &str) -> Vec<Source> {
    let count = byte_source.below(3) + 1;
    let owner = |number: usize| Uuid::from_u128(number as u128).to_string();
    (1..=count)
        .map(|number| Source {
            owner: Some(LegacyOwner::new(owner(number))),
            email: Some(match byte_source.below(3) {
                0 => email.to_owned(),
                1 => email.to_uppercase(),
                _ => format!(" {email}\n"),
            }),
            full_name: Some("Somebody".to_owned()),
            list: entries::any_value(byte_source, uids),
            flag: inputs::flag(byte_source, &owner(number)),
            ..Source::default()
        })
        .collect()
}

async fn store(stage: &Stage, input: &TransferInput) {
    let mut writes = redis::pipe();
    let mut set = |key: &str, field: &str, value: &[u8]| {
        writes.hset(key, field, value).ignore();
    };
    // Somebody else, whom nothing of this concerns.
    let other = br#"{"user_id": "other", "email_address": "other@example.org"}"#;
    set("users", "other", other);
    for number in 0..stage.strangers() {
        set("users", &format!("other-{number}"), other);
    }
    set(
        "collections",
        "other",
        br#"[{"uid": 9, "members": ["m0:D"]}]"#,
    );
    set("collections2", "other", b"oops");
    set("migratable-accounts", "other@example.org", b"{}");
    if let Some(target) = &input.target {
        set("collections2", &input.owner.to_string(), target);
    }
    for source in &input.sources {
        let (owner, email) = (
            source.owner.as_ref().expect("an owner").as_str(),
            source.email.as_deref(),
        );
        let record = json!({ "user_id": owner, "full_name": "Somebody", "email_address": email });
        set("users", owner, record.to_string().as_bytes());
        if let Some(list) = &source.list {
            set("collections", owner, list);
        }
        if let (Some(flag), Some(email)) = (&source.flag, email) {
            set("migratable-accounts", email, flag);
        }
    }
    writes
        .query_async::<()>(&mut stage.redis.connect().await)
        .await
        .expect("stored");
}

/// Requests a plan and returns its fingerprint.
async fn plan_of(stage: &Stage, method: Method, path: &str, body: Option<Value>) -> String {
    let call = Call {
        path: path.to_owned(),
        headers: Vec::new(),
        body,
    };
    let (status, plan) = stage.send(method, &call).await.expect("an answer");
    assert_eq!(status, 200, "{plan}");
    let plan: Plan = serde_json::from_value(plan).expect("a plan");
    plan.fingerprint.expect("a fingerprint")
}

/// Returns the times at which a transfer that was recorded at this time may have been planned.
pub(crate) fn shortly_before(at: Timestamp) -> impl Iterator<Item = Timestamp> {
    (0..30).filter_map(move |seconds| Timestamp::from_unix(at.unix() - seconds))
}
