//! The sign-in, event by event.

use super::*;
use crate::auth::attempt::Verifier;
use crate::auth::fixtures::{at, config, credentials};
use shared::problem::Problem;
use uuid::Uuid;

const ANSWER: &str = "code=c&state=s&iss=https://id.example";

fn migrate() -> ReturnPath {
    ReturnPath::checked("/migrate")
}

fn attempt() -> Attempt {
    Attempt::new(Verifier::new("v".into()), migrate(), at(1_000))
}

fn returned(query: &str, attempt: Option<Attempt>) -> Event {
    Event::Returned {
        answer: Answer::from_query(query).expect("an answer"),
        attempt,
        config: Rc::new(config()),
        now: at(1_060),
        mark: None,
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
        confirm: false,
        trouble: None,
    }
}

fn signed_in(credentials: &Credentials) -> State {
    identifying(credentials).next(Event::Identified(Ok(me()))).0
}

fn expired(credentials: &Credentials) -> State {
    signed_in(credentials).next(Event::Rejected).0
}

fn share(credentials: &Credentials) -> Command {
    Command::Share {
        user_id: me().user_id,
        credentials: credentials.clone(),
    }
}

fn opened(mode: OauthMode, mark: Option<Mark>) -> (State, Vec<Command>) {
    State::default().next(Event::Opened { mode, mark })
}

fn unauthenticated() -> ApiError {
    ApiError::Problem(Box::new(Problem {
        r#type: "/problems/unauthenticated".into(),
        title: "Sign in first".into(),
        status: 401,
        detail: String::new(),
        request_id: String::new(),
        plan: None,
        errors: Vec::new(),
    }))
}

#[test]
fn goes_from_the_answer_to_being_signed_in() {
    let (state, commands) = State::default().next(returned(ANSWER, Some(attempt())));
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirm: false,
    };
    assert_eq!(state, exchanging);
    assert!(matches!(
        commands[..],
        [
            Command::CleanAddress,
            Command::Mark(None),
            Command::Exchange(_)
        ]
    ));
    let credentials = credentials();
    let (state, commands) = state.next(Event::Exchanged(Ok(credentials.clone())));
    assert_eq!(state, identifying(&credentials));
    assert_eq!(commands, [Command::Identify(credentials.clone())]);
    assert_eq!(
        state.credentials(),
        None,
        "not before our server has accepted them"
    );
    let (state, commands) = state.next(Event::Identified(Ok(me())));
    assert_eq!(state.credentials(), Some(&credentials));
    assert_eq!(commands, [share(&credentials)]);
}

#[test]
fn a_second_click_starts_no_second_attempt() {
    let sign_in = || Event::SignIn {
        return_to: migrate(),
    };
    let (state, commands) = State::default().next(sign_in());
    assert_eq!(
        commands,
        [Command::Leave {
            return_to: migrate()
        }]
    );
    let (state, commands) = state.next(sign_in());
    assert_eq!((&state, &commands[..]), (&State::Leaving, &[][..]));
    let (state, _) = state.next(Event::CameBack);
    assert_eq!(state, State::default(), "Back on the sign-in page gives up");
    assert_eq!(state.next(sign_in()).1.len(), 1);
}

#[test]
fn the_same_answer_twice_is_refused_without_an_error_page() {
    let mut used = attempt();
    used.verifier = None;
    let (state, commands) = State::default().next(returned(ANSWER, Some(used)));
    let joining = State::SignedOut {
        return_to: migrate(),
        joins: true,
    };
    assert_eq!(state, joining);
    assert_eq!(commands, [Command::CleanAddress, Command::AskTabs]);
}

#[test]
fn a_foreign_answer_fails_and_leaves_the_address_bar() {
    let (state, commands) = State::default().next(returned(ANSWER, None));
    assert_eq!(state, State::Failed(Rc::new(SignInError::StateUnknown)));
    assert_eq!(commands, [Command::CleanAddress]);
}

#[test]
fn waits_while_our_server_cannot_be_reached() {
    let credentials = credentials();
    let trouble = Event::Trouble(Rc::new(ApiError::Network));
    let (state, commands) = identifying(&credentials).next(trouble);
    assert_eq!(commands, []);
    assert!(matches!(
        state,
        State::Identifying {
            trouble: Some(_),
            ..
        }
    ));
    let (state, _) = state.next(Event::Identified(Ok(me())));
    assert!(matches!(state, State::SignedIn { .. }));
}

#[test]
fn tokens_that_are_not_accepted_are_revoked() {
    let credentials = credentials();
    let (state, commands) = identifying(&credentials).next(Event::Rejected);
    assert_eq!((state, commands.len()), (identifying(&credentials), 0));
    let refused = Event::Identified(Err(unauthenticated()));
    let (state, commands) = identifying(&credentials).next(refused);
    let expected = SignInError::NotAccepted(unauthenticated());
    assert_eq!(state, State::Failed(Rc::new(expected)));
    assert_eq!(commands, [Command::Revoke(credentials)]);
}

#[test]
fn expiry_keeps_the_person_and_offers_to_sign_in_in_a_second_window() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::Rejected);
    assert!(matches!(&state, State::Expired { me, .. } if me.name == "Ada"));
    assert_eq!(commands, [Command::Forget(credentials)]);
    let (again, commands) = state.clone().next(Event::Rejected);
    assert_eq!((again, commands), (state.clone(), Vec::new()));
    let return_to = migrate();
    let (again, commands) = state.clone().next(Event::SignIn { return_to });
    assert_eq!(again, state, "the page stays as it is");
    let return_to = migrate();
    assert_eq!(commands, [Command::OpenWindow { return_to }]);
    let return_to = migrate();
    let (state, commands) = state.next(Event::NoWindow { return_to });
    assert_eq!(state, State::Leaving);
    let return_to = migrate();
    assert_eq!(commands, [Command::Leave { return_to }]);
}

#[test]
fn signing_out_tells_the_other_tabs_and_ends_the_session() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::SignOut { leaves: false });
    assert_eq!(state, State::default());
    let expected = [
        Command::TellTabs,
        Command::Mark(Some(Mark::Ending)),
        Command::EndSession(credentials.clone()),
    ];
    assert_eq!(commands, expected);
    let (_, commands) = state.next(ended());
    assert_eq!(commands, [Command::Mark(None)]);
    let (state, commands) = signed_in(&credentials).next(Event::SignedOutElsewhere);
    assert_eq!(state, State::default());
    assert_eq!(
        commands,
        [Command::Revoke(credentials)],
        "and tells nobody again"
    );
}

#[test]
fn nothing_can_be_begun_until_the_page_is_left_to_sign_out() {
    let credentials = credentials();
    let (state, commands) = signed_in(&credentials).next(Event::SignOut { leaves: true });
    assert_eq!(state, State::SigningOut);
    assert!(commands.contains(&Command::EndSession(credentials)));
    let (left, commands) = state.clone().next(Event::SessionEnded {
        heard: true,
        leaving: true,
    });
    assert_eq!(left, State::SigningOut);
    assert_eq!(commands, [Command::Mark(None)]);
    let (back, _) = left.next(Event::CameBack);
    assert_eq!(back, State::default());

    let (stays, commands) = state.next(Event::SessionEnded {
        heard: false,
        leaving: false,
    });
    assert_eq!(stays, State::default(), "the server is away");
    assert_eq!(commands, [], "it has not heard of it yet");
}

#[test]
fn tokens_that_come_after_the_sign_out_do_not_sign_in() {
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirm: false,
    };
    let credentials = credentials();
    for event in [Event::SignOut { leaves: true }, Event::SignedOutElsewhere] {
        let (state, _) = exchanging.clone().next(event);
        let (state, commands) = state.next(Event::Exchanged(Ok(credentials.clone())));
        assert_eq!(state, State::default());
        assert_eq!(commands, [Command::Revoke(credentials.clone())]);
        let (state, _) = state.next(Event::Identified(Ok(me())));
        assert_eq!(state, State::default());
    }
    let (state, _) = opened(OauthMode::Mediated, None);
    let (state, _) = state.next(Event::SignedOutElsewhere);
    let (state, commands) = state.next(Event::Restored(Some(credentials.clone())));
    assert_eq!(state, State::default());
    assert_eq!(commands, [Command::Revoke(credentials)]);
}

/// The server has heard of the sign-out, and the page stays.
fn ended() -> Event {
    Event::SessionEnded {
        heard: true,
        leaving: false,
    }
}

mod mediated;
mod tabs;
