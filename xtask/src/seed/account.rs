//! Legacy accounts as GN2 wrote them, with the oddities that it let in.

use super::text::{hex, registration_time, uuid};
use fastrand::Rng;

const ORGANISATIONS: [&str; 6] = ["UTHSC", "EPFL", "JAX", "University of Nairobi", "UCLA", ""];
const DOMAINS: [&str; 5] = [
    "uthsc.example",
    "epfl.example",
    "jax.example",
    "uon.example",
    "mail.example",
];

/// A record of `users`.
pub(super) struct Account {
    /// The field it lies under.
    pub(super) field: String,
    /// The address as it was typed; none for sign-ins by GitHub or ORCID.
    pub(super) email: Option<String>,
    /// The record as JSON.
    pub(super) record: String,
}

impl Account {
    /// Somebody. Of a thousand, 30 signed in by GitHub or ORCID, 20 share an address with the one before, 50 typed
    /// capitals and 5 a space, 10 have no `user_id` and 20 an old password.
    pub(super) fn random(rng: &mut Rng, number: u32) -> Self {
        let field = uuid(rng);
        if rng.u16(..1_000) < 30 {
            return Self {
                record: by_another_service(rng, &field),
                email: None,
                field,
            };
        }
        let of = if rng.u16(..1_000) < 20 {
            number - 1
        } else {
            number
        };
        let email = address(rng, of);
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
    // The same person is at the same place.
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
        // Written twice through `json.dumps`.
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

/// gn-auth's record of an address in `migratable-accounts`.
pub(super) fn flag(id: &str, migrated: bool) -> String {
    format!(
        r#"{{"user_id": "{id}", "collections-migrated": {migrated}, "resources_migrated": false}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn records_are_json_and_hold_the_address_they_are_flagged_by() {
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
