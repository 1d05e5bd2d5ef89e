//! Sessions that our server keeps, and responses without `state`.

use super::*;
use shared::api::StatePolicy;

const NOBODY_REMEMBERED: Confirmation = Confirmation::NeededUnlessRemembered(None);

/// The user of [`me`], remembered from the last session.
fn ada() -> RememberedUser {
    RememberedUser {
        id: me().user_id,
        name: "Ada".into(),
        sign_in_silently: false,
    }
}

fn restoring(confirmation: Confirmation) -> State {
    State::Restoring {
        source: SessionSource::Cookie,
        return_to: migrate(),
        confirmation,
        without_session: WithoutSession::SignedOut(None),
        last_error: None,
    }
}

/// A response without `state`, where the sign-in server is known to drop it.
fn response_without_state(attempt: Option<SignInAttempt>) -> Event {
    let config = OauthConfig {
        mode: OauthMode::Mediated,
        state: StatePolicy::PendingLogin,
        issuer: None,
        iss_required: false,
        ..config()
    };
    Event::ResponseReceived {
        response: AuthorizationResponse::from_query("code=c").expect("a response"),
        attempt,
        config: Rc::new(config),
        now: at(1_060),
        pending_session: None,
        remembered: None,
    }
}

#[test]
fn a_reload_restores_the_session_of_the_cookie() {
    let (state, commands) = opened_by(OauthMode::Mediated, None, Some(ada()));
    let same_user = Confirmation::NeededUnlessRemembered(Some(me().user_id));
    let waits = matches!(state, State::Restoring { confirmation, .. } if confirmation == same_user);
    assert!(waits, "{state:?}");
    assert_eq!(commands, [Command::RestoreSession]);
    let credentials = credentials();
    let (state, commands) = state.next(Event::SessionRestored(Some(credentials.clone())));
    assert_eq!(commands, [Command::IdentifyUser(credentials.clone())]);
    assert_eq!(
        state.credentials(),
        None,
        "not before our server has said whose it is"
    );
    let (state, _) = state.next(Event::UserIdentified(Ok(me())));
    assert_eq!(state.credentials(), Some(&credentials));
}

#[test]
fn a_cookie_of_somebody_whom_this_browser_does_not_remember_signs_nobody_in() {
    let another = RememberedUser {
        id: Uuid::from_u128(1),
        ..ada()
    };
    for remembered in [None, Some(another)] {
        let (state, _) = opened_by(OauthMode::Mediated, None, remembered);
        let credentials = credentials();
        let (state, _) = state.next(Event::SessionRestored(Some(credentials.clone())));
        let (state, commands) = state.next(Event::UserIdentified(Ok(me())));
        assert!(matches!(state, State::Confirming { .. }), "{state:?}");
        assert_eq!((state.credentials(), state.me()), (None, None));
        assert_eq!(commands, []);
        let (yes, commands) = state.next(Event::UserConfirmed);
        assert_eq!(yes.credentials(), Some(&credentials));
        assert!(commands.contains(&Command::RememberUser(Rc::new(me()))));
    }
}

#[test]
fn a_missing_session_signs_nobody_in() {
    let (state, commands) = restoring(NOBODY_REMEMBERED).next(Event::SessionRestored(None));
    assert!(matches!(state, State::SignedOut { .. }));
    assert_eq!(commands, [Command::StorePendingSession(None)]);
}

#[test]
fn a_click_during_the_restoration_signs_in_if_there_is_no_session() {
    let sign_in = || Event::SignIn {
        return_to: migrate(),
    };
    let (state, commands) = restoring(NOBODY_REMEMBERED).next(sign_in());
    assert_eq!(commands, [], "there may be a session");
    let (left, commands) = state.clone().next(Event::SessionRestored(None));
    assert_eq!(left, redirecting());
    assert_eq!(commands, [Command::StorePendingSession(None), redirect()]);
    let credentials = credentials();
    let (found, commands) = state.next(Event::SessionRestored(Some(credentials.clone())));
    assert_eq!(found, resuming(&credentials, NOBODY_REMEMBERED));
    assert_eq!(commands, [Command::IdentifyUser(credentials)]);
}

#[test]
fn restoration_waits_while_our_server_is_unreachable() {
    let unavailable = Event::ServerUnavailable(Rc::new(ApiError::Network));
    let (state, _) = restoring(NOBODY_REMEMBERED).next(unavailable);
    let said = matches!(
        &state,
        State::Restoring {
            last_error: Some(_),
            ..
        }
    );
    assert!(said, "{state:?}");
    let (state, _) = state.next(Event::SessionRestored(Some(credentials())));
    assert!(matches!(state, State::Identifying { .. }));
}

#[test]
fn a_response_without_state_needs_confirmation() {
    let (state, commands) = State::default().next(response_without_state(Some(attempt())));
    let unconfirmed = Command::StorePendingSession(Some(PendingSession::Unconfirmed));
    assert_eq!(commands[..1], [unconfirmed]);
    assert!(matches!(commands[1..], [Command::ExchangeCode(_)]));
    let credentials = credentials();
    let (state, _) = state.next(Event::CodeExchanged(Ok(credentials.clone())));
    let (state, commands) = state.next(Event::UserIdentified(Ok(me())));
    assert!(matches!(&state, State::Confirming { me, .. } if me.name == "Ada"));
    assert_eq!(commands, [], "the other tabs hear nothing yet");
    assert_eq!((state.credentials(), state.me()), (None, None));

    let (yes, commands) = state.clone().next(Event::UserConfirmed);
    assert_eq!(yes.credentials(), Some(&credentials));
    let expected = [
        share(&credentials),
        Command::RememberUser(Rc::new(me())),
        Command::StorePendingSession(None),
    ];
    assert_eq!(commands, expected);

    let (no, commands) = state.next(Event::SignOut { leaves_page: true });
    assert_eq!(no, State::default());
    let expected = [
        Command::StorePendingSession(Some(PendingSession::SigningOut)),
        Command::RevokeTokens(credentials),
    ];
    assert_eq!(
        commands, expected,
        "who is signed in in other tabs stays so"
    );
}

#[test]
fn a_reload_does_not_confirm_the_identity() {
    let (state, _) = opened(OauthMode::Mediated, Some(PendingSession::Unconfirmed));
    assert_eq!(state, restoring(Confirmation::Needed));
    let (state, _) = state.next(Event::SessionRestored(Some(credentials())));
    let (state, _) = state.next(Event::UserIdentified(Ok(me())));
    assert!(matches!(state, State::Confirming { .. }));
}

#[test]
fn a_response_without_state_needs_a_pending_attempt() {
    let (state, commands) = State::default().next(response_without_state(None));
    assert_eq!(state, State::Failed(Rc::new(SignInError::StateUnknown)));
    assert_eq!(commands, []);
    let mut used = attempt();
    used.verifier = None;
    let (state, commands) = State::default().next(response_without_state(Some(used)));
    assert!(
        matches!(state, State::Restoring { .. }),
        "a reload of the callback"
    );
    assert_eq!(commands, [Command::RestoreSession]);
    let (state, _) = State::default().next(response_received("code=c", Some(attempt())));
    let required = State::Failed(Rc::new(SignInError::StateMissing));
    assert_eq!(state, required, "unless the deployment says so");
}

#[test]
fn an_unfinished_sign_out_is_finished_first() {
    let (state, commands) = opened(OauthMode::Mediated, Some(PendingSession::SigningOut));
    assert_eq!(state, State::default());
    assert_eq!(commands, [Command::FinishSignOut]);
    let (_, commands) = state.next(session_ended());
    assert_eq!(commands, [Command::StorePendingSession(None)]);
}

#[test]
fn the_end_of_the_last_session_does_not_confirm_the_next() {
    let (state, _) = State::default().next(response_without_state(Some(attempt())));
    let (_, commands) = state.next(session_ended());
    assert_eq!(commands, []);
}
