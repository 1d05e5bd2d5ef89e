//! How long a session lasts, and what its cookie keeps.

use super::*;

#[tokio::test]
async fn reload_keeps_the_session_without_refresh_tokens() {
    let (setup, issuer) = mediated(GN_AUTH, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.body["access_token"], token(person));
    assert_eq!(answer.body["expires_in"], 1_800, "the page asks again");
    assert_eq!(issuer.requests().len(), 1, "nothing to ask for");
    // A missing session is no error.
    assert_eq!(own(&setup, "refresh", None, None).await.status, 204);
    // A token that the auth server refuses ends the session.
    setup.auth.set_behavior(Behavior::Expired);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.problem(), "unauthenticated");
    assert!(set_cookie(&answer).1.contains("Max-Age=0"));
    // A session survives an outage of the auth server.
    setup.auth.set_behavior(Behavior::Fails);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn reload_of_several_tabs_renews_a_rotating_token_once() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let person = &people()[0];
    let (cookie, attributes) = set_cookie(&sign_in(&setup, person).await);
    assert!(attributes.contains("Max-Age=7200"), "{attributes}");
    let tabs = (0..20).map(|_| own(&setup, "refresh", Some(&cookie), None));
    for answer in join_all(tabs).await {
        assert_eq!(answer.body["access_token"], token(person));
        assert_ne!(set_cookie(&answer).0, cookie);
    }
    let asked = issuer.requests();
    assert_eq!(asked.len(), 2, "a second use would count as theft");
    assert_eq!(asked[1].form["grant_type"], "refresh_token");
    let (renewed, _) = set_cookie(&own(&setup, "refresh", Some(&cookie), None).await);
    let answer = own(&setup, "refresh", Some(&renewed), None).await;
    assert_eq!(answer.status, 200, "the new one is good");
}

#[tokio::test]
async fn public_client_keeps_its_session_over_a_reload() {
    let (setup, issuer) = mediated(PUBLIC, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.body["access_token"], token(person));
    let (cookie, _) = set_cookie(&answer);
    let answer = own(&setup, "logout", Some(&cookie), None).await;
    assert_eq!(answer.body, json!({"revocation": "done"}));
    for asked in issuer.requests() {
        assert_eq!(asked.form["client_id"], CLIENT_ID);
        assert!(!asked.form.contains_key("client_secret"), "{asked:?}");
    }
}

#[tokio::test]
async fn random_cookie_key_is_another_one_for_each_start() {
    let person = &people()[0];
    let (setup, _issuer) = mediated(PUBLIC, &[]).await;
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let (restarted, _issuer) = mediated(PUBLIC, &[]).await;
    let answer = own(&restarted, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.status, 204);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.status, 200);
    let key = "--cookie-secret=a-secret-of-more-than-thirty-two-characters";
    let (setup, _issuer) = mediated(PUBLIC, &[key]).await;
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let (restarted, issuer) = mediated(PUBLIC, &[key]).await;
    own(&restarted, "refresh", Some(&cookie), None).await;
    assert_eq!(issuer.requests().len(), 1, "the session was read");
}

/// Asks for a new token after `minutes`, and returns the cookie of the answer, or `None` if the
/// session is over.
async fn use_after(
    setup: &Setup,
    clock: &ManualClock,
    minutes: u64,
    cookie: &str,
) -> Option<String> {
    clock.advance(Duration::from_mins(minutes));
    let answer = own(setup, "refresh", Some(cookie), None).await;
    let (renewed, attributes) = set_cookie(&answer);
    if answer.status == 200 {
        return Some(renewed);
    }
    assert_eq!(answer.status, 204, "{}", answer.body);
    assert!(attributes.contains("Max-Age=0"), "{attributes}");
    None
}

#[tokio::test]
async fn session_ends_after_its_lifetime_however_much_it_is_used() {
    for kind in [GN_AUTH, STANDARD, PUBLIC] {
        let clock = ManualClock::new();
        let (setup, issuer) = mediated_at(kind, &["--session-hours=2"], &clock.ticker()).await;
        let (mut cookie, _) = set_cookie(&sign_in(&setup, &people()[0]).await);
        for _ in 0..3 {
            let renewed = use_after(&setup, &clock, 30, &cookie).await;
            cookie = renewed.expect("it lasts for two hours");
        }
        let answer = own(&setup, "refresh", Some(&cookie), None).await;
        assert_eq!(answer.body["expires_in"], 1_800);
        let (cookie, attributes) = set_cookie(&answer);
        assert!(attributes.contains("Max-Age=1800"), "{attributes}");
        assert_eq!(use_after(&setup, &clock, 30, &cookie).await, None);
        if kind.metadata {
            let asked = issuer.requests();
            let revoked = asked.iter().filter(|asked| asked.path == "/revoke");
            assert_eq!(revoked.count(), 2, "both tokens");
        }
    }
}

#[tokio::test]
async fn unused_session_ends_earlier() {
    for kind in [GN_AUTH, STANDARD] {
        let clock = ManualClock::new();
        let flags = ["--session-idle-minutes=60"];
        let (setup, _issuer) = mediated_at(kind, &flags, &clock.ticker()).await;
        let signed_in = sign_in(&setup, &people()[0]).await;
        assert_eq!(signed_in.body["expires_in"], 900, "the page asks again");
        let (first, attributes) = set_cookie(&signed_in);
        assert!(attributes.contains("Max-Age=3600"), "{attributes}");
        let used = use_after(&setup, &clock, 59, &first).await.expect("used");
        let used = use_after(&setup, &clock, 59, &used).await.expect("used");
        assert_eq!(use_after(&setup, &clock, 60, &used).await, None);
        assert_eq!(use_after(&setup, &clock, 0, &first).await, None, "a copy");
    }
}

#[tokio::test]
async fn rejected_refresh_token_is_dropped_while_the_access_token_is_valid() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    issuer.respond_with(400, r#"{"error": "invalid_grant"}"#);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.body["access_token"], token(person));
    let (cookie, _) = set_cookie(&answer);
    let before = issuer.requests().len();
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.status, 200);
    assert_eq!(issuer.requests().len(), before, "it is not tried again");
    setup.auth.set_behavior(Behavior::Expired);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.problem(), "unauthenticated");
    assert!(set_cookie(&answer).1.contains("Max-Age=0"));
}

#[tokio::test]
async fn long_access_token_is_not_stored_beside_a_refresh_token() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let answered = |access: &str, refresh: &str| json!({"access_token": access, "refresh_token": refresh, "token_type": "Bearer"});
    let long = "a".repeat(4_000);
    issuer.respond_with(200, &answered(&long, "short").to_string());
    let (cookie, _) = set_cookie(&sign_in(&setup, &people()[0]).await);
    assert!(cookie.len() < 1_000, "{}", cookie.len());
    own(&setup, "refresh", Some(&cookie), None).await;
    let asked = issuer.requests();
    assert_eq!(asked[1].form["refresh_token"], "short");
    issuer.respond_with(200, &answered(&long, &long).to_string());
    let answer = sign_in(&setup, &people()[1]).await;
    assert!(set_cookie(&answer).1.contains("Max-Age=0"), "no session");
}
