//! A session that our server keeps, and an answer that nothing ties to its attempt.

use super::*;
use shared::api::StatePolicy;

fn restoring(confirm: bool) -> State {
    State::Restoring {
        return_to: ReturnPath::default(),
        confirm,
        wanted: false,
        trouble: None,
    }
}

/// An answer without `state`, where the sign-in server is known to drop it.
fn dropped(attempt: Option<Attempt>) -> Event {
    let config = OauthConfig {
        mode: OauthMode::Mediated,
        state: StatePolicy::PendingLogin,
        issuer: None,
        iss_required: false,
        ..config()
    };
    Event::Returned {
        answer: Answer::from_query("code=c").expect("an answer"),
        attempt,
        config: Rc::new(config),
        now: at(1_060),
        mark: None,
    }
}

#[test]
fn a_reload_takes_up_the_session_of_the_cookie() {
    let (state, commands) = opened(OauthMode::Mediated, None);
    assert_eq!(state, restoring(false));
    assert_eq!(commands, [Command::Restore]);
    let credentials = credentials();
    let (state, commands) = state.next(Event::Restored(Some(credentials.clone())));
    assert_eq!(commands, [Command::Identify(credentials.clone())]);
    assert_eq!(
        state.credentials(),
        None,
        "not before our server has said whose it is"
    );
    let (state, _) = state.next(Event::Identified(Ok(me())));
    assert_eq!(state.credentials(), Some(&credentials));
}

#[test]
fn without_a_session_nobody_is_signed_in() {
    let (state, commands) = restoring(false).next(Event::Restored(None));
    assert!(matches!(state, State::SignedOut { .. }));
    assert_eq!(commands, [Command::Mark(None)]);
}

#[test]
fn a_click_while_the_session_is_asked_for_is_heeded_once_there_is_none() {
    let sign_in = || Event::SignIn {
        return_to: migrate(),
    };
    let (state, commands) = restoring(false).next(sign_in());
    assert_eq!(commands, [], "there may be a session");
    let (left, commands) = state.clone().next(Event::Restored(None));
    assert_eq!(left, State::Leaving);
    let leave = Command::Leave {
        return_to: migrate(),
    };
    assert_eq!(commands, [Command::Mark(None), leave]);
    let credentials = credentials();
    let (found, commands) = state.next(Event::Restored(Some(credentials.clone())));
    assert_eq!(found, identifying(&credentials));
    assert_eq!(commands, [Command::Identify(credentials)]);
}

#[test]
fn waits_for_the_session_while_our_server_cannot_be_reached() {
    let trouble = Event::Trouble(Rc::new(ApiError::Network));
    let (state, _) = restoring(false).next(trouble);
    let said = matches!(
        &state,
        State::Restoring {
            trouble: Some(_),
            ..
        }
    );
    assert!(said, "{state:?}");
    let (state, _) = state.next(Event::Restored(Some(credentials())));
    assert!(matches!(state, State::Identifying { .. }));
}

#[test]
fn an_answer_without_state_signs_in_only_whom_the_person_confirms() {
    let (state, commands) = State::default().next(dropped(Some(attempt())));
    let unconfirmed = Command::Mark(Some(Mark::Unconfirmed));
    assert_eq!(commands[..2], [Command::CleanAddress, unconfirmed]);
    assert!(matches!(commands[2..], [Command::Exchange(_)]));
    let credentials = credentials();
    let (state, _) = state.next(Event::Exchanged(Ok(credentials.clone())));
    let (state, commands) = state.next(Event::Identified(Ok(me())));
    assert!(matches!(&state, State::Confirming { me, .. } if me.name == "Ada"));
    assert_eq!(commands, [], "the other tabs hear nothing yet");
    assert_eq!((state.credentials(), state.me()), (None, None));

    let (yes, commands) = state.clone().next(Event::Confirmed);
    assert_eq!(yes.credentials(), Some(&credentials));
    assert_eq!(commands, [share(&credentials), Command::Mark(None)]);

    let (no, commands) = state.next(Event::SignOut { leaves: true });
    assert_eq!(no, State::default());
    let expected = [
        Command::Mark(Some(Mark::Ending)),
        Command::Revoke(credentials),
    ];
    assert_eq!(
        commands, expected,
        "who is signed in in other tabs stays so"
    );
}

#[test]
fn a_reload_does_not_stand_for_an_answer_to_the_question() {
    let (state, _) = opened(OauthMode::Mediated, Some(Mark::Unconfirmed));
    assert_eq!(state, restoring(true));
    let (state, _) = state.next(Event::Restored(Some(credentials())));
    let (state, _) = state.next(Event::Identified(Ok(me())));
    assert!(matches!(state, State::Confirming { .. }));
}

#[test]
fn an_answer_without_state_needs_a_pending_attempt() {
    let (state, commands) = State::default().next(dropped(None));
    assert_eq!(state, State::Failed(Rc::new(SignInError::StateUnknown)));
    assert_eq!(commands, [Command::CleanAddress]);
    let mut used = attempt();
    used.verifier = None;
    let (state, commands) = State::default().next(dropped(Some(used)));
    assert!(
        matches!(state, State::Restoring { .. }),
        "a reload of the callback"
    );
    assert_eq!(commands, [Command::CleanAddress, Command::Restore]);
    let (state, _) = State::default().next(returned("code=c", Some(attempt())));
    let required = State::Failed(Rc::new(SignInError::StateMissing));
    assert_eq!(state, required, "unless the deployment says so");
}

#[test]
fn a_sign_out_that_our_server_did_not_hear_of_is_finished_first() {
    let (state, commands) = opened(OauthMode::Mediated, Some(Mark::Ending));
    assert_eq!(state, State::default());
    assert_eq!(commands, [Command::FinishSignOut]);
    let (_, commands) = state.next(ended());
    assert_eq!(commands, [Command::Mark(None)]);
}

#[test]
fn the_end_of_the_last_session_does_not_confirm_the_next() {
    let (state, _) = State::default().next(dropped(Some(attempt())));
    let (_, commands) = state.next(ended());
    assert_eq!(commands, []);
}
