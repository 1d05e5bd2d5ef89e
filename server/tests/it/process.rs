//! The `gn-collections` command as operators run it.

use crate::harness::{Redis, UserEndpoint, bearer, people, sample};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gn-collections"));
    command.env_clear();
    command
}

/// The server as a process of its own, and the URL it printed.
fn serve(redis: &Redis, auth: &UserEndpoint, static_dir: &std::path::Path) -> (Child, String) {
    std::fs::write(static_dir.join("index.html"), "<!doctype html>").expect("written");
    let mut child = command()
        .arg("serve")
        .env("GNC_BIND", "127.0.0.1:0")
        .env("GNC_PUBLIC_URL", "http://127.0.0.1:1")
        .env("GNC_STATIC_DIR", static_dir)
        .env("GNC_REDIS_URL", redis.url())
        .env("GNC_OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/auth")
        .env("GNC_OAUTH_TOKEN_URL", "http://127.0.0.1:1/token")
        .env("GNC_OAUTH_USER_URL", format!("{}/oauth2/user/", auth.url))
        .env("GNC_OAUTH_CLIENT_ID", "gn-collections-spa")
        .env("GNC_LOG", "trace,hyper=info,reqwest=info")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its output");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let url = line
        .trim()
        .strip_prefix("listening on ")
        .expect("the URL")
        .to_owned();
    (child, url)
}

#[tokio::test]
async fn it_serves_until_sigterm_and_logs_neither_tokens_nor_people() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let people = people();
    let auth = UserEndpoint::start(&people).await;
    let dir = tempfile::tempdir().expect("a folder");
    let (mut child, url) = serve(&redis, &auth, dir.path());
    // The log is read while it is written: a full pipe would stop the server.
    let mut stderr = child.stderr.take().expect("its log");
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).map(|_| log)
    });
    let client = reqwest::Client::new();
    for path in [
        "/api/v1/legacy",
        "/api/v1/collections",
        "/api/v1/me?access_token=in-the-query",
    ] {
        let request = client
            .get(format!("{url}{path}"))
            .header("authorization", bearer(&people[0]));
        assert_eq!(request.send().await.expect("an answer").status(), 200);
    }
    let refused = client
        .get(format!("{url}/api/v1/me"))
        .header("authorization", "Bearer unknown-token");
    assert_eq!(refused.send().await.expect("an answer").status(), 401);

    kill(
        Pid::from_raw(i32::try_from(child.id()).expect("an id")),
        Signal::SIGTERM,
    )
    .expect("sent");
    assert!(
        child.wait().expect("it ends").success(),
        "SIGTERM is a regular end"
    );
    let log = log.join().expect("read").expect("text");
    assert!(
        log.contains("\"status\":200") && log.contains("\"problem\":\"unauthenticated\""),
        "{log}"
    );
    for secret in [
        "token-of-",
        "unknown-token",
        "in-the-query",
        "@jax.example",
        "Researcher",
        "My traits",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}

#[test]
fn a_start_that_fails_says_in_one_line_what_to_set() {
    let output = command().arg("serve").output().expect("it ran");
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("GNC_PUBLIC_URL: it is not set; set it to"),
        "{said}"
    );
}

#[test]
fn help_documents_every_setting() {
    let output = command()
        .args(["serve", "--help"])
        .output()
        .expect("it ran");
    let help = String::from_utf8(output.stdout).expect("text");
    let sample = include_str!("../../../.env.sample");
    let names = sample
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(name, _)| name);
    let names: Vec<&str> = names.filter(|name| name.starts_with("GNC_")).collect();
    assert!(names.len() > 15);
    for name in names {
        assert!(
            help.contains(&format!("[env: {name}")),
            "{name} is in .env.sample but not in --help"
        );
    }
}
