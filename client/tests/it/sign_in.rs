//! The sign-in, with the browser's own session storage, address bar and channels.

use crate::support::data::{REVOKE_URL, TOKEN_URL, me, oauth, tokens};
use crate::support::network::{Answer, Call, Network, Server};
use crate::support::page::{address, come_back, everyday, show};
use crate::support::watch::{Watch, watch};
use client::api::AuthorisedApi;
use client::auth::error::ConfigFault;
use client::auth::flow::State;
use client::auth::{Machine, SignInError};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use shared::api::OauthConfig;
use std::collections::HashMap;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;
use yew::Callback;

/// A tab: its sign-in, the states it went through, and the pages it left for.
struct Tab {
    machine: Machine,
    states: Watch<State>,
    departures: Watch<String>,
}

fn tab_with(config: OauthConfig) -> Tab {
    let (changed, states) = watch();
    let (navigate, departures) = watch();
    Tab {
        machine: Machine::start(config, navigate, changed),
        states,
        departures,
    }
}

fn tab() -> Tab {
    tab_with(oauth())
}

impl Tab {
    async fn signed_in(&mut self) -> AuthorisedApi {
        let is_signed_in = |state: &State| matches!(state, State::SignedIn { .. });
        let state = self.states.until(is_signed_in).await;
        AuthorisedApi::new(state.credentials().expect("credentials").clone())
    }

    async fn failed(&mut self) -> SignInError {
        let state = self.states.until(|state| matches!(state, State::Failed(_)));
        match state.await {
            State::Failed(error) => SignInError::clone(&error),
            other => panic!("failed, not {other:?}"),
        }
    }
}

/// The parameters of a URL.
fn parameters(url: &str) -> HashMap<String, String> {
    let (_, query) = url.split_once('?').expect("a query");
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// Everything that this origin keeps as text.
fn stored() -> String {
    let window = window().expect("a window");
    let storages = [window.session_storage(), window.local_storage()];
    let mut all = String::new();
    for storage in storages {
        let storage = storage.expect("allowed").expect("a storage");
        for position in 0..storage.length().expect("a length") {
            let key = storage.key(position).expect("a key").expect("a key");
            let value = storage.get_item(&key).expect("a value").expect("a value");
            all += &key;
            all += &value;
        }
    }
    all
}

#[wasm_bindgen_test]
async fn leaves_with_a_fresh_challenge_and_comes_back_signed_in() {
    let mut before = tab();
    before.machine.sign_in("/migrate");
    let url = before.departures.until(|_| true).await;
    let sent = parameters(&url);
    assert_eq!(sent["response_type"], "code");
    assert_eq!(sent["code_challenge_method"], "S256");
    assert_eq!(sent["redirect_uri"], oauth().redirect_uri);
    assert_eq!(sent["scope"], "profile user");

    let network = Network::played_by(everyday);
    show(&format!(
        "/callback?code=the-code&keep=1&state={}&iss=https://id.example#end",
        sent["state"]
    ));
    let mut after = tab();
    after.signed_in().await;
    assert_eq!(address(), "/callback?keep=1");
    let [exchange] = &network.calls("POST", TOKEN_URL)[..] else {
        panic!("one exchange");
    };
    assert_eq!(exchange.field("code").as_deref(), Some("the-code"));
    assert_eq!(exchange.field("client_id"), Some(sent["client_id"].clone()));
    let verifier = PkceCodeVerifier::new(exchange.field("code_verifier").expect("a verifier"));
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    assert_eq!(sent["code_challenge"], challenge.as_str());
    let kept = stored();
    for secret in ["access-1", "refresh-1", "the-code", verifier.secret()] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    show("/");
}

#[wasm_bindgen_test]
async fn several_attempts_in_one_tab_do_not_disturb_each_other() {
    let (mut one, mut two) = (tab(), tab());
    one.machine.sign_in("/migrate");
    two.machine.sign_in("/import");
    let state_of = |url: String| parameters(&url)["state"].clone();
    let first = state_of(one.departures.until(|_| true).await);
    let second = state_of(two.departures.until(|_| true).await);
    assert_ne!(first, second);
    let _network = Network::played_by(everyday);
    for (state, path) in [(second, "/import"), (first, "/migrate")] {
        show(&format!(
            "/callback?code=c&state={state}&iss=https://id.example"
        ));
        let mut back = tab();
        back.signed_in().await;
        let state = back.states.until(|_| true).await;
        assert!(
            matches!(&state, State::SignedIn { return_to, .. } if return_to.as_str() == path),
            "{state:?}"
        );
    }
    show("/");
}

#[wasm_bindgen_test]
async fn the_same_answer_twice_is_no_error_and_no_second_exchange() {
    let network = Network::played_by(everyday);
    come_back("twice");
    let answer = address();
    let mut first = tab();
    first.signed_in().await;
    show(&answer);
    let mut second = tab();
    let state = second.states.until(|_| true).await;
    assert!(
        matches!(&state, State::SignedOut { return_to, .. } if return_to.as_str() == "/migrate"),
        "{state:?}"
    );
    assert_eq!(address(), "/callback?keep=1");
    assert_eq!(network.calls("POST", TOKEN_URL).len(), 1);
    show("/");
}

#[wasm_bindgen_test]
async fn refuses_foreign_answers_and_asks_nobody_about_them() {
    let network = Network::played_by(everyday);
    for (query, expected) in [
        (
            "code=c&state=never-sent&iss=https://id.example",
            SignInError::StateUnknown,
        ),
        ("code=c&iss=https://id.example", SignInError::StateMissing),
        (
            "error=access_denied&error_description=Call+us",
            SignInError::StateMissing,
        ),
    ] {
        show(&format!("/callback?{query}"));
        assert_eq!(tab().failed().await, expected);
        assert_eq!(address(), "/callback");
    }
    come_back("other-issuer");
    show(&address().replace("id.example", "evil.example"));
    assert_eq!(tab().failed().await, SignInError::IssuerWrong);
    assert_eq!(network.calls("POST", TOKEN_URL).len(), 0);
    show("/");
}

#[wasm_bindgen_test]
async fn says_why_the_token_endpoint_gave_nothing() {
    let refused = |_: &Call| Answer::Json(400, serde_json::json!({"error": "invalid_grant"}));
    let cases: [(Server, SignInError); 3] = [
        (
            refused,
            SignInError::Refused {
                error: "invalid_grant".into(),
                description: None,
            },
        ),
        (|_| Answer::Html, SignInError::Unreadable),
        (|_| Answer::CutOff, SignInError::Unreachable),
    ];
    for (server, expected) in cases {
        let _network = Network::played_by(server);
        come_back("no-token");
        assert_eq!(tab().failed().await, expected);
    }
    show("/");
}

#[wasm_bindgen_test]
async fn signing_out_revokes_forgets_and_reaches_the_other_tab() {
    let (tell, mut revoked) = watch();
    let network = Network::played_by(move |call| {
        if call.url == REVOKE_URL {
            tell.emit(call.field("token_type_hint"));
        }
        everyday(call)
    });
    come_back("tab-one");
    let mut one = tab();
    let api = one.signed_in().await;
    come_back("tab-two");
    let mut two = tab();
    two.signed_in().await;

    one.machine.sign_out();
    let is_out = |state: &State| matches!(state, State::SignedOut { .. });
    one.states.until(is_out).await;
    two.states.until(is_out).await;
    let error = api.me().await.expect_err("no token any more");
    assert!(error.is_unauthenticated(), "{error}");
    let asked = network.calls("GET", "/api/v1/me").len();
    assert_eq!(asked, 2, "nothing was sent without a token");
    // Neither tab waits for this to forget who was signed in.
    let is_refresh = |hint: &Option<String>| hint.as_deref() == Some("refresh_token");
    revoked.until(is_refresh).await;
    show("/");
}

#[wasm_bindgen_test]
async fn ends_the_session_of_the_sign_in_server_without_a_token_in_the_url() {
    let _network = Network::played_by(|call| match call.url.as_str() {
        REVOKE_URL => Answer::Json(200, serde_json::json!({})),
        _ => everyday(call),
    });
    come_back("end-session");
    let mut tab = tab_with(OauthConfig {
        end_session_url: Some("https://id.example/end".into()),
        ..oauth()
    });
    tab.signed_in().await;
    tab.machine.sign_out();
    let next = tab
        .states
        .until(|state| !matches!(state, State::SignedIn { .. }));
    assert_eq!(next.await, State::SigningOut, "what is begun now would go");
    let url = tab.departures.until(|_| true).await;
    assert!(
        url.as_str()
            .starts_with("https://id.example/end?client_id=")
    );
    assert!(!url.contains("access-") && !url.contains("refresh-"));
    show("/");
}

#[wasm_bindgen_test]
async fn a_401_expires_the_sign_in_and_keeps_the_person() {
    let _network = Network::played_by(|call| match call.url.as_str() {
        "/api/v1/legacy" => Answer::Problem(401, "token-expired"),
        _ => everyday(call),
    });
    come_back("expires");
    let mut tab = tab();
    let api = tab.signed_in().await;
    api.legacy().await.expect_err("refused");
    let is_expired = |state: &State| matches!(state, State::Expired { .. });
    let state = tab.states.until(is_expired).await;
    assert!(matches!(state, State::Expired { me, .. } if me.name == "Ada"));
    show("/");
}

#[wasm_bindgen_test]
async fn a_token_that_is_due_is_renewed_once_for_everyone_who_asks() {
    // Tokens are due 30 seconds before they expire: the first is so at once, the second is not.
    let network = Network::played_by(|call| {
        let first = call.field("grant_type").as_deref() == Some("authorization_code");
        match call.url.as_str() {
            TOKEN_URL if first => Answer::Json(200, tokens(1, 10)),
            TOKEN_URL => Answer::Json(200, tokens(2, 3_600)),
            "/api/v1/me" => Answer::Json(200, me()),
            _ => everyday(call),
        }
    });
    come_back("renewal");
    let mut tab = tab();
    let api = tab.signed_in().await;
    let (one, two) = futures_util::future::join(api.legacy(), api.legacy()).await;
    assert!(one.is_ok() && two.is_ok());
    let renewals = network.calls("POST", TOKEN_URL);
    let used: Vec<_> = renewals
        .iter()
        .map(|call| call.field("refresh_token"))
        .collect();
    assert_eq!(used, [None, Some("refresh-1".into())]);
    for call in network.calls("GET", "/api/v1/legacy") {
        assert_eq!(call.authorization.as_deref(), Some("Bearer access-2"));
    }
    show("/");
}

#[wasm_bindgen_test]
async fn never_leaves_from_an_address_that_cannot_be_come_back_to() {
    let config = OauthConfig {
        redirect_uri: "https://elsewhere.example/callback".into(),
        ..oauth()
    };
    let (changed, states) = watch();
    let (_, departures) = watch();
    let left = Callback::from(|url: String| panic!("left for {url}"));
    let mut tab = Tab {
        machine: Machine::start(config, left, changed),
        states,
        departures,
    };
    tab.machine.sign_in("/");
    let expected = SignInError::Misconfigured(ConfigFault::OtherOrigin);
    assert_eq!(tab.failed().await, expected);
}
