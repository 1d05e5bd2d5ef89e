//! Legacy accounts as GN2 wrote them, with the irregularities of the real data.

use super::values::{hex, registration_time, uuid};
use fastrand::Rng;

const ORGANISATIONS: [&str; 6] = ["UTHSC", "EPFL", "JAX", "University of Nairobi", "UCLA", ""];
const DOMAINS: [&str; 5] = [
    "uthsc.example",
    "epfl.example",
    "jax.example",
    "uon.example",
    "mail.example",
];

pub(super) struct Account {
    /// The field of the hash `users`.
    pub(super) field: String,
    /// The address as the person typed it; `None` after a sign-in by GitHub or ORCID.
    pub(super) email: Option<String>,
    /// The record as JSON.
    pub(super) record: String,
}

impl Account {
    /// Returns a random account. Of 1,000 accounts, 30 signed in by GitHub or ORCID, 20 have the
    /// address of the account before, 50 have capitals and 5 a space in it, 10 have no `user_id`
    /// and 20 have an old password.
    pub(super) fn random(rng: &mut Rng, number: u32) -> Self {
        let field = uuid(rng);
        if rng.u16(..1_000) < 30 {
            return Self {
                record: by_another_service(rng, &field),
                email: None,
                field,
            };
        }
        let is_shared = rng.u16(..1_000) < 20;
        let email = address(rng, number - u32::from(is_shared));
        let id = if rng.u16(..1_000) < 10 {
            String::new()
        } else {
            format!(r#""user_id": "{field}", "#)
        };
        let registered = registration_time(rng);
        let record = format!(
            r#"{{{id}"full_name": "Researcher {number}", "email_address": "{email}", "organization": "{}", "active": 1, "confirmed": 1, "password": {}, "registration_info": {{"timestamp": "{registered}", "ip_address": "192.0.2.{}", "user_agent": "Mozilla/5.0"}}}}"#,
            ORGANISATIONS[rng.usize(..ORGANISATIONS.len())],
            password(rng, &registered),
            rng.u8(..),
        );
        Self {
            field,
            email: Some(email),
            record,
        }
    }
}

fn address(rng: &mut Rng, number: u32) -> String {
    // An address that two accounts share has one domain.
    let domain = DOMAINS[number as usize % DOMAINS.len()];
    let address = format!("researcher{number}@{domain}");
    match rng.u16(..1_000) {
        0..25 => address.to_uppercase(),
        25..50 => format!("R{}", &address[1..]),
        50..55 => format!(" {address}"),
        _ => address,
    }
}

fn password(rng: &mut Rng, created: &str) -> String {
    let hash = hex(rng, 64);
    let salt = hex(rng, 43);
    let password = format!(
        r#"{{"algorithm": "pbkdf2", "hashfunc": "sha256", "salt": "{salt}=", "iterations": 1000, "keylength": 32, "created_timestamp": "{created}", "password": "{hash}"}}"#
    );
    if rng.u16(..1_000) < 20 {
        // GN2 encoded it twice with `json.dumps`.
        format!("\"{}\"", password.replace('"', "\\\""))
    } else {
        password
    }
}

fn by_another_service(rng: &mut Rng, field: &str) -> String {
    let number = rng.u32(1..10_000_000);
    let service = if rng.bool() {
        format!(r#""github_id": {number}, "login_type": "github""#)
    } else {
        format!(r#""orcid": "0000-0002-{number:08}", "login_type": "orcid""#)
    };
    format!(
        r#"{{"user_id": "{field}", "name": "None", {service}, "user_url": "https://example.org/{number}", "organization": "", "active": 1, "confirmed": 1}}"#
    )
}

/// Returns the value of an address in gn-auth's hash `migratable-accounts`.
pub(super) fn migration_flag(id: &str, migrated: bool) -> String {
    format!(
        r#"{{"user_id": "{id}", "collections-migrated": {migrated}, "resources_migrated": false}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn records_are_json_and_hold_the_address_of_the_account() {
        let mut rng = Rng::with_seed(3);
        let (mut strings, mut without_id) = (0, 0);
        for number in 2..3_000 {
            let account = Account::random(&mut rng, number);
            let record: Value = serde_json::from_str(&account.record).unwrap();
            let email = record.get("email_address").and_then(Value::as_str);
            assert_eq!(email, account.email.as_deref());
            strings += u32::from(record["password"].is_string());
            without_id += u32::from(record.get("user_id").is_none());
        }
        assert!(strings > 0 && without_id > 0, "{strings} {without_id}");
    }
}
