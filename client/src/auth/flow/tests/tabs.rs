//! What several tabs of one browser do together.

use super::*;

fn offered(user_id: Uuid, credentials: &Credentials) -> Event {
    Event::SignedInElsewhere {
        user_id,
        credentials: credentials.clone(),
    }
}

#[test]
fn a_new_tab_asks_and_joins_the_one_that_is_signed_in() {
    let (state, commands) = opened(OauthMode::Direct, None);
    assert_eq!(commands, [Command::AskTabs]);
    let theirs = credentials();
    let (_, commands) = signed_in(&theirs).next(Event::WantedElsewhere);
    assert_eq!(commands, [share(&theirs)]);
    let (state, commands) = state.next(offered(me().user_id, &theirs));
    assert_eq!(commands, [Command::Identify(theirs.clone())]);
    assert_eq!(state.credentials(), None, "our server says who it is");
    let (state, commands) = state.next(offered(me().user_id, &credentials()));
    assert_eq!(commands, [], "one answer is enough");
    let (state, _) = state.next(Event::Identified(Ok(me())));
    assert_eq!(state.credentials(), Some(&theirs));
}

#[test]
fn who_is_not_signed_in_has_nothing_to_offer() {
    for state in [State::default(), State::Leaving, expired(&credentials())] {
        let (_, commands) = state.next(Event::WantedElsewhere);
        assert_eq!(commands, []);
    }
}

#[test]
fn after_a_sign_out_no_tab_joins_by_itself() {
    let (joining, _) = opened(OauthMode::Direct, None);
    let (out, _) = signed_in(&credentials()).next(Event::SignOut { leaves: false });
    let (elsewhere, _) = joining.next(Event::SignedOutElsewhere);
    for before in [out, elsewhere, State::SigningOut] {
        let (state, commands) = before.clone().next(offered(me().user_id, &credentials()));
        assert_eq!((state, commands), (before, Vec::new()));
    }
}

#[test]
fn all_tabs_of_a_person_use_the_same_tokens_and_keep_what_they_show() {
    let (ours, theirs) = (credentials(), credentials());
    let (state, commands) = signed_in(&ours).next(offered(me().user_id, &theirs));
    assert_eq!(state, signed_in(&ours));
    let take = Command::Take {
        into: ours.clone(),
        from: theirs.clone(),
    };
    assert_eq!(commands, [take]);

    let (state, commands) = expired(&ours).next(offered(me().user_id, &theirs));
    assert_eq!(state.credentials(), Some(&ours), "known to every component");
    assert!(matches!(state, State::SignedIn { .. }));
    let take = Command::Take {
        into: ours,
        from: theirs,
    };
    assert_eq!(commands, [take]);
}

#[test]
fn another_person_in_another_tab_changes_nothing_here() {
    let somebody = Uuid::from_u128(7);
    let ours = credentials();
    for state in [signed_in(&ours), expired(&ours)] {
        let (after, commands) = state.clone().next(offered(somebody, &credentials()));
        assert_eq!((after, commands), (state, Vec::new()));
    }
}

#[test]
fn tabs_that_sign_in_at_once_do_not_disturb_each_other() {
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirm: false,
    };
    for state in [State::Leaving, exchanging] {
        let (after, commands) = state.clone().next(offered(me().user_id, &credentials()));
        assert_eq!((after, commands), (state, Vec::new()));
    }
}
