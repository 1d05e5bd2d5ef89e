//! Claims on legacy accounts that have another address, and the attempts to make one.

use super::audit_write::AuditRecord;
use super::legacy_index::Candidates;
use super::script::Script;
use super::{Store, StoreError};
use shared::claim::{Claim, Claimant};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::LegacyAccount;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;
use uuid::Uuid;

/// Attempts of each user, and on each address, within [`ATTEMPT_WINDOW`].
pub const MAX_CLAIM_ATTEMPTS: u32 = 5;
const ATTEMPT_WINDOW: Duration = Duration::from_hours(1);

static COUNT_ATTEMPT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("claim_attempts.lua")));

/// A record of `users`, with the field that holds it.
pub struct LegacyRecord {
    pub field: LegacyOwner,
    pub record: Vec<u8>,
}

impl Store {
    /// Counts an attempt of this account to claim legacy accounts with this address, whether there
    /// are any or not. Returns the seconds to wait if there were too many; the attempt does not
    /// count then.
    pub async fn count_claim_attempt(
        &self,
        owner: Uuid,
        email: &NormalizedEmail,
    ) -> Result<Option<u64>, StoreError> {
        let mut call = COUNT_ATTEMPT.call(2, 0);
        call.arg(self.keys.claim_attempts(&Claimant::Account(owner)))
            .arg(self.keys.claim_attempts(&Claimant::Address(email.clone())))
            .arg(MAX_CLAIM_ATTEMPTS)
            .arg(ATTEMPT_WINDOW.as_secs());
        let wait: u64 = self.connection.script(&call, 0).await?;
        Ok((wait > 0).then_some(wait))
    }

    /// Reads the records of all legacy accounts with this address. It takes as many round trips if
    /// there are none.
    pub async fn legacy_records(
        &self,
        email: &NormalizedEmail,
    ) -> Result<Vec<LegacyRecord>, StoreError> {
        let index = self.legacy_index.as_ref().ok_or(StoreError::NotIndexed)?;
        let candidates = index.candidates(email).await?;
        let indexed = candidates.records;
        let (records, mut accounts) = self.read_records(candidates).await?;
        if records != indexed
            && let Some(newer) = index.candidates_after_walk(email, records).await?
        {
            (_, accounts) = self.read_records(newer).await?;
        }
        accounts.retain(|account| {
            let current = LegacyAccount::read(account.field.as_str(), &account.record);
            current.is_ok_and(|current| current.normalized == *email)
        });
        Ok(accounts)
    }

    /// Reads the number of all records, and the records of these accounts.
    async fn read_records(
        &self,
        candidates: Candidates,
    ) -> Result<(u64, Vec<LegacyRecord>), StoreError> {
        let fields = candidates.accounts.into_iter().map(|account| account.field);
        let fields: Vec<LegacyOwner> = fields.collect();
        let mut length = redis::cmd("HLEN");
        length.arg(self.keys.users());
        // Redis wants at least one field, and an empty one is no account's.
        let mut reads = redis::cmd("HMGET");
        reads.arg(self.keys.users()).arg("");
        reads.arg(fields.iter().map(LegacyOwner::as_str).collect::<Vec<_>>());
        let mut both = redis::pipe();
        both.add_command(length).add_command(reads);
        let (number, records): (u64, Vec<Option<Vec<u8>>>) =
            self.connection.pipeline(&both).await?;
        let records = fields.into_iter().zip(records.into_iter().skip(1));
        let records = records.filter_map(|(field, record)| {
            let record = record?;
            Some(LegacyRecord { field, record })
        });
        Ok((number, records.collect()))
    }

    /// Checks that there is a legacy account with this id.
    pub async fn is_legacy_account(&self, id: &LegacyOwner) -> Result<bool, StoreError> {
        let mut exists = redis::cmd("HEXISTS");
        exists.arg(self.keys.users()).arg(id.as_str());
        self.connection.query(&exists).await
    }

    /// Records claims on these accounts, and an audit entry before them.
    pub async fn record_claims(
        &self,
        claimant: &Claimant,
        claims: &[(LegacyOwner, Claim)],
        audit: &AuditRecord,
    ) -> Result<(), StoreError> {
        let mut write = redis::pipe();
        self.add_claim_audit(&mut write, claimant, audit);
        let key = self.keys.claims(claimant);
        for (account, claim) in claims {
            write
                .hset(&key, account.as_str(), serde_json::to_vec(claim)?)
                .ignore();
        }
        self.connection.pipeline::<()>(&write).await?;
        self.wait_for_replicas().await
    }

    /// Removes a claim, and writes an audit entry before.
    pub async fn withdraw_claim(
        &self,
        claimant: &Claimant,
        account: &LegacyOwner,
        audit: &AuditRecord,
    ) -> Result<(), StoreError> {
        let mut write = redis::pipe();
        self.add_claim_audit(&mut write, claimant, audit);
        write
            .hdel(self.keys.claims(claimant), account.as_str())
            .ignore();
        self.connection.pipeline::<()>(&write).await?;
        self.wait_for_replicas().await
    }

    /// Returns the claims of a claimant by the id of the legacy account.
    pub async fn claims(
        &self,
        claimant: &Claimant,
    ) -> Result<BTreeMap<LegacyOwner, Claim>, StoreError> {
        let mut read = redis::cmd("HGETALL");
        read.arg(self.keys.claims(claimant));
        Ok(parse_claims(self.connection.query(&read).await?))
    }

    fn add_claim_audit(
        &self,
        pipeline: &mut redis::Pipeline,
        claimant: &Claimant,
        audit: &AuditRecord,
    ) {
        let entry = audit.arguments(claimant.account(), "committed", None);
        let command = pipeline.cmd("XADD");
        command.arg(self.keys.audit()).arg(entry).ignore();
    }
}

/// Reads stored claims. Others than those of this program prove nothing.
pub(super) fn parse_claims(stored: BTreeMap<String, Vec<u8>>) -> BTreeMap<LegacyOwner, Claim> {
    let claims = stored.into_iter();
    claims
        .filter_map(|(field, claim)| {
            Some((
                LegacyOwner::new(field),
                serde_json::from_slice(&claim).ok()?,
            ))
        })
        .collect()
}
