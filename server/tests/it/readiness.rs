//! `/readyz` names what is missing, and asks Redis and the auth server rarely.

use crate::harness::{ApiResponse, ManualClock, Proxy, Redis, Setup, free_port, people};
use axum::Router;
use futures_util::future::join_all;
use http::{Method, StatusCode};
use serde_json::Value;
use server::clock::MonotonicClock;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SECOND: Duration = Duration::from_secs(1);

async fn ready(setup: &Setup) -> ApiResponse {
    setup.send(Method::GET, "/readyz", &[], None).await
}

/// Asks until Redis has this condition, letting a second pass each time.
async fn becomes(setup: &Setup, clock: &ManualClock, condition: &str) -> ApiResponse {
    for _ in 0..10_000 {
        let answer = ready(setup).await;
        if answer.body["redis"] == condition {
            return answer;
        }
        clock.advance(SECOND);
    }
    panic!("not {condition}: {}", ready(setup).await.body);
}

async fn start(redis: Redis, clock: &ManualClock) -> Setup {
    Setup::on(redis, &[], &people(), &clock.ticker()).await
}

fn config(name: &str, value: &str) -> redis::Cmd {
    let mut set = redis::cmd("CONFIG");
    set.arg(&["SET", name, value]);
    set
}

#[tokio::test]
async fn server_is_ready_when_the_accounts_are_indexed() {
    let redis = Redis::start();
    redis.set_user(&["-hscan"]).await;
    let setup = Setup::on(redis, &[], &people(), &MonotonicClock::system()).await;
    for _ in 0..3 {
        let answer = ready(&setup).await;
        assert_eq!(answer.problem(), "store-unavailable");
        assert_eq!(answer.body["index"], "warming");
        assert_eq!(answer.body["redis"], "ok");
    }
    setup.redis.create_user().await;
    setup.recovers().await;
    let answer = ready(&setup).await;
    let expected = ["status", "redis", "index", "auth_server"];
    assert!(
        expected.iter().all(|part| answer.body[part] == "ok"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn replica_is_read_only() {
    let port = free_port().to_string();
    let redis = Redis::start_with(&["--replicaof", "127.0.0.1", &port]);
    let clock = ManualClock::new();
    let setup = start(redis, &clock).await;
    let answer = becomes(&setup, &clock, "read-only").await;
    assert_eq!(answer.problem(), "store-unavailable");
}

#[tokio::test]
async fn redis_is_out_of_memory() {
    let clock = ManualClock::new();
    let setup = start(Redis::start(), &clock).await;
    becomes(&setup, &clock, "ok").await;
    setup.redis.run(&config("maxmemory", "1")).await;
    becomes(&setup, &clock, "out-of-memory").await;
    setup.redis.run(&config("maxmemory", "0")).await;
    becomes(&setup, &clock, "ok").await;
}

#[tokio::test]
async fn redis_cannot_save() {
    let redis = Redis::start_with(&["--save", "3600 1"]);
    let mut get = redis::cmd("CONFIG");
    get.arg(&["GET", "dir"]);
    let (_, folder): (String, String) = get
        .query_async(&mut redis.connect().await)
        .await
        .expect("a folder");
    std::fs::remove_dir_all(folder).expect("removed");
    let clock = ManualClock::new();
    let setup = start(redis, &clock).await;
    becomes(&setup, &clock, "ok").await;
    setup.redis.run(&redis::cmd("BGSAVE")).await;
    becomes(&setup, &clock, "cannot-save").await;
}

/// Answers every command as Redis does while it reads its data.
#[tokio::test]
async fn redis_is_loading() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut bytes = [0; 4096];
                while let Ok(length @ 1..) = stream.read(&mut bytes).await {
                    let commands = bytes[..length].iter().filter(|byte| **byte == b'*');
                    let answer = "-LOADING Redis is loading the dataset in memory\r\n";
                    let answers = answer.repeat(commands.count());
                    stream
                        .write_all(answers.as_bytes())
                        .await
                        .unwrap_or_default();
                }
            });
        }
    });
    let url = format!("--redis-url=redis://127.0.0.1:{port}/0");
    let clock = ManualClock::new();
    let setup = Setup::on(Redis::start(), &[&url], &people(), &clock.ticker()).await;
    becomes(&setup, &clock, "loading").await;
}

#[tokio::test]
async fn refused_and_unreachable_redis_are_told_apart() {
    let clock = ManualClock::new();
    let mut setup = start(Redis::start(), &clock).await;
    becomes(&setup, &clock, "ok").await;
    setup.redis.set_user(&["off"]).await;
    becomes(&setup, &clock, "refused").await;
    setup.redis.crash();
    becomes(&setup, &clock, "unreachable").await;
}

#[tokio::test]
async fn readiness_asks_redis_once_a_second() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let redis = Redis::start();
    let proxy = Proxy::watching(redis.port(), move |command| {
        let own = [&b"gnc:doctor"[..], b"PING"];
        let is_own = |own: &&[u8]| command.windows(own.len()).any(|part| part == *own);
        if own.iter().any(is_own) {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    })
    .await;
    let through = format!("--redis-url={}", proxy.url());
    let clock = ManualClock::new();
    let setup = Setup::on(redis, &[&through], &people(), &clock.ticker()).await;
    for seconds in 1..=3 {
        join_all((0..50).map(|_| ready(&setup))).await;
        clock.advance(SECOND / 2);
        ready(&setup).await;
        assert_eq!(asked.load(Ordering::SeqCst), seconds);
        clock.advance(SECOND / 2);
    }
}

#[tokio::test]
async fn settings_of_the_page_ask_a_broken_auth_server_once_a_second() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let app = Router::new().fallback(async move || {
        counted.fetch_add(1, Ordering::SeqCst);
        StatusCode::BAD_GATEWAY
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    let issuer = format!("--oauth-issuer=http://{address}");
    let clock = ManualClock::new();
    let setup = Setup::with_clock(&[&issuer], &people(), &clock.ticker()).await;
    for seconds in 1..=3 {
        let ask = || setup.send(Method::GET, "/api/v1/config", &[], None);
        for answer in join_all((0..50).map(|_| ask())).await {
            assert_eq!(answer.problem(), "auth-server-unavailable");
            assert_eq!(answer.body["redis"], Value::Null, "only /readyz says that");
        }
        assert_eq!(asked.load(Ordering::SeqCst), seconds);
        clock.advance(SECOND);
    }
}
