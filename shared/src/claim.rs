//! Claims: records of ours that a legacy account belongs to a person whose address it does not
//! have. The person proved it with the old password, or an operator decided it.
//!
//! A claim moves nothing. The account joins the plan of the person, who reviews it as any other.

use crate::email::NormalizedEmail;
use crate::legacy::password_fingerprint;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The person to whom a legacy account belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimant {
    /// An account of the sign-in server.
    Account(Uuid),
    /// The person who has this verified address.
    Address(NormalizedEmail),
}

impl Claimant {
    /// Reads the id of an account, or an address.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Uuid::parse_str(text).ok().map(Self::Account);
        id.or_else(|| NormalizedEmail::parse(text).map(Self::Address))
    }

    /// The id of the account, if the claimant is named by one.
    pub fn account(&self) -> Option<Uuid> {
        match self {
            Self::Account(id) => Some(*id),
            Self::Address(_) => None,
        }
    }
}

/// A claim on one legacy account, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The reason to believe it.
    #[serde(flatten)]
    pub proof: Proof,
    /// The time of the claim.
    pub at: Timestamp,
}

/// The reason to believe a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "proof", rename_all = "kebab-case")]
pub enum Proof {
    /// The person knew the password of the legacy account.
    Password {
        /// [`password_fingerprint`] of the record. A claim ends when the password changes.
        fingerprint: String,
    },
    /// An operator decided it.
    Operator,
}

impl Claim {
    /// A claim by the password of this record. Returns `None` if the record has none.
    pub fn by_password(record: &[u8], at: Timestamp) -> Option<Self> {
        let fingerprint = password_fingerprint(record)?;
        let proof = Proof::Password { fingerprint };
        Some(Self { proof, at })
    }

    /// Whether the claim holds for the account with this record.
    pub fn holds_for(&self, record: &[u8]) -> bool {
        match &self.proof {
            Proof::Operator => true,
            Proof::Password { fingerprint } => {
                password_fingerprint(record).as_ref() == Some(fingerprint)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &[u8] = br#"{"full_name": "A", "password": {"salt": "x"}}"#;
    const RENAMED: &[u8] = br#"{"full_name": "B", "password": {"salt": "x"}}"#;
    const OTHER_PASSWORD: &[u8] = br#"{"full_name": "A", "password": {"salt": "y"}}"#;

    #[test]
    fn claim_by_password_ends_when_the_password_changes() {
        let claim = Claim::by_password(RECORD, Timestamp::EPOCH).expect("a password");
        assert!(claim.holds_for(RECORD) && claim.holds_for(RENAMED));
        assert!(!claim.holds_for(OTHER_PASSWORD) && !claim.holds_for(b"{}"));
        assert!(Claim::by_password(b"{}", Timestamp::EPOCH).is_none());
    }

    #[test]
    fn decision_of_an_operator_holds_for_every_record() {
        let claim = Claim {
            proof: Proof::Operator,
            at: Timestamp::EPOCH,
        };
        assert!(claim.holds_for(RECORD) && claim.holds_for(b"{}"));
    }

    #[test]
    fn stored_form_is_stable() {
        let at = Timestamp::EPOCH;
        let operator = Claim {
            proof: Proof::Operator,
            at,
        };
        let password = Claim {
            proof: Proof::Password {
                fingerprint: "f".to_owned(),
            },
            at,
        };
        for (claim, json) in [
            (
                operator,
                r#"{"proof":"operator","at":"1970-01-01T00:00:00Z"}"#,
            ),
            (
                password,
                r#"{"proof":"password","fingerprint":"f","at":"1970-01-01T00:00:00Z"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&claim).expect("JSON"), json);
            assert_eq!(serde_json::from_str::<Claim>(json).expect("read"), claim);
        }
    }

    #[test]
    fn claimant_is_an_account_or_an_address() {
        let id = "7989abde-2951-42d5-915f-1522eaddc55a";
        let account = Claimant::parse(id).expect("an id");
        assert_eq!(
            account.account().map(|id| id.to_string()).as_deref(),
            Some(id)
        );
        let address = Claimant::parse(" A@Example.org").expect("an address");
        assert_eq!(address.account(), None);
        assert_eq!(Claimant::parse("somebody"), None);
    }
}
