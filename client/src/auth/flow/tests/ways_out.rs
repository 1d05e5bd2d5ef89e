//! Giving up a sign-in that does not proceed.

use super::*;

/// The commands that leave no session behind.
fn ended(last: Option<Command>) -> Vec<Command> {
    let mut commands = vec![
        Command::AnnounceSignOut,
        Command::StorePendingSession(Some(PendingSession::SigningOut)),
        Command::ForgetUser,
    ];
    commands.extend(last);
    commands
}

#[test]
fn every_delayed_state_can_be_given_up_without_a_session() {
    let credentials = credentials();
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirmation: Confirmation::NotNeeded,
    };
    let (restoring, _) = opened(OauthMode::Mediated, None);
    for (state, last) in [
        (exchanging, None),
        (
            identifying(&credentials),
            Some(Command::RevokeTokens(credentials.clone())),
        ),
        (restoring, Some(Command::FinishSignOut)),
    ] {
        let unavailable = Event::ServerUnavailable(Rc::new(ApiError::Network));
        let (state, _) = state.next(unavailable);
        let (state, commands) = state.next(Event::Abandoned);
        assert_eq!((&state, commands), (&State::default(), ended(last)));
        let late = Event::SessionRestored(Some(credentials.clone()));
        let (state, commands) = state.next(late);
        assert_eq!(state, State::default());
        assert_eq!(commands, [Command::RevokeTokens(credentials.clone())]);
    }
}

#[test]
fn every_failure_can_be_given_up_and_tried_again() {
    for error in [
        SignInError::TokenRefused,
        SignInError::Unreachable,
        SignInError::Denied,
    ] {
        let failed = State::Failed(Rc::new(error));
        let (state, commands) = failed.clone().next(Event::Abandoned);
        assert_eq!((state, commands), (State::default(), Vec::new()));
        let return_to = migrate();
        let (_, commands) = failed.next(Event::SignIn { return_to });
        assert_eq!(commands, [redirect()]);
    }
}

#[test]
fn a_session_in_use_cannot_be_given_up_by_mistake() {
    let credentials = credentials();
    for state in [signed_in(&credentials), expired(&credentials)] {
        let (after, commands) = state.clone().next(Event::Abandoned);
        assert_eq!((after, commands), (state, Vec::new()));
    }
}
