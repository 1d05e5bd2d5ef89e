//! Traits that a form of another site submits to `/add`: they come back as data in the page, and
//! are stored nowhere.

use crate::harness::{Setup, people};
use http::{Method, StatusCode};
use reqwest::Response;

const FORM: &str = "application/x-www-form-urlencoded";
const MEBIBYTE: usize = 1024 * 1024;

/// Submits a body as a browser does that shows a page of another site.
async fn submit(setup: &Setup, content_type: Option<&str>, body: String) -> Response {
    let mut request = reqwest::Client::new()
        .post(format!("{}/add", setup.url))
        .header("origin", "https://gn2.example.org")
        .header("sec-fetch-site", "cross-site")
        .body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    request.send().await.expect("an answer")
}

/// Returns the content of the `<meta>` element with this name, as it is in the page.
fn meta<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("<meta name=\"{name}\" content=\"");
    let (_, rest) = html.split_once(&start)?;
    Some(
        rest.split_once("\"></head>")
            .expect("the end of the head")
            .0,
    )
}

#[tokio::test]
async fn submitted_traits_come_back_as_data_in_the_page() {
    let setup = Setup::empty().await;
    let traits = "1435464_at:HC_M2_0606_P:0123456789abcdef0123,10710:BXDPublish";
    let forms = [
        format!("traits={traits}"),
        format!(
            "x=y&traits={}",
            traits.replace(':', "%3A").replace(',', "%2C")
        ),
        format!("traits={}", traits.replace(',', "&traits=")),
    ];
    for form in forms {
        for content_type in [FORM, "application/X-www-form-urlencoded; charset=UTF-8"] {
            let answer = submit(&setup, Some(content_type), form.clone()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{form}");
            assert_eq!(answer.headers()["cache-control"], "no-store");
            assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
            assert!(!answer.headers().contains_key("set-cookie"));
            let html = answer.text().await.expect("text");
            assert_eq!(meta(&html, "submitted-traits"), Some(traits), "{form}");
            assert!(html.contains("start()"), "the app is in the page: {html}");
        }
    }
    for form in ["", "x=y"] {
        let html = submit(&setup, Some(FORM), form.to_owned()).await.text();
        let html = html.await.expect("text");
        assert_eq!(meta(&html, "submitted-traits"), Some(""), "{form}");
    }
}

#[tokio::test]
async fn markup_in_traits_stays_text() {
    let setup = Setup::empty().await;
    let page = setup.send(Method::GET, "/add", &[], None).await;
    let page = page.body.as_str().expect("text");
    for markup in [
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "<!--",
        "--></head><body>",
        "&lt;b&gt;",
        "' onload='x",
    ] {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("traits", markup)
            .finish();
        let answer = submit(&setup, Some(FORM), form).await;
        let html = answer.text().await.expect("text");
        let content = meta(&html, "submitted-traits").expect("the traits");
        assert!(!content.contains(['<', '>', '"']), "{content}");
        let unescaped = content
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
        assert_eq!(unescaped, markup);
        // The rest of the page is as without traits.
        let element = format!("<meta name=\"submitted-traits\" content=\"{content}\">");
        assert_eq!(html.replace(&element, ""), page);
    }
}

#[tokio::test]
async fn answer_has_the_policy_of_every_page() {
    let setup = Setup::empty().await;
    let page = setup.send(Method::GET, "/", &[], None).await;
    for (path, body) in [("/add", Some("traits=a:D")), ("/add?traits=a:D", None)] {
        let answer = if let Some(body) = body {
            submit(&setup, Some(FORM), body.to_owned()).await
        } else {
            let request = reqwest::get(format!("{}{path}", setup.url));
            request.await.expect("an answer")
        };
        assert_eq!(answer.status(), StatusCode::OK);
        let policy = answer.headers()["content-security-policy"].to_str();
        let policy = policy.expect("text");
        assert_eq!(policy, page.header("content-security-policy"));
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        for name in ["x-content-type-options", "referrer-policy"] {
            assert_eq!(answer.headers()[name], page.headers[name]);
        }
    }
}

#[tokio::test]
async fn one_mebibyte_is_accepted_and_more_is_refused_on_the_page() {
    let setup = Setup::empty().await;
    let member = "1435464_at:HC_M2_0606_P:0123456789abcdef0123,";
    let longest = member.repeat(MEBIBYTE / member.len() + 1)[..MEBIBYTE].to_owned();
    let everything_encoded = "%41".repeat(MEBIBYTE);
    for traits in [&longest, &everything_encoded] {
        let answer = submit(&setup, Some(FORM), format!("traits={traits}")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let html = answer.text().await.expect("text");
        let content = meta(&html, "submitted-traits").expect("the traits");
        assert_eq!(content.len(), MEBIBYTE);
    }
    for form in [
        format!("traits={longest}x"),
        format!("traits={longest}&traits="),
        format!("traits={everything_encoded}%41"),
        format!("traits={}", "x".repeat(10 * MEBIBYTE)),
    ] {
        let answer = submit(&setup, Some(FORM), form).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let html = answer.text().await.expect("text");
        assert_eq!(meta(&html, "submitted-traits"), None);
        assert_eq!(meta(&html, "submitted-traits-too-large"), Some(""));
        assert!(html.contains("start()"), "the app says it: {html}");
    }
}

#[tokio::test]
async fn other_media_types_are_refused() {
    let setup = Setup::empty().await;
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/json"),
        Some("multipart/form-data; boundary=x"),
        Some("x-application/x-www-form-urlencoded"),
    ] {
        let answer = submit(&setup, content_type, "traits=a:D".to_owned()).await;
        assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let problem: serde_json::Value = answer.json().await.expect("a problem");
        assert_eq!(problem["type"], "/problems/unsupported-media-type");
    }
    let put = setup.send(Method::PUT, "/add", &[], None).await;
    assert_eq!(put.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nothing_is_stored_and_submissions_are_limited_like_other_requests() {
    let setup = Setup::with(&["--rate-limit=3"], &people()).await;
    let before = setup.redis.content().await;
    for _ in 0..3 {
        let answer = submit(&setup, Some(FORM), "traits=a:D".to_owned()).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    let answer = submit(&setup, Some(FORM), "traits=a:D".to_owned()).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(setup.redis.content().await, before);
}
