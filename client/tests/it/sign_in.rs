//! The sign-in, with the browser's own session storage, address bar and channels.

use crate::support::data::{REVOKE_URL, TOKEN_URL, me, oauth, tokens};
use crate::support::network::{Call, MockNetwork, MockResponse, MockServer};
use crate::support::page::{address, default_response, set_address, simulate_redirect_back};
use crate::support::watch::{Watch, watch};
use client::api::AuthorisedApi;
use client::auth::error::ConfigFault;
use client::auth::flow::State;
use client::auth::{AuthRuntime, SignInError, redirect};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use shared::api::OauthConfig;
use std::collections::HashMap;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;
use yew::Callback;

/// A tab with its sign-in, its states, and the URLs for which it left.
struct Tab {
    runtime: AuthRuntime,
    states: Watch<State>,
    redirects: Watch<String>,
}

fn tab_with(config: OauthConfig) -> Tab {
    let (changed, states) = watch();
    let (navigate, redirects) = watch();
    Tab {
        runtime: AuthRuntime::start(config, redirect::take_response(), navigate, changed),
        states,
        redirects,
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

/// All keys and values in the text storages of this origin.
fn stored_text() -> String {
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
async fn a_redirect_with_a_new_challenge_signs_in() {
    let mut before = tab();
    before.runtime.sign_in("/migrate");
    let url = before.redirects.until(|_| true).await;
    let sent = parameters(&url);
    assert_eq!(sent["response_type"], "code");
    assert_eq!(sent["code_challenge_method"], "S256");
    assert_eq!(sent["redirect_uri"], oauth().redirect_uri);
    assert_eq!(sent["scope"], "profile user");

    let network = MockNetwork::start(default_response);
    set_address(&format!(
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
    let stored = stored_text();
    for secret in ["access-1", "refresh-1", "the-code", verifier.secret()] {
        assert!(!stored.contains(secret), "{secret} in {stored}");
    }
    set_address("/");
}

#[wasm_bindgen_test]
async fn several_attempts_in_one_tab_are_independent() {
    let (mut one, mut two) = (tab(), tab());
    one.runtime.sign_in("/migrate");
    two.runtime.sign_in("/import");
    let state_of = |url: String| parameters(&url)["state"].clone();
    let first = state_of(one.redirects.until(|_| true).await);
    let second = state_of(two.redirects.until(|_| true).await);
    assert_ne!(first, second);
    let _network = MockNetwork::start(default_response);
    for (state, path) in [(second, "/import"), (first, "/migrate")] {
        set_address(&format!(
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
    set_address("/");
}

#[wasm_bindgen_test]
async fn a_repeated_response_causes_no_error_and_no_second_exchange() {
    let network = MockNetwork::start(default_response);
    simulate_redirect_back("twice");
    let answer = address();
    let mut first = tab();
    first.signed_in().await;
    set_address(&answer);
    // The first tab shares its session.
    let mut second = tab();
    let is_settled = |state: &State| matches!(state, State::SignedIn { .. } | State::Failed(_));
    let state = second.states.until(is_settled).await;
    assert!(
        matches!(&state, State::SignedIn { return_to, .. } if return_to.as_str() == "/migrate"),
        "{state:?}"
    );
    assert_eq!(address(), "/callback?keep=1");
    assert_eq!(network.calls("POST", TOKEN_URL).len(), 1);
    set_address("/");
}

#[wasm_bindgen_test]
async fn forged_responses_are_refused_without_any_request() {
    let network = MockNetwork::start(default_response);
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
        set_address(&format!("/callback?{query}"));
        assert_eq!(tab().failed().await, expected);
        assert_eq!(address(), "/callback");
    }
    simulate_redirect_back("other-issuer");
    set_address(&address().replace("id.example", "evil.example"));
    assert_eq!(tab().failed().await, SignInError::IssuerWrong);
    assert_eq!(network.calls("POST", TOKEN_URL).len(), 0);
    set_address("/");
}

#[wasm_bindgen_test]
async fn errors_of_the_token_endpoint_are_reported() {
    let refused = |_: &Call| MockResponse::Json(400, serde_json::json!({"error": "invalid_grant"}));
    let cases: [(MockServer, SignInError); 3] = [
        (
            refused,
            SignInError::Refused {
                error: "invalid_grant".into(),
                description: None,
            },
        ),
        (|_| MockResponse::Html, SignInError::Unreadable),
        (|_| MockResponse::NetworkError, SignInError::Unreachable),
    ];
    for (server, expected) in cases {
        let _network = MockNetwork::start(server);
        simulate_redirect_back("no-token");
        assert_eq!(tab().failed().await, expected);
    }
    set_address("/");
}

#[wasm_bindgen_test]
async fn signing_out_revokes_the_tokens_and_signs_out_the_other_tab() {
    let (sender, mut revoked) = watch();
    let network = MockNetwork::start(move |call| {
        if call.url == REVOKE_URL {
            sender.emit(call.field("token_type_hint"));
        }
        default_response(call)
    });
    simulate_redirect_back("tab-one");
    let mut one = tab();
    let api = one.signed_in().await;
    simulate_redirect_back("tab-two");
    let mut two = tab();
    two.signed_in().await;

    one.runtime.sign_out();
    let is_out = |state: &State| matches!(state, State::SignedOut { .. });
    one.states.until(is_out).await;
    two.states.until(is_out).await;
    let error = api.me().await.expect_err("no token any more");
    assert!(error.requires_sign_in(), "{error}");
    let asked = network.calls("GET", "/api/v1/me").len();
    assert_eq!(asked, 2, "nothing was sent without a token");
    // No tab waits for the revocation.
    let is_refresh = |hint: &Option<String>| hint.as_deref() == Some("refresh_token");
    revoked.until(is_refresh).await;
    set_address("/");
}

#[wasm_bindgen_test]
async fn the_sign_in_server_ends_its_session_without_a_token_in_the_url() {
    let _network = MockNetwork::start(|call| match call.url.as_str() {
        REVOKE_URL => MockResponse::Json(200, serde_json::json!({})),
        _ => default_response(call),
    });
    simulate_redirect_back("end-session");
    let mut tab = tab_with(OauthConfig {
        end_session_url: Some("https://id.example/end".into()),
        ..oauth()
    });
    tab.signed_in().await;
    tab.runtime.sign_out();
    let next = tab
        .states
        .until(|state| !matches!(state, State::SignedIn { .. }));
    assert_eq!(
        next.await,
        State::SigningOut,
        "work started now would be lost"
    );
    let url = tab.redirects.until(|_| true).await;
    assert!(
        url.as_str()
            .starts_with("https://id.example/end?client_id=")
    );
    assert!(!url.contains("access-") && !url.contains("refresh-"));
    set_address("/");
}

#[wasm_bindgen_test]
async fn a_401_expires_the_session_and_keeps_the_person() {
    let _network = MockNetwork::start(|call| match call.url.as_str() {
        "/api/v1/legacy" => MockResponse::Problem(401, "token-expired"),
        _ => default_response(call),
    });
    simulate_redirect_back("expires");
    let mut tab = tab();
    let api = tab.signed_in().await;
    api.legacy().await.expect_err("refused");
    let is_expired = |state: &State| matches!(state, State::Expired { .. });
    let state = tab.states.until(is_expired).await;
    assert!(matches!(state, State::Expired { me, .. } if me.name == "Ada"));
    set_address("/");
}

#[wasm_bindgen_test]
async fn a_due_token_is_renewed_once_for_all_requests() {
    // Tokens are due 30 seconds before they expire: the first one at once, the second one not.
    let network = MockNetwork::start(|call| {
        let first = call.field("grant_type").as_deref() == Some("authorization_code");
        match call.url.as_str() {
            TOKEN_URL if first => MockResponse::Json(200, tokens(1, 10)),
            TOKEN_URL => MockResponse::Json(200, tokens(2, 3_600)),
            "/api/v1/me" => MockResponse::Json(200, me()),
            _ => default_response(call),
        }
    });
    simulate_redirect_back("renewal");
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
    set_address("/");
}

#[wasm_bindgen_test]
async fn another_origin_than_that_of_the_redirect_uri_cannot_sign_in() {
    let config = OauthConfig {
        redirect_uri: "https://elsewhere.example/callback".into(),
        ..oauth()
    };
    let (changed, states) = watch();
    let (_, redirects) = watch();
    let left = Callback::from(|url: String| panic!("left for {url}"));
    let mut tab = Tab {
        runtime: AuthRuntime::start(config, redirect::take_response(), left, changed),
        states,
        redirects,
    };
    tab.runtime.sign_in("/");
    let expected = SignInError::Misconfigured(ConfigFault::OtherOrigin);
    assert_eq!(tab.failed().await, expected);
}
