//! The server under test, and requests to it.

use super::data::{Person, people, sample};
use super::local_server::listen;
use super::redis::Redis;
use super::user_endpoint::{UserEndpoint, token};
use clap::Parser;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::clock::MonotonicClock;
use server::config::{Arguments, Config};
use server::state::AppState;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::task::JoinSet;

const PAGE: &str =
    "<!doctype html><head><title>page</title><script type=\"module\">start()</script></head>";

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    arguments: Arguments,
}

/// Redis, a user endpoint and the server of one test.
pub(crate) struct Setup {
    pub(crate) redis: Redis,
    pub(crate) auth: UserEndpoint,
    pub(crate) url: String,
    /// The URL of the endpoints for GN2; empty if they are off.
    pub(crate) gn2_url: String,
    client: reqwest::Client,
    _static_dir: TempDir,
    _server: JoinSet<()>,
}

#[derive(Debug, Clone)]
pub(crate) struct ApiResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Value,
}

impl Setup {
    pub(crate) async fn with_sample() -> Self {
        let setup = Self::empty().await;
        setup.redis.load(&sample()).await;
        setup
    }

    /// Polls until the server has found Redis again.
    pub(crate) async fn recovers(&self) {
        let begun = Instant::now();
        while self.send(Method::GET, "/readyz", &[], None).await.status != 200 {
            let passed = begun.elapsed();
            assert!(passed < Duration::from_mins(1), "it does not recover");
        }
    }

    pub(crate) async fn empty() -> Self {
        Self::with(&[], &people()).await
    }

    /// Starts everything with these flags of the server and these people.
    pub(crate) async fn with(flags: &[&str], people: &[Person]) -> Self {
        Self::with_clock(flags, people, &MonotonicClock::system()).await
    }

    pub(crate) async fn with_clock(
        flags: &[&str],
        people: &[Person],
        ticker: &MonotonicClock,
    ) -> Self {
        Self::on(Redis::start(), flags, people, ticker).await
    }

    /// Uses a Redis that was started before.
    pub(crate) async fn on(
        redis: Redis,
        flags: &[&str],
        people: &[Person],
        ticker: &MonotonicClock,
    ) -> Self {
        let auth = UserEndpoint::start(people).await;
        let static_dir = tempfile::tempdir().expect("a folder");
        std::fs::write(static_dir.path().join("index.html"), PAGE).expect("written");
        for (encoding, content) in [("", "x"), (".br", "in brotli"), (".gz", "in gzip")] {
            let name = format!("app-0123456789abcdef.js{encoding}");
            std::fs::write(static_dir.path().join(name), content).expect("written");
        }
        let worker = include_str!("../../../../static/service-worker.js");
        std::fs::write(static_dir.path().join("service-worker.js"), worker).expect("written");
        let user_url = format!("{}/oauth2/user/", auth.url);
        let redis_url = format!("--redis-url={}", redis.url());
        let mut line = vec![
            "server",
            "--public-url=https://collections.example.org",
            "--oauth-authorize-url=https://auth.example.org/auth",
            "--oauth-token-url=https://auth.example.org/token",
            "--oauth-client-id=gn-collections-spa",
            // Tests must not wait for cached results to expire.
            "--token-cache-seconds=0",
            // All requests of a test come from one address.
            "--rate-limit=off",
            "--oauth-user-url",
            &user_url,
            &redis_url,
            "--static-dir",
            static_dir.path().to_str().expect("UTF-8"),
        ];
        line.retain(|given| {
            let name = |flag: &str| flag.split('=').next().map(ToOwned::to_owned);
            !flags
                .iter()
                .any(|flag| flag.contains('=') && name(flag) == name(given))
        });
        line.extend(flags);
        let config = Config::try_from(Cli::parse_from(line).arguments)
            .unwrap_or_else(|error| panic!("{error}"));
        let state = AppState::with_clock(config, ticker).unwrap_or_else(|error| panic!("{error}"));
        let (listener, url) = listen().await;
        let mut server = JoinSet::new();
        let mut gn2_url = String::new();
        if state.config.gn2.is_some() {
            let (listener, state) = (listen().await, state.clone());
            gn2_url = listener.1;
            server.spawn(async move {
                server::run_gn2(listener.0, state, std::future::pending())
                    .await
                    .expect("served");
            });
        }
        server.spawn(async move {
            server::run(listener, state, std::future::pending())
                .await
                .expect("served");
        });
        Self {
            redis,
            auth,
            url,
            gn2_url,
            client: reqwest::Client::new(),
            _static_dir: static_dir,
            _server: server,
        }
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> ApiResponse {
        self.send_to(&self.url, method, path, headers, body).await
    }

    /// Sends a request to one of the listeners.
    pub(crate) async fn send_to(
        &self,
        url: &str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> ApiResponse {
        let mut request = self.client.request(method, format!("{url}{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.expect("the server answers");
        let status = answer.status();
        let headers = answer.headers().clone();
        let text = answer.text().await.expect("a body");
        ApiResponse {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    pub(crate) async fn get(&self, person: &Person, path: &str) -> ApiResponse {
        let bearer = bearer(person);
        self.send(Method::GET, path, &[("authorization", &bearer)], None)
            .await
    }

    /// Sends a `POST` without the headers of a transfer.
    pub(crate) async fn post(&self, person: &Person, path: &str, body: &Value) -> ApiResponse {
        let bearer = bearer(person);
        self.send(
            Method::POST,
            path,
            &[("authorization", &bearer)],
            Some(body),
        )
        .await
    }

    pub(crate) async fn transfer(
        &self,
        person: &Person,
        path: &str,
        fingerprint: &str,
        key: &str,
        body: &Value,
    ) -> ApiResponse {
        let (bearer, tag) = (bearer(person), format!("\"{fingerprint}\""));
        let headers = [
            ("authorization", bearer.as_str()),
            ("if-match", &tag),
            ("idempotency-key", key),
        ];
        self.send(Method::POST, path, &headers, Some(body)).await
    }

    /// Sends an edit, with `tag` in `If-Match` if it is given.
    pub(crate) async fn edit(
        &self,
        person: &Person,
        method: Method,
        path: &str,
        tag: Option<&str>,
        body: Option<&Value>,
    ) -> ApiResponse {
        let bearer = bearer(person);
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(tag.map(|tag| ("if-match", tag)));
        self.send(method, path, &headers, body).await
    }

    pub(crate) async fn undo(&self, person: &Person, receipt: &str, key: &str) -> ApiResponse {
        let bearer = bearer(person);
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
        let path = format!("{receipt}/undo");
        self.send(Method::POST, &path, &headers, None).await
    }

    /// Fetches the plan and executes it.
    pub(crate) async fn migrate(&self, person: &Person, key: &str, choices: &Value) -> ApiResponse {
        let plan = self.get(person, "/api/v1/legacy").await;
        let body = json!({ "choices": choices });
        self.transfer(person, "/api/v1/migrations", plan.fingerprint(), key, &body)
            .await
    }

    /// The stored list of a new account. Lone surrogates become replacement characters, because
    /// `serde_json` does not read them.
    pub(crate) async fn stored(&self, person: &Person) -> Vec<Value> {
        let Some(list) = self.redis.hget("collections2", &person.user_id).await else {
            return Vec::new();
        };
        let list = String::from_utf8(list)
            .expect("text")
            .replace("\\ud800", "\\ufffd");
        serde_json::from_str(&list).unwrap_or_else(|error| panic!("{error}: {list}"))
    }
}

impl ApiResponse {
    pub(crate) fn fingerprint(&self) -> &str {
        self.body["fingerprint"]
            .as_str()
            .unwrap_or_else(|| panic!("no fingerprint: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        let value = value.and_then(|value| value.to_str().ok());
        value.unwrap_or_else(|| panic!("no {name}: {} {}", self.status, self.body))
    }

    pub(crate) fn items(&self) -> Vec<&Value> {
        let accounts = self.body["accounts"].as_array().expect("accounts");
        accounts
            .iter()
            .flat_map(|account| account["items"].as_array().expect("items"))
            .collect()
    }

    /// Checks the problem's common members and returns its slug.
    pub(crate) fn problem(&self) -> &str {
        assert_eq!(
            self.headers["content-type"], "application/problem+json",
            "{}",
            self.body
        );
        assert_eq!(self.body["status"], self.status.as_u16());
        assert_eq!(
            self.body["request_id"].as_str(),
            self.headers["x-request-id"].to_str().ok()
        );
        assert!(
            self.body["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty())
        );
        assert!(
            self.body["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty())
        );
        let slug = self.body["type"]
            .as_str()
            .and_then(|kind| kind.strip_prefix("/problems/"));
        slug.unwrap_or_else(|| panic!("no problem type: {}", self.body))
    }
}

pub(crate) fn bearer(person: &Person) -> String {
    format!("Bearer {}", token(person))
}
