//! The `gn-collections` command as operators run it.

use crate::harness::{Redis, ServerProcess, UserEndpoint, command, people};

#[test]
fn failed_start_prints_one_line_of_advice_for_each_setting() {
    let output = command().arg("serve").output().expect("it ran");
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    let missing = [
        "GNC_PUBLIC_URL",
        "GNC_STATIC_DIR",
        "GNC_OAUTH_ISSUER",
        "GNC_OAUTH_CLIENT_ID",
        "GNC_REDIS_URL",
    ];
    assert_eq!(said.lines().count(), missing.len(), "{said}");
    for (line, variable) in said.lines().zip(missing) {
        let begin = format!("gn-collections: {variable}: it is not set; ");
        assert!(line.starts_with(&begin), "{said}");
    }
}

/// The auth server runs beside the test, which blocks while it waits for the log.
#[tokio::test(flavor = "multi_thread")]
async fn log_says_at_the_start_whether_redis_and_the_auth_server_answer() {
    let auth = UserEndpoint::start(&people()).await;
    let mut redis = Redis::start();
    let nowhere = ("GNC_OAUTH_USER_URL", "http://127.0.0.1:1/");
    for (variables, expected) in [
        (
            &[("GNC_LOG", "info")][..],
            ["Redis answers", "the auth server answers"],
        ),
        (
            &[("GNC_LOG", "info"), nowhere],
            [
                "Redis cannot be used yet",
                "the auth server cannot be used yet",
            ],
        ),
    ] {
        let server = ServerProcess::start(&redis, &auth, variables);
        for text in expected {
            server.wait_for_log(text);
        }
        let log = server.stop();
        for text in expected {
            let lines = log.lines().filter(|line| line.contains(text));
            assert_eq!(lines.count(), 1, "{text}: {log}");
        }
        assert!(!log.contains("GNC_EMAIL_TRUST"), "{log}");
        redis.crash();
    }
}

#[tokio::test]
async fn log_cautions_those_who_vouch_for_all_addresses() {
    let auth = UserEndpoint::start(&people()).await;
    let redis = Redis::start();
    let server = ServerProcess::start(&redis, &auth, &[("GNC_EMAIL_TRUST", "issuer")]);
    let log = server.stop();
    let cautions = log.lines().filter(|line| {
        line.contains("\"WARN\"") && line.contains("anybody can register any address")
    });
    assert_eq!(cautions.count(), 1, "{log}");
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
