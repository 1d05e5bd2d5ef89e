//! The counterparts of the server in `cargo xtask bench`.
//!
//! - `bare <file>`: an axum handler that only returns these bytes
//! - `people`: a user endpoint; a token is `<user id>~<address>`, with another `~` for the `@`
//! - `hscan <redis> <key>`: scans a hash as a plain client does
//! - `copy <redis> <key> <from> <to>`: copies a field of a hash
//! - `steady <url> <token> <rate> <seconds>`: sends `rate` requests per second at fixed times,
//!   without waiting for responses
//!
//! `hscan` and `copy` print the duration in milliseconds. `steady` prints p50 and p99, measured
//! from the scheduled time of each request.
#![allow(clippy::print_stdout, reason = "it talks to the bench that started it")]

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::{Json, Router, routing::get};
use bytes::Bytes;
use serde_json::json;
use std::error::Error;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["bare", file] => serve(bare(std::fs::read(file)?.into())).await,
        ["people"] => serve(Router::new().route("/user/", get(user))).await,
        ["hscan", redis, key] => {
            print(hscan(redis, key)?);
            Ok(())
        }
        ["copy", redis, key, from, to] => {
            print(copy(redis, key, from, to)?);
            Ok(())
        }
        ["steady", url, token, rate, seconds] => {
            let (rate, seconds): (u32, u32) = (rate.parse()?, seconds.parse()?);
            let times = steady(url, token, rate, rate * seconds).await?;
            let at = |percent: usize| times.get(times.len() * percent / 100).copied();
            let [p50, p99] = [50, 99].map(|percent| at(percent).unwrap_or_default());
            println!("{} {}", p50.as_secs_f64() * 1e3, p99.as_secs_f64() * 1e3);
            Ok(())
        }
        _ => Err(
            "bare <file> | people | hscan <redis> <key> | copy <redis> <key> <from> <to> | steady <url> <token> <rate> <seconds>",
        )?,
    }
}

fn print(took: Duration) {
    println!("{}", took.as_secs_f64() * 1e3);
}

async fn serve(app: Router) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

fn bare(body: Bytes) -> Router {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    Router::new().route("/", get(move || async { (headers, body) }))
}

async fn user(headers: HeaderMap) -> impl IntoResponse {
    let token = headers.get(header::AUTHORIZATION);
    let token = token.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let (id, email) = token
        .and_then(|token| token.split_once('~'))
        .ok_or(StatusCode::UNAUTHORIZED)?;
    Ok::<_, StatusCode>(Json(json!({
        "user_id": id, "email": email.replace('~', "@"), "email_verified": true, "name": "Somebody", "group": false,
    })))
}

/// The reply to HSCAN: the next cursor, and fields with their values.
type Step = (u64, Vec<(Vec<u8>, Vec<u8>)>);

fn hscan(redis: &str, key: &str) -> redis::RedisResult<Duration> {
    let mut connection = redis::Client::open(redis)?.get_connection()?;
    let begun = Instant::now();
    let mut cursor = 0;
    loop {
        let mut scan = redis::cmd("HSCAN");
        scan.arg(key).arg(cursor).arg("COUNT").arg(1_000);
        let (next, _): Step = scan.query(&mut connection)?;
        if next == 0 {
            return Ok(begun.elapsed());
        }
        cursor = next;
    }
}

fn copy(redis: &str, key: &str, from: &str, to: &str) -> redis::RedisResult<Duration> {
    let mut connection = redis::Client::open(redis)?.get_connection()?;
    let begun = Instant::now();
    let value: Vec<u8> = redis::cmd("HGET")
        .arg(key)
        .arg(from)
        .query(&mut connection)?;
    let mut set = redis::cmd("HSET");
    set.arg(key)
        .arg(to)
        .arg(value)
        .query::<()>(&mut connection)?;
    Ok(begun.elapsed())
}

/// Sends requests at this rate. Returns their durations in ascending order.
async fn steady(
    url: &str,
    token: &str,
    rate: u32,
    requests: u32,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let client = reqwest::Client::new();
    let mut due = tokio::time::interval(Duration::from_secs(1) / rate);
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..requests {
        let begun = due.tick().await;
        let request = client.get(url).bearer_auth(token);
        asked.spawn(async move {
            request.send().await?.error_for_status()?.bytes().await?;
            Ok::<_, reqwest::Error>(begun.elapsed())
        });
    }
    let mut times = asked
        .join_all()
        .await
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable();
    Ok(times)
}
