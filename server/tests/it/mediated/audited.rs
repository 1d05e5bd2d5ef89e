//! The audit stream names who signed in and who signed out, and nobody else.

use super::{GN_AUTH, STANDARD, mediated, own, request, set_cookie, sign_in};
use crate::harness::{AuthServerKind, Behavior, Setup, people, within};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

async fn entries(setup: &Setup) -> Vec<BTreeMap<String, String>> {
    let mut range = redis::cmd("XRANGE");
    range.arg("gnc:audit").arg("-").arg("+");
    let connection = &mut setup.redis.connect().await;
    let stream: Vec<(String, BTreeMap<String, String>)> =
        range.query_async(connection).await.expect("a stream");
    stream.into_iter().map(|(_, entry)| entry).collect()
}

/// Waits for an entry that is written after the response.
async fn first_entry(setup: &Setup) -> BTreeMap<String, String> {
    let found = within(Duration::from_secs(30), "the audit", async {
        loop {
            if let Some(entry) = entries(setup).await.pop() {
                return entry;
            }
            tokio::task::yield_now().await;
        }
    });
    found.await
}

async fn sign_in_and_out_are_audited(kind: AuthServerKind) {
    let (setup, _issuer) = mediated(kind, &[]).await;
    let person = &people()[0];
    let answer = sign_in(&setup, person).await;
    let cookie = set_cookie(&answer).0;
    let signed_in = first_entry(&setup).await;
    let left = own(&setup, "logout", Some(&cookie), None).await;
    assert_eq!(left.status, 200);
    let all = entries(&setup).await;
    assert_eq!((all.len(), &all[0]), (2, &signed_in));
    for (entry, kind, answer) in [(&all[0], "sign-in", &answer), (&all[1], "sign-out", &left)] {
        for (field, value) in [
            ("who", person.user_id.as_str()),
            ("actor", "person"),
            ("kind", kind),
            ("outcome", "committed"),
            ("request_id", answer.header("x-request-id")),
        ] {
            assert_eq!(entry[field], value, "{field} of {entry:?}");
        }
    }
    let text = format!("{all:?}");
    assert!(!text.contains('@') && !text.contains("token-of") && !text.contains(&cookie));
}

#[tokio::test]
async fn sign_in_and_sign_out_are_audited() {
    sign_in_and_out_are_audited(GN_AUTH).await;
    sign_in_and_out_are_audited(STANDARD).await;
}

#[tokio::test]
async fn nobody_is_named_without_a_session() {
    let (setup, _issuer) = mediated(GN_AUTH, &[]).await;
    let wrong = json!({"code": "guess", "code_verifier": "v".repeat(43), "redirect_uri": request(&people()[0])["redirect_uri"]});
    assert_eq!(own(&setup, "token", None, Some(&wrong)).await.status, 401);
    for cookie in [None, Some("__Host-gnc-session=forged")] {
        assert_eq!(own(&setup, "logout", cookie, None).await.status, 200);
    }
    assert_eq!(entries(&setup).await, []);
}

#[tokio::test]
async fn sign_out_does_not_wait_for_the_audit() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let answer = sign_in(&setup, &people()[0]).await;
    let cookie = set_cookie(&answer).0;
    setup.auth.set_behavior(Behavior::Hangs);
    let left = own(&setup, "logout", Some(&cookie), None);
    let left = within(Duration::from_secs(2), "the sign-out", left).await;
    assert_eq!(left.body, json!({"revocation": "done"}));
    let revoked = issuer.requests();
    assert!(revoked.iter().any(|request| request.path == "/revoke"));
}
