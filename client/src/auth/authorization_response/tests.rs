//! Which authorization responses are accepted.

use super::*;
use crate::auth::fixtures::{at, config};

const NOW: i64 = 1_000_000;

fn attempt() -> SignInAttempt {
    let verifier = CodeVerifier::new("the-verifier".into());
    SignInAttempt::new(verifier, ReturnPath::checked("/migrate"), at(NOW))
}

fn check(query: &str, attempt: Option<SignInAttempt>) -> Result<CheckedResponse, SignInError> {
    let answer = AuthorizationResponse::from_query(query).expect("a response");
    answer.check(attempt, &config(), at(NOW + 60))
}

#[test]
fn the_response_to_a_pending_attempt_is_accepted() {
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
fn a_missing_unknown_used_or_expired_state_is_refused() {
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
fn a_wrong_issuer_and_a_missing_required_issuer_are_refused() {
    assert_eq!(
        check("code=c&state=s&iss=https://other.example", Some(attempt())),
        Err(SignInError::IssuerWrong)
    );
    let without = AuthorizationResponse::from_query("code=c&state=s").expect("a response");
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
fn errors_are_believed_only_from_the_response_to_a_pending_attempt() {
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
fn a_query_without_response_parameters_is_no_response() {
    assert_eq!(AuthorizationResponse::from_query(""), None);
    assert_eq!(AuthorizationResponse::from_query("?lang=de"), None);
}
