//! Sign-in that our server mediates, at auth servers for confidential clients.

use crate::harness::{
    Answer, CLIENT_ID, CLIENT_SECRET, Manner, Mood, Person, Proof, Setup, TokenEndpoint, code,
    people, token,
};
use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};

const OWN: &str = "https://collections.example.org";
const VERIFIER: &str = "the-verifier-of-more-than-forty-three-characters-0123";
const COOKIE: &str = "__Secure-gnc-session";

/// A server like gn-auth.
const GN_AUTH: Manner = Manner {
    client: Proof::Post,
    refresh: false,
    metadata: false,
};

/// A server that does all that a standard one does.
const STANDARD: Manner = Manner {
    client: Proof::Basic,
    refresh: true,
    metadata: true,
};

/// The server in mediated mode, at an auth server of this manner.
async fn mediated(manner: Manner, more: &[&str]) -> (Setup, TokenEndpoint) {
    let issuer = TokenEndpoint::start(manner, &people()).await;
    let url = &issuer.url;
    let mut flags = vec![
        "--oauth-mode=mediated".to_owned(),
        format!("--oauth-client-id={CLIENT_ID}"),
        format!("--oauth-client-secret={CLIENT_SECRET}"),
        format!("--oauth-issuer={url}"),
        format!("--oauth-token-url={url}/token"),
    ];
    flags.extend(more.iter().map(|flag| (*flag).to_owned()));
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    (Setup::with(&flags, &people()).await, issuer)
}

async fn post(setup: &Setup, what: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
    let path = format!("/api/v1/oauth2/{what}");
    setup.send(Method::POST, &path, headers, body).await
}

/// As our own page asks.
async fn own(setup: &Setup, what: &str, cookie: Option<&str>, body: Option<&Value>) -> Answer {
    let mut headers = vec![("origin", OWN), ("sec-fetch-site", "same-origin")];
    headers.extend(cookie.map(|cookie| ("cookie", cookie)));
    post(setup, what, &headers, body).await
}

fn request(person: &Person) -> Value {
    json!({"code": code(person), "code_verifier": VERIFIER, "redirect_uri": format!("{OWN}/callback")})
}

async fn sign_in(setup: &Setup, person: &Person) -> Answer {
    let answer = own(setup, "token", None, Some(&request(person))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer
}

/// The `Set-Cookie` header: the pair to send back, and the attributes.
fn set_cookie(answer: &Answer) -> (String, String) {
    let header = answer.headers["set-cookie"].to_str().expect("text");
    let (pair, attributes) = header.split_once("; ").expect("attributes");
    assert!(pair.starts_with(&format!("{COOKIE}=")), "{pair}");
    (pair.to_owned(), attributes.to_owned())
}

#[tokio::test]
async fn the_secret_is_presented_as_the_auth_server_wants_it() {
    let person = &people()[0];
    let standard_post = Manner {
        client: Proof::Post,
        ..STANDARD
    };
    let basic_only = Manner {
        client: Proof::Basic,
        ..GN_AUTH
    };
    for (manner, flag) in [
        (GN_AUTH, "--oauth-client-auth=auto"),
        (GN_AUTH, "--oauth-client-auth=client_secret_post"),
        (basic_only, "--oauth-client-auth=client_secret_basic"),
        (STANDARD, "--oauth-client-auth=auto"),
        (standard_post, "--oauth-client-auth=auto"),
    ] {
        let (setup, issuer) = mediated(manner, &[flag]).await;
        let answer = sign_in(&setup, person).await;
        assert_eq!(answer.body["access_token"], token(person));
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.headers["cache-control"], "no-store");
        let asked = &issuer.asked()[0];
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
        // What is expected the wrong way round is refused, and said to be our own fault, not the visitor's.
        let other = if manner.client == Proof::Basic {
            "post"
        } else {
            "basic"
        };
        let flag = format!("--oauth-client-auth=client_secret_{other}");
        let (setup, _issuer) = mediated(manner, &[&flag]).await;
        let answer = own(&setup, "token", None, Some(&request(person))).await;
        assert_eq!(answer.problem(), "auth-server-unavailable");
    }
}

#[tokio::test]
async fn the_cookie_is_for_our_server_only() {
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
        ["Path=/api/v1/oauth2", "SameSite=Strict", "Secure"]
    );
    let (_, age) = attributes[1].split_once("Max-Age=").expect("it ends");
    assert!((863_000..=864_000).contains(&age.parse::<u64>().expect("a number")));
    assert!(
        !pair.contains(&token(person)) && !pair.contains(&person.user_id),
        "{pair}"
    );
}

#[tokio::test]
async fn a_reload_keeps_the_session_where_there_are_no_refresh_tokens() {
    let (setup, issuer) = mediated(GN_AUTH, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.body["access_token"], token(person));
    assert!(answer.body["expires_in"].as_u64().expect("a number") <= 864_000);
    assert_eq!(issuer.asked().len(), 1, "nothing to ask for");
    // Without a cookie there is no session, and that is no error.
    assert_eq!(own(&setup, "refresh", None, None).await.status, 204);
    // What the auth server no longer accepts is not given out again and again.
    setup.auth.becomes(Mood::Expired);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.problem(), "unauthenticated");
    assert!(set_cookie(&answer).1.contains("Max-Age=0"));
    // A session outlives an auth server that is away for a while.
    setup.auth.becomes(Mood::Fails);
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_reload_renews_once_for_all_tabs_where_refresh_tokens_rotate() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let person = &people()[0];
    let (cookie, attributes) = set_cookie(&sign_in(&setup, person).await);
    assert!(attributes.contains("Max-Age=1209600"), "{attributes}");
    let tabs = (0..20).map(|_| own(&setup, "refresh", Some(&cookie), None));
    for answer in join_all(tabs).await {
        assert_eq!(answer.body["access_token"], token(person));
        assert_ne!(set_cookie(&answer).0, cookie);
    }
    let asked = issuer.asked();
    assert_eq!(asked.len(), 2, "a second use would count as theft");
    assert_eq!(asked[1].form["grant_type"], "refresh_token");
    let (renewed, _) = set_cookie(&own(&setup, "refresh", Some(&cookie), None).await);
    let answer = own(&setup, "refresh", Some(&renewed), None).await;
    assert_eq!(answer.status, 200, "the new one is good");
}

#[tokio::test]
async fn a_changed_or_foreign_cookie_is_no_session() {
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
        format!("{name}={}", &value[..value.len() / 2]),
    ];
    for at in [0, value.len() / 2, value.len() - 3] {
        let mut bytes = value.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let value = String::from_utf8(bytes).expect("text");
        tampered.push(format!("{name}={value}"));
    }
    let before = issuer.asked().len();
    for cookie in tampered {
        let answer = own(&setup, "refresh", Some(&cookie), None).await;
        assert_eq!(answer.status, 204, "{cookie}");
        assert_eq!(answer.body, "");
    }
    assert_eq!(issuer.asked().len(), before);
    assert_eq!(
        own(&setup, "refresh", Some(&cookie), None).await.status,
        200
    );
}

#[tokio::test]
async fn other_origins_are_refused_before_anything_happens() {
    let (setup, issuer) = mediated(STANDARD, &[]).await;
    let person = &people()[0];
    let (cookie, _) = set_cookie(&sign_in(&setup, person).await);
    let before = issuer.asked().len();
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
        issuer.asked().len(),
        before,
        "the auth server heard of none"
    );
    assert_eq!(
        own(&setup, "refresh", Some(&cookie), None).await.status,
        200
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_there() {
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
        attributes.contains("Max-Age=0") && attributes.contains("Path=/api/v1/oauth2"),
        "{attributes}"
    );
    let revoked: Vec<String> = issuer
        .asked()
        .into_iter()
        .filter(|asked| asked.path == "/revoke")
        .map(|asked| asked.form["token_type_hint"].clone())
        .collect();
    assert_eq!(revoked, ["refresh_token", "access_token"]);
    // The auth server is asked again about the token, and the old cookie is worth nothing.
    setup.auth.becomes(Mood::Expired);
    let me = setup.get(person, "/api/v1/me").await;
    assert_eq!(me.problem(), "token-expired");
    let answer = own(&setup, "refresh", Some(&cookie), None).await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn signing_out_works_where_nothing_can_be_revoked() {
    let (setup, _issuer) = mediated(GN_AUTH, &[]).await;
    let (cookie, _) = set_cookie(&sign_in(&setup, &people()[0]).await);
    let answer = own(&setup, "logout", Some(&cookie), None).await;
    assert_eq!(answer.body, json!({"revocation": "unsupported"}));
    assert!(set_cookie(&answer).1.contains("Max-Age=0"));
    let again = own(&setup, "logout", None, None).await;
    assert_eq!(again.body, json!({"revocation": "done"}), "nothing is left");
}

#[tokio::test]
async fn what_buys_no_token_is_refused_with_its_reason() {
    let person = &people()[0];
    let (setup, issuer) = mediated(GN_AUTH, &[]).await;
    sign_in(&setup, person).await;
    let again = own(&setup, "token", None, Some(&request(person))).await;
    assert_eq!(again.problem(), "unauthenticated", "a code is good once");
    let mut elsewhere = request(person);
    elsewhere["redirect_uri"] = "https://evil.example/callback".into();
    let mut more = request(person);
    more["client_secret"] = "x".into();
    for body in [elsewhere, more, json!({}), json!({"code": 7})] {
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
        issuer.answers(status, body);
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
async fn a_server_like_gn_auth_serves_the_whole_job() {
    let flags = [
        "--oauth-state=pending-login",
        "--email-trust=issuer",
        "--oauth-scopes=profile user",
    ];
    let (setup, _issuer) = mediated(GN_AUTH, &flags).await;
    setup.redis.load(&crate::harness::sample()).await;
    setup.auth.becomes(Mood::WithoutVerified);
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
async fn the_direct_mode_mediates_nothing() {
    let setup = Setup::empty().await;
    for what in ["token", "refresh", "logout"] {
        let body = (what == "token").then(|| request(&people()[0]));
        let answer = own(&setup, what, None, body.as_ref()).await;
        assert_eq!(answer.problem(), "not-found", "{what}");
    }
}
