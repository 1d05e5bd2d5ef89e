//! Mocks the servers by replacing `fetch`.

use js_sys::{Function, Promise, Reflect};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Headers, Request, Response, ResponseInit};

/// A request of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// A path on this origin, or the full URL of another one.
    pub(crate) url: String,
    pub(crate) authorization: Option<String>,
    pub(crate) if_match: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: String,
}

impl Call {
    /// The form field of this name in the body.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.body.as_bytes())
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
    }
}

pub(crate) enum MockResponse {
    Json(u16, Value),
    Problem(u16, &'static str),
    /// A 429 with this `Retry-After` in seconds.
    RateLimited(&'static str),
    StalePlan(Value),
    Html,
    NetworkError,
}

/// A server that always answers the same way.
pub(crate) type MockServer = fn(&Call) -> MockResponse;

/// Replaces `fetch` until it is dropped.
pub(crate) struct MockNetwork {
    calls: Rc<RefCell<Vec<Call>>>,
    original: JsValue,
    _replacement: Closure<dyn Fn(Request) -> Promise>,
}

impl MockNetwork {
    /// Answers every request with `server`.
    pub(crate) fn start(server: impl Fn(&Call) -> MockResponse + 'static) -> Self {
        let calls = Rc::new(RefCell::new(Vec::new()));
        let server = Rc::new(server);
        let recorded = calls.clone();
        let replacement = Closure::<dyn Fn(Request) -> Promise>::new(move |request: Request| {
            let (server, recorded) = (server.clone(), recorded.clone());
            future_to_promise(async move {
                let call = read(&request).await?;
                recorded.borrow_mut().push(call.clone());
                respond(server(&call))
            })
        });
        let original = replace(replacement.as_ref());
        Self {
            calls,
            original,
            _replacement: replacement,
        }
    }

    /// The requests so far with this method and URL.
    pub(crate) fn calls(&self, method: &str, url: &str) -> Vec<Call> {
        let calls = self.calls.borrow();
        let matching = calls
            .iter()
            .filter(|call| call.method == method && call.url == url);
        matching.cloned().collect()
    }
}

impl Drop for MockNetwork {
    fn drop(&mut self) {
        replace(&self.original);
    }
}

impl fmt::Debug for MockNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MockNetwork").field(&self.calls).finish()
    }
}

fn replace(fetch: &JsValue) -> JsValue {
    let (global, name) = (js_sys::global(), JsValue::from_str("fetch"));
    let before = Reflect::get(&global, &name).expect("fetch");
    Reflect::set(&global, &name, fetch.unchecked_ref::<Function>()).expect("fetch is replaceable");
    before
}

async fn read(request: &Request) -> Result<Call, JsValue> {
    let body = JsFuture::from(request.text()?).await?;
    let origin = web_sys::window().expect("a window").location().origin()?;
    let header = |name| request.headers().get(name).ok().flatten();
    let url = request.url();
    Ok(Call {
        method: request.method(),
        url: url.strip_prefix(&origin).unwrap_or(&url).to_owned(),
        authorization: header("authorization"),
        if_match: header("if-match"),
        idempotency_key: header("idempotency-key"),
        body: body.as_string().unwrap_or_default(),
    })
}

fn respond(answer: MockResponse) -> Result<JsValue, JsValue> {
    let problem = |status: u16, slug: &str, plan: Value| {
        let mut body = serde_json::json!({
            "type": format!("/problems/{slug}"), "title": slug, "status": status,
            "detail": "", "request_id": "r",
        });
        if !plan.is_null() {
            body["plan"] = plan;
        }
        body.to_string()
    };
    let retry_after = match answer {
        MockResponse::RateLimited(seconds) => Some(seconds),
        _ => None,
    };
    let (status, media_type, body) = match answer {
        MockResponse::Json(status, body) => (status, "application/json", body.to_string()),
        MockResponse::Problem(status, slug) => (
            status,
            "application/problem+json",
            problem(status, slug, Value::Null),
        ),
        MockResponse::RateLimited(_) => (
            429,
            "application/problem+json",
            problem(429, "rate-limited", Value::Null),
        ),
        MockResponse::StalePlan(plan) => (
            412,
            "application/problem+json",
            problem(412, "stale-plan", plan),
        ),
        MockResponse::Html => (200, "text/html", "<!doctype html><p>Hello".to_owned()),
        MockResponse::NetworkError => return Err(js_sys::TypeError::new("Failed to fetch").into()),
    };
    let headers = Headers::new()?;
    headers.set("content-type", media_type)?;
    if let Some(seconds) = retry_after {
        headers.set("retry-after", seconds)?;
    }
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&headers);
    let response = Response::new_with_opt_str_and_init(Some(&body), &init)?;
    Ok(response.into())
}
