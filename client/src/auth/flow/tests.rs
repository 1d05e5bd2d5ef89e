//! The sign-in, event by event.

use super::*;
use crate::auth::fixtures::{at, config, credentials};
use crate::auth::sign_in_attempt::CodeVerifier;
use shared::problem::Problem;
use uuid::Uuid;

const RESPONSE: &str = "code=c&state=s&iss=https://id.example";

fn migrate() -> ReturnPath {
    ReturnPath::checked("/migrate")
}

fn attempt() -> SignInAttempt {
    SignInAttempt::new(CodeVerifier::new("v".into()), migrate(), at(1_000))
}

fn response_received(query: &str, attempt: Option<SignInAttempt>) -> Event {
    Event::ResponseReceived {
        response: AuthorizationResponse::from_query(query).expect("a response"),
        attempt,
        config: Rc::new(config()),
        now: at(1_060),
        pending_session: None,
        remembered: None,
    }
}

fn me() -> Me {
    Me {
        user_id: Uuid::nil(),
        email: "ada@example.org".into(),
        email_verified: true,
        name: "Ada".into(),
        group: None,
    }
}

fn identifying(credentials: &Credentials) -> State {
    State::Identifying {
        return_to: migrate(),
        credentials: credentials.clone(),
        confirmation: Confirmation::NotNeeded,
        is_new: true,
        last_error: None,
    }
}

/// Identifying with tokens of an earlier session.
fn resuming(credentials: &Credentials, confirmation: Confirmation) -> State {
    State::Identifying {
        return_to: migrate(),
        credentials: credentials.clone(),
        confirmation,
        is_new: false,
        last_error: None,
    }
}

fn signed_in(credentials: &Credentials) -> State {
    identifying(credentials)
        .next(Event::UserIdentified(Ok(me())))
        .0
}

fn expired(credentials: &Credentials) -> State {
    signed_in(credentials).next(Event::TokenRejected).0
}

fn share(credentials: &Credentials) -> Command {
    Command::ShareTokens {
        user_id: me().user_id,
        credentials: credentials.clone(),
    }
}

fn opened(mode: OauthMode, pending_session: Option<PendingSession>) -> (State, Vec<Command>) {
    opened_by(mode, pending_session, None)
}

fn opened_by(
    mode: OauthMode,
    pending_session: Option<PendingSession>,
    remembered: Option<RememberedUser>,
) -> (State, Vec<Command>) {
    State::default().next(Event::Opened {
        mode,
        pending_session,
        remembered,
        return_to: migrate(),
    })
}

fn redirect() -> Command {
    Command::Redirect {
        return_to: migrate(),
        silent: false,
    }
}

fn redirecting() -> State {
    State::Redirecting { remembered: None }
}

fn unauthenticated() -> ApiError {
    ApiError::Problem(Box::new(Problem {
        r#type: "/problems/unauthenticated".into(),
        title: "Sign in first".into(),
        status: 401,
        detail: String::new(),
        request_id: String::new(),
        retry_after: None,
        plan: None,
        errors: Vec::new(),
    }))
}

#[test]
fn a_valid_response_signs_in() {
    let (state, commands) = State::default().next(response_received(RESPONSE, Some(attempt())));
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirmation: Confirmation::NotNeeded,
    };
    assert_eq!(state, exchanging);
    assert!(matches!(
        commands[..],
        [Command::StorePendingSession(None), Command::ExchangeCode(_)]
    ));
    let credentials = credentials();
    let (state, commands) = state.next(Event::CodeExchanged(Ok(credentials.clone())));
    assert_eq!(state, identifying(&credentials));
    assert_eq!(commands, [Command::IdentifyUser(credentials.clone())]);
    assert_eq!(
        state.credentials(),
        None,
        "not before our server has accepted them"
    );
    let (state, commands) = state.next(Event::UserIdentified(Ok(me())));
    assert_eq!(state.credentials(), Some(&credentials));
    let remember = Command::RememberUser(Rc::new(me()));
    assert_eq!(commands, [share(&credentials), remember]);
}

#[test]
fn a_second_click_starts_no_second_attempt() {
    let sign_in = || Event::SignIn {
        return_to: migrate(),
    };
    let (state, commands) = State::default().next(sign_in());
    assert_eq!(commands, [redirect()]);
    let (state, commands) = state.next(sign_in());
    assert_eq!((&state, &commands[..]), (&redirecting(), &[][..]));
    let (state, _) = state.next(Event::RedirectCancelled);
    assert!(
        matches!(state, State::SignedOut { notice: None, .. }),
        "Back on the sign-in page gives up"
    );
    assert_eq!(state.next(sign_in()).1.len(), 1);
}

#[test]
fn a_repeated_response_is_refused_without_an_error_page() {
    let mut used = attempt();
    used.verifier = None;
    let (state, commands) = State::default().next(response_received(RESPONSE, Some(used)));
    let joining = State::SignedOut {
        return_to: migrate(),
        may_join: true,
        notice: None,
    };
    assert_eq!(state, joining);
    assert_eq!(commands, [Command::RequestSessionFromTabs]);
}

#[test]
fn a_forged_response_fails() {
    let (state, commands) = State::default().next(response_received(RESPONSE, None));
    assert_eq!(state, State::Failed(Rc::new(SignInError::StateUnknown)));
    assert_eq!(commands, []);
}

#[test]
fn identification_waits_while_our_server_is_unreachable() {
    let credentials = credentials();
    let unavailable = Event::ServerUnavailable(Rc::new(ApiError::Network));
    let (state, commands) = identifying(&credentials).next(unavailable);
    assert_eq!(commands, []);
    assert!(matches!(
        state,
        State::Identifying {
            last_error: Some(_),
            ..
        }
    ));
    let (state, _) = state.next(Event::UserIdentified(Ok(me())));
    assert!(matches!(state, State::SignedIn { .. }));
}

#[test]
fn tokens_that_our_server_refuses_are_revoked() {
    let credentials = credentials();
    let (state, commands) = identifying(&credentials).next(Event::TokenRejected);
    assert_eq!((state, commands.len()), (identifying(&credentials), 0));
    let refused = Event::UserIdentified(Err(unauthenticated()));
    let (state, commands) = identifying(&credentials).next(refused);
    assert_eq!(state, State::Failed(Rc::new(SignInError::TokenRefused)));
    let expected = [
        Command::StorePendingSession(Some(PendingSession::SigningOut)),
        Command::RevokeTokens(credentials.clone()),
    ];
    assert_eq!(commands, expected, "no session is kept");
    let refused = Event::UserIdentified(Err(unauthenticated()));
    let (state, _) = resuming(&credentials, Confirmation::NotNeeded).next(refused);
    let expected = SignInError::NotAccepted(unauthenticated());
    assert_eq!(state, State::Failed(Rc::new(expected)), "it has expired");
    let (state, commands) = state.next(Event::Abandoned);
    assert_eq!((state, commands), (State::default(), Vec::new()));
}

#[test]
fn expiry_keeps_the_person_and_signs_in_in_a_second_window() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::TokenRejected);
    assert!(matches!(&state, State::Expired { me, .. } if me.name == "Ada"));
    assert_eq!(commands, [Command::ForgetTokens(credentials)]);
    let (again, commands) = state.clone().next(Event::TokenRejected);
    assert_eq!((again, commands), (state.clone(), Vec::new()));
    let return_to = migrate();
    let (again, commands) = state.clone().next(Event::SignIn { return_to });
    assert_eq!(again, state, "the page stays as it is");
    let return_to = migrate();
    assert_eq!(commands, [Command::OpenWindow { return_to }]);
    let return_to = migrate();
    let (state, commands) = state.next(Event::WindowBlocked { return_to });
    assert_eq!(state, redirecting());
    assert_eq!(commands, [redirect()]);
}

#[test]
fn signing_out_tells_the_other_tabs_and_ends_the_session() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::SignOut { leaves_page: false });
    assert_eq!(state, State::default());
    let expected = [
        Command::AnnounceSignOut,
        Command::StorePendingSession(Some(PendingSession::SigningOut)),
        Command::ForgetUser,
        Command::EndSession(credentials.clone()),
    ];
    assert_eq!(commands, expected);
    let (_, commands) = state.next(session_ended());
    assert_eq!(commands, [Command::StorePendingSession(None)]);
    let (state, commands) = signed_in(&credentials).next(Event::SignedOutElsewhere);
    assert_eq!(state, State::default());
    assert_eq!(
        commands,
        [Command::RevokeTokens(credentials)],
        "and tells nobody again"
    );
}

#[test]
fn the_page_is_locked_until_it_is_left_to_sign_out() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::SignOut { leaves_page: true });
    assert_eq!(state, State::SigningOut);
    assert!(commands.contains(&Command::EndSession(credentials)));
    let (left, commands) = state.clone().next(Event::SessionEnded {
        server_notified: true,
        tokens_remain: false,
        leaves_page: true,
    });
    assert_eq!(left, State::SigningOut);
    assert_eq!(commands, [Command::StorePendingSession(None)]);
    let (back, _) = left.next(Event::RedirectCancelled);
    assert_eq!(back, State::default());

    let (stays, commands) = state.next(Event::SessionEnded {
        server_notified: false,
        tokens_remain: true,
        leaves_page: false,
    });
    let notice = Some(SignedOutNotice::TokensNotRevoked);
    let said = matches!(&stays, State::SignedOut { notice: shown, .. } if *shown == notice);
    assert!(said, "the server is away: {stays:?}");
    assert_eq!(commands, [], "it has not heard of it yet");
}

#[test]
fn tokens_that_arrive_after_the_sign_out_do_not_sign_in() {
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirmation: Confirmation::NotNeeded,
    };
    let credentials = credentials();
    for event in [Event::Abandoned, Event::SignedOutElsewhere] {
        let (state, _) = exchanging.clone().next(event);
        let (state, commands) = state.next(Event::CodeExchanged(Ok(credentials.clone())));
        assert_eq!(state, State::default());
        assert_eq!(commands, [Command::RevokeTokens(credentials.clone())]);
        let (state, _) = state.next(Event::UserIdentified(Ok(me())));
        assert_eq!(state, State::default());
    }
    let (state, _) = opened(OauthMode::Mediated, None);
    let (state, _) = state.next(Event::SignedOutElsewhere);
    let (state, commands) = state.next(Event::SessionRestored(Some(credentials.clone())));
    assert_eq!(state, State::default());
    assert_eq!(commands, [Command::RevokeTokens(credentials)]);
}

/// The server was told of the sign-out, and the page stays.
fn session_ended() -> Event {
    Event::SessionEnded {
        server_notified: true,
        tokens_remain: false,
        leaves_page: false,
    }
}

mod mediated;
mod remembered;
mod tabs;
mod ways_out;
