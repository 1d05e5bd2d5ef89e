//! Metrics are complete and contain no personal data.

use crate::harness::{Redis, ServerProcess, UserEndpoint, bearer, people, sample};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The samples, keyed by name and labels.
async fn samples(server: &ServerProcess) -> (String, BTreeMap<String, f64>) {
    let url = server.metrics.as_ref().expect("metrics are served");
    let text = reqwest::get(url).await.expect("an answer");
    let text = text.text().await.expect("text");
    let samples = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, value)| (name.to_owned(), value.parse().expect("a number")))
        .collect();
    (text, samples)
}

/// The expected samples after the requests of the test.
const COUNTS: [(&str, f64); 11] = [
    (
        r#"gnc_http_requests_total{route="/api/v1/legacy",method="GET",status="200"}"#,
        1.0,
    ),
    (
        r#"gnc_http_requests_total{route="/api/v1/migrations",method="POST",status="201"}"#,
        1.0,
    ),
    (
        r#"gnc_http_requests_total{route="page",method="GET",status="200"}"#,
        1.0,
    ),
    (
        r#"gnc_http_request_duration_seconds_count{route="/api/v1/migrations"}"#,
        2.0,
    ),
    (
        r#"gnc_transfers_total{kind="migration",outcome="committed"}"#,
        1.0,
    ),
    (
        r#"gnc_transfers_total{kind="migration",outcome="stale-plan"}"#,
        1.0,
    ),
    (r#"gnc_token_cache_total{outcome="hit"}"#, 2.0),
    (r#"gnc_token_cache_total{outcome="miss"}"#, 2.0),
    (
        r#"gnc_auth_server_duration_seconds_count{outcome="accepted"}"#,
        1.0,
    ),
    (
        r#"gnc_auth_server_duration_seconds_count{outcome="refused"}"#,
        1.0,
    ),
    ("gnc_legacy_index_accounts", 65.0),
];

#[tokio::test]
async fn requests_transfers_and_dependencies_are_counted() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let people = people();
    let auth = UserEndpoint::start(&people).await;
    let server = ServerProcess::start(&redis, &auth, &[("GNC_METRICS_BIND", "127.0.0.1:0")]);
    let (url, client, person) = (&server.url, reqwest::Client::new(), &people[0]);
    let plan = client
        .get(format!("{url}/api/v1/legacy"))
        .header("authorization", bearer(person))
        .send();
    let plan: Value = plan.await.expect("an answer").json().await.expect("a plan");
    let fingerprint = plan["fingerprint"].as_str().expect("a fingerprint");
    for (key, tag, expected) in [("one", fingerprint, 201), ("two", "stale", 412)] {
        let answer = client
            .post(format!("{url}/api/v1/migrations"))
            .header("authorization", bearer(person))
            .header("if-match", format!("\"{tag}\""))
            .header("idempotency-key", key)
            .json(&json!({ "choices": {} }))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), expected);
    }
    let refused = client
        .get(format!("{url}/api/v1/me"))
        .header("authorization", "Bearer x");
    assert_eq!(refused.send().await.expect("an answer").status(), 401);
    let page = client.get(format!("{url}/collections/some-persons-path"));
    assert_eq!(page.send().await.expect("an answer").status(), 200);

    let (text, samples) = samples(&server).await;
    for (name, expected) in COUNTS {
        assert_eq!(samples.get(name), Some(&expected), "{name}\n{text}");
    }
    for name in [
        r#"gnc_legacy_index_lookups_total{outcome="hit"}"#,
        "gnc_legacy_index_walk_duration_seconds_count",
        r#"gnc_redis_duration_seconds_bucket{operation="script",le="5"}"#,
        r#"gnc_redis_duration_seconds_count{operation="pipeline"}"#,
    ] {
        assert!(
            samples.get(name).is_some_and(|count| *count > 0.0),
            "{name}\n{text}"
        );
    }
    for secret in [
        &person.email,
        &person.user_id,
        &person.name,
        "some-persons-path",
        "127.0.0.1",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(
        !server.stop().contains("/metrics"),
        "they are not on the public listener"
    );
}

#[tokio::test]
async fn trace_id_reaches_the_redis_log() {
    let redis = Redis::start();
    redis.load(&sample()).await;
    let people = people();
    let auth = UserEndpoint::start(&people).await;
    let server = ServerProcess::start(&redis, &auth, &[("GNC_LOG", "server=debug")]);
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let answer = reqwest::Client::new()
        .get(format!("{}/api/v1/legacy", server.url))
        .header("authorization", bearer(&people[0]))
        .header("traceparent", format!("00-{trace}-b7ad6b7169203331-01"))
        .send();
    assert_eq!(answer.await.expect("an answer").status(), 200);
    let log = server.stop();
    let lines: Vec<Value> = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let request = lines
        .iter()
        .find(|line| line["fields"]["route"] == "/api/v1/legacy");
    let request = request.expect("the request is logged");
    assert_eq!(request["fields"]["trace_id"], trace);
    let in_redis = lines.iter().find(|line| {
        line["fields"]["operation"] == "pipeline" && line["span"]["trace_id"] == trace
    });
    let in_redis = in_redis.expect("what Redis did is logged under the trace");
    assert_eq!(
        in_redis["span"]["request_id"],
        request["fields"]["request_id"]
    );
}
