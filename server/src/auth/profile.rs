//! The auth server's description of a person, in the form of gn-auth and of OpenID Connect.

use super::user::VerifiedUser;
use crate::config::EmailTrust;
use serde::Deserialize;
use shared::api::Group;
use uuid::Uuid;

/// Members of a userinfo response, of a token's claims, or of an introspection response. gn-auth
/// calls the account `user_id`, OpenID Connect calls it `sub`.
#[derive(Deserialize)]
pub(super) struct Profile {
    user_id: Option<Uuid>,
    sub: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    name: Option<String>,
    #[serde(default)]
    group: GroupMember,
}

/// gn-auth sends `false` for "no group".
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum GroupMember {
    Some {
        group_id: String,
        group_name: String,
    },
    Other(serde::de::IgnoredAny),
    #[default]
    Absent,
}

impl Profile {
    /// The account's id. Owners are UUIDs, so other subjects are ignored.
    pub(super) fn id(&self) -> Option<Uuid> {
        self.user_id.or_else(|| self.subject())
    }

    fn subject(&self) -> Option<Uuid> {
        Uuid::parse_str(self.sub.as_deref()?).ok()
    }

    /// Whether `user_id` and `sub` name two accounts. Neither is then to be believed.
    pub(super) fn is_contradictory(&self) -> bool {
        self.user_id.is_some() && self.sub.is_some() && self.user_id != self.subject()
    }

    /// Returns `None` without an address or a single account.
    pub(super) fn user(self, trust: EmailTrust) -> Option<VerifiedUser> {
        if self.is_contradictory() {
            return None;
        }
        let user_id = self.id()?;
        let email = self.email?;
        Some(VerifiedUser {
            user_id,
            email_verified: match trust {
                EmailTrust::Claim => self.email_verified == Some(true),
                EmailTrust::Issuer => self.email_verified != Some(false),
            },
            name: self.name.unwrap_or_else(|| email.clone()),
            email,
            group: match self.group {
                GroupMember::Some {
                    group_id,
                    group_name,
                } => Some(Group {
                    id: group_id,
                    name: group_name,
                }),
                GroupMember::Other(_) | GroupMember::Absent => None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7989abde-2951-42d5-915f-1522eaddc55a";

    fn user(json: &str, trust: EmailTrust) -> Option<VerifiedUser> {
        serde_json::from_str::<Profile>(json).ok()?.user(trust)
    }

    #[test]
    fn profiles_of_gn_auth_and_openid_connect_are_read() {
        let gn_auth = format!(
            r#"{{"user_id": "{ID}", "email": "a@b.example", "name": "A", "group": {{"group_id": "g", "group_name": "G", "group_metadata": {{}}}}}}"#
        );
        let read = user(&gn_auth, EmailTrust::Issuer).expect("a user");
        assert!(read.email_verified && read.group.is_some());
        let oidc = format!(r#"{{"sub": "{ID}", "email": "a@b.example", "email_verified": true}}"#);
        let read = user(&oidc, EmailTrust::Claim).expect("a user");
        assert_eq!((read.name.as_str(), read.group), ("a@b.example", None));
        assert!(read.email_verified);
    }

    #[test]
    fn address_is_verified_by_the_claim_or_by_the_operator() {
        for (claim, by_claim, by_issuer) in [
            (r#", "email_verified": true"#, true, true),
            (r#", "email_verified": false"#, false, false),
            (r#", "email_verified": null"#, false, true),
            ("", false, true),
        ] {
            let json = format!(r#"{{"user_id": "{ID}", "email": "a@b.example"{claim}}}"#);
            for (trust, verified) in [
                (EmailTrust::Claim, by_claim),
                (EmailTrust::Issuer, by_issuer),
            ] {
                let read = user(&json, trust).expect("a user");
                assert_eq!(read.email_verified, verified, "{claim} {trust:?}");
                assert_eq!(read.proven_email().is_some(), verified);
            }
        }
    }

    #[test]
    fn user_id_and_sub_must_agree() {
        for (sub, agree) in [
            (ID, true),
            (&*ID.to_uppercase(), true),
            ("b4f2c1de-2951-42d5-915f-1522eaddc55a", false),
            ("not-a-uuid", false),
        ] {
            let json = format!(r#"{{"user_id": "{ID}", "sub": "{sub}", "email": "a@b.example"}}"#);
            assert_eq!(user(&json, EmailTrust::Issuer).is_some(), agree, "{sub}");
        }
    }

    #[test]
    fn profile_without_account_or_address_is_no_user() {
        for json in [
            "{}".to_owned(),
            r#"{"sub": "not-a-uuid", "email": "a@b.example"}"#.to_owned(),
            r#"{"user_id": 7, "email": "a@b.example"}"#.to_owned(),
            format!(r#"{{"sub": "{ID}"}}"#),
            format!(r#"{{"sub": "{ID}", "email": "a@b.example", "email_verified": "true"}}"#),
        ] {
            assert!(user(&json, EmailTrust::Issuer).is_none(), "{json}");
        }
    }
}
