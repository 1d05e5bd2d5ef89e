//! A person whom this browser remembers from the last session.

use super::*;

fn remembered(sign_in_silently: bool) -> RememberedUser {
    RememberedUser {
        id: me().user_id,
        name: "Ada".into(),
        sign_in_silently,
    }
}

fn silent_attempt() -> SignInAttempt {
    SignInAttempt {
        silent: true,
        ..attempt()
    }
}

fn silent_response(query: &str) -> Event {
    Event::ResponseReceived {
        response: AuthorizationResponse::from_query(query).expect("a response"),
        attempt: Some(silent_attempt()),
        config: Rc::new(config()),
        now: at(1_060),
        pending_session: None,
        remembered: Some(remembered(false)),
    }
}

/// Signed out, and told who was signed in.
fn told() -> State {
    State::SignedOut {
        return_to: migrate(),
        may_join: true,
        notice: Some(SignedOutNotice::WasSignedIn("Ada".into())),
    }
}

#[test]
fn a_reload_in_direct_mode_signs_in_silently_if_no_tab_has_a_session() {
    let (state, commands) = opened_by(OauthMode::Direct, None, Some(remembered(true)));
    assert!(matches!(state, State::Restoring { .. }), "no empty list");
    let asked = [Command::RequestSessionFromTabs, Command::WaitForTabs];
    assert_eq!(commands, asked);
    let (left, commands) = state.next(Event::SessionRestored(None));
    let silent = Command::Redirect {
        return_to: migrate(),
        silent: true,
    };
    assert_eq!(commands, [Command::StorePendingSession(None), silent]);
    let (back, _) = left.next(Event::RedirectCancelled);
    let notice = Some(SignedOutNotice::WasSignedIn("Ada".into()));
    assert!(matches!(back, State::SignedOut { notice: shown, .. } if shown == notice));
}

#[test]
fn a_reload_joins_another_tab_instead() {
    let (state, _) = opened_by(OauthMode::Direct, None, Some(remembered(true)));
    let theirs = credentials();
    let offer = Event::SignedInElsewhere {
        user_id: me().user_id,
        credentials: theirs.clone(),
    };
    let (state, commands) = state.next(offer);
    assert_eq!(state, resuming(&theirs, Confirmation::NotNeeded));
    assert_eq!(commands, [Command::IdentifyUser(theirs.clone())]);
    let (state, commands) = state.next(Event::SessionRestored(None));
    assert_eq!(
        (state, commands),
        (resuming(&theirs, Confirmation::NotNeeded), Vec::new())
    );
}

#[test]
fn without_a_silent_sign_in_the_page_says_who_was_signed_in() {
    for mode in [OauthMode::Direct, OauthMode::Mediated] {
        let (state, _) = opened_by(mode, None, Some(remembered(false)));
        let (state, commands) = state.next(Event::SessionRestored(None));
        assert_eq!(state, told());
        assert_eq!(commands, [Command::StorePendingSession(None)]);
    }
}

#[test]
fn a_refused_silent_sign_in_is_no_failure_and_is_not_repeated() {
    for error in [
        "login_required",
        "interaction_required",
        "consent_required",
        "access_denied",
        "invalid_request",
    ] {
        let query = format!("error={error}&state=s&iss=https://id.example");
        let (state, commands) = State::default().next(silent_response(&query));
        assert_eq!((state, commands), (told(), Vec::new()), "{error}");
    }
    let (state, _) = State::default().next(silent_response("error=login_required&state=s"));
    let expected = State::Failed(Rc::new(SignInError::IssuerMissing));
    assert_eq!(state, expected, "checked like every response");
}

#[test]
fn a_successful_silent_sign_in_is_like_any_other() {
    let (state, commands) = State::default().next(silent_response(RESPONSE));
    assert!(matches!(state, State::Exchanging { .. }));
    assert!(matches!(commands[1..], [Command::ExchangeCode(_)]));
}

#[test]
fn a_click_replaces_the_silent_sign_in() {
    let (state, _) = opened_by(OauthMode::Direct, None, Some(remembered(true)));
    let return_to = migrate();
    let (state, commands) = state.next(Event::SignIn { return_to });
    assert_eq!(commands, []);
    let (_, commands) = state.next(Event::SessionRestored(None));
    assert_eq!(commands, [Command::StorePendingSession(None), redirect()]);
}
