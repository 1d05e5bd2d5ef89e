//! Every case of `messy.jsonl` has the result that its `expect` states.

mod accounts;
mod lists;
mod own;
mod table;
mod world;

use crate::harness::{MessyCase, messy, say};
use table::{CASES, Check};

#[tokio::test]
async fn every_messy_case_has_its_expected_result() {
    let cases = messy();
    let mut listed: Vec<&str> = cases.iter().map(|case| case.case.as_str()).collect();
    let mut known: Vec<&str> = CASES
        .iter()
        .flat_map(|(_, cases)| *cases)
        .copied()
        .collect();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(
        listed, known,
        "every case has its assertion, and every assertion its case"
    );
    for case in &cases {
        match (case.hash.as_str(), check(case)) {
            ("users", Check::Account) => accounts::check(case).await,
            ("collections", check) => lists::check(case, check).await,
            ("collections2", Check::TargetUnreadable) => own::unreadable_target(case).await,
            ("collections2", Check::TargetEntryUnreadable) => own::unreadable_in_target(case).await,
            ("migratable-accounts", Check::Flag) => own::flag(case).await,
            (hash, check) => panic!("{}: {check:?} is not for {hash}", case.case),
        }
    }
    say(&format!("messy: {} cases", cases.len()));
}

/// The assertion of a case. Its `expect` must be one of the assertion's texts.
fn check(case: &MessyCase) -> Check {
    let name = case.case.as_str();
    let (check, _) = CASES
        .iter()
        .find(|(_, cases)| cases.contains(&name))
        .expect("compared above");
    assert!(
        check.meant_by().contains(&case.expect.as_str()),
        "{name}: {check:?} does not assert {:?}",
        case.expect
    );
    *check
}
