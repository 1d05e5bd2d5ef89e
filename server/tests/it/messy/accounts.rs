//! Cases of account records.

use super::world::{names, person, reported, start};
use crate::harness::MessyCase;

pub(super) async fn check(case: &MessyCase) {
    let emails: &[&str] = match case.case.as_str() {
        "account: international domain" => {
            &["person@xn--bcher-kva.example", "person@bücher.example"]
        }
        "account: decomposed accents" => &["p\u{e9}rson@example.org"],
        _ => &["person@example.org"],
    };
    for email in emails {
        let person = person(email);
        let setup = start(case, &person, &case.field).await;
        let before = setup.redis.content().await;
        let plan = setup.get(&person, "/api/v1/legacy").await;
        assert_eq!(plan.status, 200, "{}", case.case);
        let text = plan.body.to_string();
        assert!(
            !text.contains("pbkdf2") && !text.contains("registration_info"),
            "{}",
            case.case
        );
        let found = names(&plan);
        let has = |name: &str| found.iter().any(|found| found == name);
        if *email == "person@example.org" {
            assert!(
                has("of the sound one"),
                "{}: the sound account is served",
                case.case
            );
        }
        match case.expect.as_str() {
            "the sound account's person is served as if this record were not there; the operator's report lists it" =>
            {
                assert_eq!(found, ["of the sound one"], "{}", case.case);
                assert!(reported(&setup, case, &case.field).await, "{}", case.case);
            }
            "collections under either id are found, listed once" => {
                assert!(has("under one") && has("under two"), "{}", case.case);
                assert_eq!(found.len(), 3, "{}: each once", case.case);
            }
            "found, or listed for the operator as unreadable; never a failure for anybody" => {
                assert!(
                    !has("under two") && found.len() <= 2,
                    "{}: {found:?}",
                    case.case
                );
            }
            "found"
            | "found for person@example.org"
            | "found for person@xn--bcher-kva.example and the other way round"
            | "found for the composed spelling of the same address"
            | "found: the new server verified the address"
            | "found; nothing of the password is ever read, logged or returned"
            | "found; the name is shown with a replacement character"
            | "the hash field is the id: its collections are found" => assert!(
                has("under one") && !has("under two"),
                "{}: {found:?}",
                case.case
            ),
            unknown => panic!("{}: what is meant by {unknown:?}?", case.case),
        }
        if case.case.contains("lone surrogate") {
            assert!(
                text.contains('\u{fffd}'),
                "{}: a replacement character is shown",
                case.case
            );
        }
        assert_eq!(
            setup.redis.content().await,
            before,
            "looking changes nothing"
        );
    }
}
