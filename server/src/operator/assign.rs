//! `gn-collections assign`: records that a legacy account belongs to a person, for accounts whose
//! password nobody can check. Moves nothing: the person sees the offer and decides.

use super::{OperatorError, open_store, print_json};
use crate::clock::now;
use crate::config::StoreArguments;
use crate::store::{ActorKind, AuditRecord, Store};
use shared::claim::{Claim, Claimant, Proof};
use shared::ids::LegacyOwner;
use uuid::Uuid;

#[derive(clap::Args)]
pub struct Assignment {
    /// Id of the legacy account: its field in `users`. Without it, the accounts that were claimed
    /// by the person or assigned to them are listed.
    #[arg(long, value_name = "ID")]
    legacy: Option<String>,
    /// The person: the id of the account at the new auth server, or its verified e-mail address.
    #[arg(long, value_name = "ADDRESS-OR-ID")]
    to: String,
    /// Withdraw the assignment or claim. What was moved stays moved.
    #[arg(long, requires = "legacy")]
    remove: bool,
}

/// Records, withdraws or lists assignments, and prints those of the person as JSON.
pub async fn run(store: StoreArguments, assignment: Assignment) -> Result<(), OperatorError> {
    let claimant = Claimant::parse(&assignment.to).ok_or(OperatorError::NoPerson)?;
    let store = open_store(store).await?;
    if let Some(legacy) = assignment.legacy.map(LegacyOwner::new) {
        if assignment.remove {
            withdraw(&store, &claimant, legacy).await?;
        } else {
            assign(&store, &claimant, legacy).await?;
        }
    }
    print_json(&store.claims(&claimant).await?)
}

async fn assign(
    store: &Store,
    claimant: &Claimant,
    legacy: LegacyOwner,
) -> Result<(), OperatorError> {
    if !store.is_legacy_account(&legacy).await? {
        return Err(OperatorError::NoLegacyAccount(legacy));
    }
    let audit = audit("assign", &legacy);
    let claim = Claim {
        proof: Proof::Operator,
        at: now(),
    };
    Ok(store
        .record_claims(claimant, &[(legacy, claim)], &audit)
        .await?)
}

async fn withdraw(
    store: &Store,
    claimant: &Claimant,
    legacy: LegacyOwner,
) -> Result<(), OperatorError> {
    if !store.claims(claimant).await?.contains_key(&legacy) {
        return Err(OperatorError::NotAssigned(legacy));
    }
    let audit = audit("withdraw", &legacy);
    Ok(store.withdraw_claim(claimant, &legacy, &audit).await?)
}

fn audit(kind: &'static str, legacy: &LegacyOwner) -> AuditRecord {
    AuditRecord {
        actor: ActorKind::Operator,
        kind,
        from: legacy.as_str().to_owned(),
        collections: 0,
        members: 0,
        request_id: format!("operator-{}", Uuid::new_v4()),
    }
}
