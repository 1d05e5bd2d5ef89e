//! Which answers of a sign-in server are believed.

use super::*;
use crate::auth::fixtures::{at, config};

const NOW: i64 = 1_000_000;

fn attempt() -> Attempt {
    let verifier = Verifier::new("the-verifier".into());
    Attempt::new(verifier, ReturnPath::checked("/migrate"), at(NOW))
}

fn check(query: &str, attempt: Option<Attempt>) -> Result<Accepted, SignInError> {
    let answer = Answer::from_query(query).expect("an answer");
    answer.check(attempt, &config(), at(NOW + 60))
}

#[test]
fn takes_the_answer_to_its_own_attempt() {
    let accepted = check(
        "?code=c%2B1&state=s&iss=https://id.example",
        Some(attempt()),
    );
    let accepted = accepted.expect("accepted");
    assert_eq!(accepted.code.clone().into_secret(), "c+1");
    assert_eq!(accepted.return_to.as_str(), "/migrate");
    let shown = format!("{accepted:?}");
    assert!(
        !shown.contains("c+1") && !shown.contains("the-verifier"),
        "{shown}"
    );
}

#[test]
fn refuses_a_missing_unknown_used_or_expired_state() {
    let right = "code=c&state=s&iss=https://id.example";
    assert_eq!(
        check("code=c&iss=https://id.example", Some(attempt())),
        Err(SignInError::StateMissing)
    );
    assert_eq!(check(right, None), Err(SignInError::StateUnknown));
    let mut used = attempt();
    used.verifier = None;
    assert_eq!(check(right, Some(used)), Err(SignInError::StateUnknown));
    let mut old = attempt();
    old.started -= 3_600;
    assert_eq!(check(right, Some(old)), Err(SignInError::AttemptExpired));
}

#[test]
fn refuses_a_wrong_issuer_and_a_missing_one_that_was_promised() {
    assert_eq!(
        check("code=c&state=s&iss=https://other.example", Some(attempt())),
        Err(SignInError::IssuerWrong)
    );
    let without = Answer::from_query("code=c&state=s").expect("an answer");
    assert_eq!(
        without.clone().check(Some(attempt()), &config(), at(NOW)),
        Err(SignInError::IssuerMissing)
    );
    let lax = OauthConfig {
        iss_required: false,
        ..config()
    };
    assert!(without.check(Some(attempt()), &lax, at(NOW)).is_ok());
}

#[test]
fn repeats_an_error_only_of_an_answer_that_belongs_here() {
    let denied = "error=access_denied&state=s&iss=https://id.example";
    assert_eq!(check(denied, Some(attempt())), Err(SignInError::Denied));
    assert_eq!(check(denied, None), Err(SignInError::StateUnknown));
    let refused = "error=invalid_scope&error_description=No+such&state=s&iss=https://id.example";
    assert_eq!(
        check(refused, Some(attempt())),
        Err(SignInError::Refused {
            error: "invalid_scope".into(),
            description: Some("No such".into()),
        })
    );
    let nothing = "state=s&iss=https://id.example";
    assert_eq!(
        check(nothing, Some(attempt())),
        Err(SignInError::Incomplete)
    );
}

#[test]
fn a_plain_visit_is_no_answer() {
    assert_eq!(Answer::from_query(""), None);
    assert_eq!(Answer::from_query("?lang=de"), None);
}

#[test]
fn cleans_the_address_and_keeps_what_is_not_ours() {
    assert_eq!(without_answer("?code=c&state=s&iss=i"), "");
    assert_eq!(
        without_answer("?lang=de&code=c&q=a%26b&state=s"),
        "?lang=de&q=a%26b"
    );
    assert_eq!(without_answer(""), "");
}
