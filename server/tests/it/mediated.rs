//! Mediated sign-in, as a confidential and as a public client.

mod audited;
mod lifetime;

use crate::harness::{
    ApiResponse, AuthServerKind, Behavior, CLIENT_ID, CLIENT_SECRET, ClientAuthentication,
    ManualClock, Person, Setup, TokenEndpoint, code, people, token,
};
use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use std::time::Duration;

const OWN: &str = "https://collections.example.org";
const VERIFIER: &str = "the-verifier-of-more-than-forty-three-characters-0123";
const COOKIE: &str = "__Host-gnc-session";

/// An auth server like gn-auth.
const GN_AUTH: AuthServerKind = AuthServerKind {
    client: ClientAuthentication::Post,
    refresh: false,
    metadata: false,
    revoke: None,
    states_revoke: false,
};

/// A standard auth server.
const STANDARD: AuthServerKind = AuthServerKind {
    client: ClientAuthentication::Basic,
    refresh: true,
    metadata: true,
    revoke: None,
    states_revoke: false,
};

/// A standard auth server whose client has no secret.
const PUBLIC: AuthServerKind = AuthServerKind {
    client: ClientAuthentication::None,
    ..STANDARD
};

/// Starts the server in mediated mode with an auth server of this kind, whose URL replaces
/// `ISSUER`.
async fn mediated(kind: AuthServerKind, more: &[&str]) -> (Setup, TokenEndpoint) {
    mediated_at(kind, more, &MonotonicClock::system()).await
}

async fn mediated_at(
    kind: AuthServerKind,
    more: &[&str],
    ticker: &MonotonicClock,
) -> (Setup, TokenEndpoint) {
    let issuer = TokenEndpoint::start(kind, &people()).await;
    let url = &issuer.url;
    let mut flags = vec![
        format!("--oauth-client-id={CLIENT_ID}"),
        format!("--oauth-issuer={url}"),
        format!("--oauth-token-url={url}/token"),
    ];
    if kind.client != ClientAuthentication::None {
        flags.push(format!("--oauth-client-secret={CLIENT_SECRET}"));
    }
    flags.extend(more.iter().map(|flag| flag.replace("ISSUER", url)));
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    (Setup::with_clock(&flags, &people(), ticker).await, issuer)
}

async fn post(
    setup: &Setup,
    what: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> ApiResponse {
    let path = format!("/api/v1/oauth2/{what}");
    setup.send(Method::POST, &path, headers, body).await
}

/// Sends a request of the own page.
async fn own(setup: &Setup, what: &str, cookie: Option<&str>, body: Option<&Value>) -> ApiResponse {
    let mut headers = vec![("origin", OWN), ("sec-fetch-site", "same-origin")];
    headers.extend(cookie.map(|cookie| ("cookie", cookie)));
    post(setup, what, &headers, body).await
}

fn request(person: &Person) -> Value {
    json!({"code": code(person), "code_verifier": VERIFIER, "redirect_uri": format!("{OWN}/callback")})
}

async fn sign_in(setup: &Setup, person: &Person) -> ApiResponse {
    let answer = own(setup, "token", None, Some(&request(person))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer
}

/// Returns name and value of the `Set-Cookie` header, and its attributes.
fn set_cookie(answer: &ApiResponse) -> (String, String) {
    let header = answer.headers["set-cookie"].to_str().expect("text");
    let (pair, attributes) = header.split_once("; ").expect("attributes");
    assert!(pair.starts_with(&format!("{COOKIE}=")), "{pair}");
    (pair.to_owned(), attributes.to_owned())
}

#[tokio::test]
async fn client_secret_is_sent_by_the_servers_method() {
    let person = &people()[0];
    let standard_post = AuthServerKind {
        client: ClientAuthentication::Post,
        ..STANDARD
    };
    let basic_only = AuthServerKind {
        client: ClientAuthentication::Basic,
        ..GN_AUTH
    };
    for (kind, flag) in [
        (GN_AUTH, "--oauth-client-auth=auto"),
        (GN_AUTH, "--oauth-client-auth=client_secret_post"),
        (basic_only, "--oauth-client-auth=client_secret_basic"),
        (STANDARD, "--oauth-client-auth=auto"),
        (standard_post, "--oauth-client-auth=auto"),
    ] {
        let (setup, issuer) = mediated(kind, &[flag]).await;
        let answer = sign_in(&setup, person).await;
        assert_eq!(answer.body["access_token"], token(person));
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.headers["cache-control"], "no-store");
        let asked = &issuer.requests()[0];
        assert_eq!(asked.path, "/token");
        for (field, value) in [
            ("grant_type", "authorization_code"),
            ("code", code(person).as_str()),
            ("code_verifier", VERIFIER),
            ("redirect_uri", "https://collections.example.org/callback"),
        ] {
            assert_eq!(asked.form[field], value);
        }
        let said = format!("{:?}{}", answer.headers, answer.body);
        assert!(
            !said.contains(CLIENT_SECRET) && !said.contains("refresh-") && !said.contains(VERIFIER),
            "{said}"
        );
        // The wrong method is an error of the server, not of the visitor.
        let other = if kind.client == ClientAuthentication::Basic {
            "post"
        } else {
            "basic"
        };
        let flag = format!("--oauth-client-auth=client_secret_{other}");
        let (setup, _issuer) = mediated(kind, &[&flag]).await;
        let answer = own(&setup, "token", None, Some(&request(person))).await;
        assert_eq!(answer.problem(), "auth-server-unavailable");
    }
}

#[tokio::test]
async fn session_cookie_is_restricted_to_the_own_server() {
    let (setup, _issuer) = mediated(GN_AUTH, &[]).await;
    let person = &people()[0];
    let (pair, attributes) = set_cookie(&sign_in(&setup, person).await);
    let mut attributes: Vec<&str> = attributes.split("; ").collect();
    attributes.sort_unstable();
    assert_eq!(
        attributes[..1],
        ["HttpOnly"],
        "scripts cannot read it: {attributes:?}"
    );
    assert_eq!(
        attributes[2..],
        ["Path=/", "SameSite=Strict", "Secure"],
        "without these and with `Domain`, browsers refuse the prefix"
    );
    let (_, age) = attributes[1].split_once("Max-Age=").expect("it ends");
    assert_eq!(age, "7200", "an unused session ends after two hours");
    assert!(
        !pair.contains(&token(person)) && !pair.contains(&person.user_id),
        "{pair}"
    );
}

#[tokio::test]
async fn changed_or_foreign_cookie_is_no_session() {
    let person = &people()[0];
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let (name, value) = cookie.split_once('=').expect("a pair");
    let other = "--cookie-secret=another-secret-of-more-than-thirty-two-characters";
    let (elsewhere, _issuer) = mediated(STANDARD, &[other]).await;
    let (foreign, _) = set_cookie(&sign_in(&elsewhere, person).await);
    let mut tampered = vec![
        foreign,
        format!("{name}="),
        format!("{name}={}", token(person)),
        format!("gnc-session={value}"),
        // The name before it had the prefix, and a name without a prefix for the browser.
        format!("__Secure-gnc-session={value}"),
        format!("%5F_Host-gnc-session={value}"),
        // Another host has planted one of two.
        format!("{cookie}; {cookie}"),
        format!("{cookie}; {name}=planted"),
        format!("{name}=planted; other=1; {cookie}"),
        format!("{name}={}", &value[..value.len() / 2]),
    ];
    for at in [0, value.len() / 2, value.len() - 3] {
        let mut bytes = value.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let value = String::from_utf8(bytes).expect("text");
        tampered.push(format!("{name}={value}"));
    }
    let before = issuer.requests().len();
    for cookie in tampered {
        let answer = own(&setup, "refresh", Some(&cookie), None).await;
        assert_eq!(answer.status, 204, "{cookie}");
        assert_eq!(answer.body, "");
    }
    let own_page = ("sec-fetch-site", "same-origin");
    let twice = [own_page, ("cookie", &cookie), ("cookie", &cookie)];
    let answer = post(&setup, "refresh", &twice, None).await;
    assert_eq!(answer.status, 204, "two headers");
    assert_eq!(issuer.requests().len(), before);
    let among_others = format!("a=b; {cookie};c; session=of.gn2; %5F_Host-gnc-session=planted");
    for cookie in [&cookie, &among_others] {
        let answer = own(&setup, "refresh", Some(cookie), None).await;
        assert_eq!(answer.status, 200, "{cookie}");
    }
}

#[tokio::test]
async fn cookie_of_this_machine_has_no_prefix_without_tls() {
    let (setup, _issuer) = mediated(STANDARD, &["--public-url=http://localhost:8787"]).await;
    let page = ("origin", "http://localhost:8787");
    let mut body = request(&people()[0]);
    body["redirect_uri"] = json!("http://localhost:8787/callback");
    let answer = post(&setup, "token", &[page], Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let header = answer.headers["set-cookie"].to_str().expect("text");
    assert!(header.starts_with("gnc-session-8787="), "{header}");
    assert!(header.contains("; Path=/;") && !header.contains("Secure"));
}

#[tokio::test]
async fn other_origins_are_refused_first() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let before = issuer.requests().len();
    let foreign = "https://evil.example";
    for headers in [
        &[][..],
        &[("origin", foreign)],
        &[("origin", "null")],
        &[("origin", foreign), ("sec-fetch-site", "same-origin")],
        &[("origin", OWN), ("sec-fetch-site", "cross-site")],
        &[("origin", OWN), ("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
    ] {
        let headers = [headers, &[("cookie", cookie.as_str())]].concat();
        for what in ["token", "refresh", "logout"] {
            let body = (what == "token").then(|| request(&people()[1]));
            let answer = post(&setup, what, &headers, body.as_ref()).await;
            assert_eq!(
                (answer.problem(), answer.status.as_u16()),
                ("invalid-request", 400),
                "{what} {headers:?}"
            );
            assert!(!answer.headers.contains_key("set-cookie"));
            assert_eq!(answer.body["errors"][0]["path"], "Origin");
        }
    }
    assert_eq!(
        issuer.requests().len(),
        before,
        "the auth server heard of none"
    );
    assert_eq!(
        own(&setup, "refresh", Some(&cookie), None).await.status,
        200
    );
}

#[tokio::test]
async fn sign_out_ends_the_session_on_both_servers() {
    let (setup, issuer) = mediated(STANDARD, &["--token-cache-seconds=60"]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    assert_eq!(setup.get(person, "/api/v1/me").await.status, 200);
    let bearer = format!("Bearer {}", token(person));
    let headers = [
        ("origin", OWN),
        ("cookie", cookie.as_str()),
        ("authorization", &bearer),
    ];
    let answer = post(&setup, "logout", &headers, None).await;
    assert_eq!(answer.body, json!({"revocation": "done"}));
    let (emptied, attributes) = set_cookie(&answer);
    let nothing = own(&setup, "refresh", Some(&emptied), None).await;
    assert_eq!(nothing.status, 204, "what is left holds no session");
    assert!(
        attributes.contains("Max-Age=0") && attributes.contains("; Path=/;"),
        "{attributes}"
    );
    let revoked: Vec<String> = issuer
        .requests()
        .into_iter()
        .filter(|asked| asked.path == "/revoke")
        .map(|asked| asked.form["token_type_hint"].clone())
        .collect();
    assert_eq!(revoked, ["refresh_token", "access_token"]);
    // The token is no longer cached, and the old cookie is invalid.
    setup.auth.set_behavior(Behavior::Expired);
    let me = setup.get(person, "/api/v1/me").await;
    assert_eq!(me.problem(), "token-expired");
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn sign_out_works_without_revocation() {
    let (setup, _issuer) = mediated(GN_AUTH, &[]).await;
    let (cookie, _) = set_cookie(&sign_in(&setup, &people()[0]).await);
    let answer = own(&setup, "logout", Some(&cookie), None).await;
    assert_eq!(answer.body, json!({"revocation": "unsupported"}));
    assert!(set_cookie(&answer).1.contains("Max-Age=0"));
    let again = own(&setup, "logout", None, None).await;
    assert_eq!(again.body, json!({"revocation": "done"}), "nothing is left");
}

#[tokio::test]
async fn revocation_has_its_own_client_authentication() {
    use ClientAuthentication::{Basic, Post};
    let url = "--oauth-revoke-url=ISSUER/revoke";
    let at_post = "--oauth-revoke-client-auth=client_secret_post";
    let at_basic = "--oauth-revoke-client-auth=client_secret_basic";
    // As both releases of gn-auth.
    let gn_auth = AuthServerKind {
        revoke: Some(Basic),
        ..GN_AUTH
    };
    let reversed = AuthServerKind {
        client: Basic,
        revoke: Some(Post),
        ..GN_AUTH
    };
    let with_metadata = AuthServerKind {
        metadata: true,
        ..gn_auth
    };
    let stating = AuthServerKind {
        states_revoke: true,
        ..with_metadata
    };
    let at_token = "--oauth-client-auth=client_secret_basic";
    for (row, kind, flags, revocation, requests) in [
        ("unknown", gn_auth, &[url][..], "done", 2),
        ("configured", gn_auth, &[url, at_basic], "done", 1),
        ("configured wrongly", gn_auth, &[url, at_post], "failed", 1),
        ("unknown, reversed", reversed, &[url, at_token], "done", 2),
        ("not stated", with_metadata, &[], "done", 2),
        ("stated", stating, &[], "done", 1),
        (
            "stated, configured otherwise",
            stating,
            &[at_post],
            "done",
            1,
        ),
        (
            "not an endpoint",
            gn_auth,
            &["--oauth-revoke-url=ISSUER/nowhere"],
            "failed",
            0,
        ),
        ("no endpoint", gn_auth, &[], "unsupported", 0),
    ] {
        let (setup, issuer) = mediated(kind, flags).await;
        let (cookie, _) = set_cookie(&sign_in(&setup, &people()[0]).await);
        let answer = own(&setup, "logout", Some(&cookie), None).await;
        assert_eq!(answer.body, json!({"revocation": revocation}), "{row}");
        let asked = issuer.requests();
        let asked = asked.iter().filter(|asked| asked.path == "/revoke");
        assert_eq!(asked.count(), requests, "{row}");
    }
}

#[tokio::test]
async fn failed_code_exchange_is_refused_with_a_reason() {
    let person = &people()[0];
    let (setup, issuer) = mediated(GN_AUTH, &[]).await;
    sign_in(&setup, person).await;
    let again = own(&setup, "token", None, Some(&request(person))).await;
    assert_eq!(again.problem(), "unauthenticated", "a code is good once");
    let mut elsewhere = request(person);
    elsewhere["redirect_uri"] = "https://evil.example/callback".into();
    let mut more = request(person);
    more["client_secret"] = "x".into();
    // gn-auth's callback names a user. The token alone says who has signed in.
    let mut named = request(person);
    named["user_id"] = people()[1].user_id.clone().into();
    for body in [elsewhere, more, named, json!({}), json!({"code": 7})] {
        let answer = own(&setup, "token", None, Some(&body)).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("invalid-request", 422)
        );
    }
    for (status, body) in [
        (200, "<!doctype html><title>Sign in</title>"),
        (200, "{}"),
        (200, r#"{"access_token": "a", "token_type": "mac"}"#),
        (500, r#"{"error": "invalid_grant"}"#),
        (404, "<!doctype html>"),
        (302, ""),
    ] {
        issuer.respond_with(status, body);
        let answer = own(&setup, "token", None, Some(&request(&people()[1]))).await;
        assert_eq!(
            (answer.problem(), answer.status.as_u16()),
            ("auth-server-unavailable", 503),
            "{status} {body}"
        );
        assert!(!answer.headers.contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn migration_works_with_a_server_like_gn_auth() {
    let flags = [
        "--oauth-state=pending-login",
        "--email-trust=issuer",
        "--oauth-scopes=profile user",
    ];
    let (setup, _issuer) = mediated(GN_AUTH, &flags).await;
    setup.redis.load(&crate::harness::sample()).await;
    setup.auth.set_behavior(Behavior::WithoutVerified);
    let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
    let oauth = &config.body["oauth"];
    assert_eq!(
        (&oauth["mode"], &oauth["state"], &oauth["iss_required"]),
        (&json!("mediated"), &json!("pending-login"), &json!(false))
    );
    assert!(oauth.get("token_url").is_none_or(Value::is_null), "{oauth}");
    assert!(!config.body.to_string().contains(CLIENT_SECRET));
    let policy = &config.headers["content-security-policy"];
    assert!(
        policy
            .to_str()
            .expect("text")
            .contains("connect-src 'self';"),
        "the page talks to us only: {policy:?}"
    );
    let person = &people()[0];
    sign_in(&setup, person).await;
    let receipt = setup.migrate(person, "k", &json!({})).await;
    assert_eq!(
        (receipt.status.as_u16(), &receipt.body["moved"]),
        (201, &json!(11))
    );
}

#[tokio::test]
async fn direct_mode_has_no_token_routes() {
    let setup = Setup::with(&["--oauth-mode=direct"], &people()).await;
    for what in ["token", "refresh", "logout"] {
        let body = (what == "token").then(|| request(&people()[0]));
        let answer = own(&setup, what, None, body.as_ref()).await;
        assert_eq!(answer.problem(), "not-found", "{what}");
    }
}

#[tokio::test]
async fn page_signs_in_silently_only_in_direct_mode_and_where_the_server_can() {
    for (kind, flags, expected) in [
        (PUBLIC, &["--oauth-mode=direct"][..], true),
        (PUBLIC, &[], false),
        (GN_AUTH, &["--oauth-mode=direct"], false),
        (
            PUBLIC,
            &["--oauth-mode=direct", "--oauth-state=pending-login"],
            false,
        ),
    ] {
        let (setup, _issuer) = mediated(kind, flags).await;
        let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(
            config.body["oauth"]["silent_sign_in"], expected,
            "{flags:?}"
        );
    }
}
