//! Several tabs of one browser.

use super::*;

fn offered(user_id: Uuid, credentials: &Credentials) -> Event {
    Event::SignedInElsewhere {
        user_id,
        credentials: credentials.clone(),
    }
}

#[test]
fn a_new_tab_joins_the_session_of_another_tab() {
    let (state, commands) = opened(OauthMode::Direct, None);
    assert_eq!(commands, [Command::RequestSessionFromTabs]);
    let theirs = credentials();
    let (_, commands) = signed_in(&theirs).next(Event::SessionRequestedElsewhere);
    assert_eq!(commands, [share(&theirs)]);
    let (state, commands) = state.next(offered(me().user_id, &theirs));
    assert_eq!(commands, [Command::IdentifyUser(theirs.clone())]);
    assert_eq!(state.credentials(), None, "our server says who it is");
    let (state, commands) = state.next(offered(me().user_id, &credentials()));
    assert_eq!(commands, [], "one answer is enough");
    let (state, _) = state.next(Event::UserIdentified(Ok(me())));
    assert_eq!(state.credentials(), Some(&theirs));
}

#[test]
fn tabs_without_a_session_share_nothing() {
    for state in [State::default(), redirecting(), expired(&credentials())] {
        let (_, commands) = state.next(Event::SessionRequestedElsewhere);
        assert_eq!(commands, []);
    }
}

#[test]
fn no_tab_joins_a_session_after_a_sign_out() {
    let (joining, _) = opened(OauthMode::Direct, None);
    let (out, _) = signed_in(&credentials()).next(Event::SignOut { leaves_page: false });
    let (elsewhere, _) = joining.next(Event::SignedOutElsewhere);
    for before in [out, elsewhere, State::SigningOut] {
        let (state, commands) = before.clone().next(offered(me().user_id, &credentials()));
        assert_eq!((state, commands), (before, Vec::new()));
    }
}

#[test]
fn all_tabs_of_a_person_use_the_same_tokens_and_keep_their_page() {
    let (ours, theirs) = (credentials(), credentials());
    let (state, commands) = signed_in(&ours).next(offered(me().user_id, &theirs));
    assert_eq!(state, signed_in(&ours));
    let take = Command::AdoptTokens {
        into: ours.clone(),
        from: theirs.clone(),
    };
    assert_eq!(commands, [take]);

    let (state, commands) = expired(&ours).next(offered(me().user_id, &theirs));
    assert_eq!(state.credentials(), Some(&ours), "known to every component");
    assert!(matches!(state, State::SignedIn { .. }));
    let take = Command::AdoptTokens {
        into: ours,
        from: theirs,
    };
    assert_eq!(commands, [take]);
}

#[test]
fn the_session_of_another_person_is_ignored() {
    let somebody = Uuid::from_u128(7);
    let ours = credentials();
    for state in [signed_in(&ours), expired(&ours)] {
        let (after, commands) = state.clone().next(offered(somebody, &credentials()));
        assert_eq!((after, commands), (state, Vec::new()));
    }
}

#[test]
fn simultaneous_sign_ins_in_two_tabs_are_independent() {
    let exchanging = State::Exchanging {
        return_to: migrate(),
        confirmation: Confirmation::NotNeeded,
    };
    for state in [redirecting(), exchanging] {
        let (after, commands) = state.clone().next(offered(me().user_id, &credentials()));
        assert_eq!((after, commands), (state, Vec::new()));
    }
}
