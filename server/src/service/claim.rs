//! Claims the legacy accounts with another address, for a person who knows their password.
//!
//! An unknown address and a wrong password are the same to the person: the same attempts, the same
//! work, the same answer. A claim moves nothing; the accounts join the person's plan.

use super::password_check::PasswordChecker;
use crate::auth::VerifiedUser;
use crate::clock::now;
use crate::store::{ActorKind, AuditRecord, LegacyRecord, Store, StoreError};
use secrecy::{ExposeSecret, SecretString};
use shared::claim::{Claim, Claimant};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::StoredPassword;

/// GN2's form accepted shorter passwords only.
const MAX_PASSWORD_BYTES: usize = 1024;

/// The sign-in of a legacy account.
pub struct ClaimAttempt {
    pub email: String,
    pub password: SecretString,
    pub request_id: String,
}

/// Why nothing was claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the e-mail address is not verified")]
    EmailNotVerified,
    #[error("{field}: {reason}")]
    Invalid {
        field: &'static str,
        reason: &'static str,
    },
    #[error("too many passwords are being checked")]
    Busy,
    #[error("too many attempts to claim an account")]
    TooManyAttempts { seconds: u64 },
    /// There is no such account, or it has another password.
    #[error("no legacy account has this address and password")]
    Refused {
        /// The accounts with this address. The person must not learn of them.
        accounts: Vec<LegacyOwner>,
    },
}

/// Claims every legacy account with this address and password, and returns their ids.
pub async fn claim_accounts(
    store: &Store,
    checker: &PasswordChecker,
    user: &VerifiedUser,
    attempt: ClaimAttempt,
) -> Result<Vec<LegacyOwner>, ClaimError> {
    user.proven_email().ok_or(ClaimError::EmailNotVerified)?;
    let email = NormalizedEmail::parse(&attempt.email).ok_or(ClaimError::Invalid {
        field: "email",
        reason: "it is not an e-mail address",
    })?;
    if !(1..=MAX_PASSWORD_BYTES).contains(&attempt.password.expose_secret().len()) {
        return Err(ClaimError::Invalid {
            field: "password",
            reason: "it must be 1 to 1,024 bytes long",
        });
    }
    // Before the attempt is counted: nobody loses one because others try.
    let turn = checker.turn().await.ok_or(ClaimError::Busy)?;
    if let Some(seconds) = store.count_claim_attempt(user.user_id, &email).await? {
        return Err(ClaimError::TooManyAttempts { seconds });
    }
    let accounts = store.legacy_records(&email).await?;
    let stored = accounts.iter();
    let stored = stored.map(|account| StoredPassword::read(&account.record));
    let matches = turn.matches(stored.collect(), attempt.password).await;
    let at = now();
    let claim = |account: &LegacyRecord| {
        Some((
            account.field.clone(),
            Claim::by_password(&account.record, at)?,
        ))
    };
    let claimed = accounts.iter().zip(matches);
    let claims: Vec<_> = claimed
        .filter_map(|(account, matches)| matches.then(|| claim(account)).flatten())
        .collect();
    if claims.is_empty() {
        let accounts = accounts.into_iter().map(|account| account.field).collect();
        return Err(ClaimError::Refused { accounts });
    }
    let owners: Vec<_> = claims.iter().map(|(owner, _)| owner.clone()).collect();
    let from: Vec<_> = owners.iter().map(LegacyOwner::as_str).collect();
    let audit = AuditRecord {
        actor: ActorKind::Person,
        kind: "claim",
        from: from.join(" "),
        collections: 0,
        members: 0,
        request_id: attempt.request_id,
    };
    let claimant = Claimant::Account(user.user_id);
    store.record_claims(&claimant, &claims, &audit).await?;
    Ok(owners)
}
