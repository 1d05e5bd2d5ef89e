//! GN2's signatures of an account's members, which its import of files needs.

use crate::harness::{Person, Redis, ServerProcess, Setup, UserEndpoint, bearer, people};
use http::Method;
use serde_json::{Value, json};

const SECRET: &str = "--session-hmac-secret=gn2-demo-hmac-secret";

fn two_people() -> [Person; 2] {
    let [one, other, ..] = &people()[..] else {
        panic!("two people")
    };
    [one.clone(), other.clone()]
}

/// Stores a list as other programs do, and returns the path of its collection.
async fn store(redis: &Redis, owner: &str, members: &[&str]) -> String {
    let id = "11111111-1111-4111-8111-111111111111";
    let list = json!([{
        "id": id, "name": "one", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM",
        "num_members": members.len(), "members": members,
    }]);
    let list = list.to_string();
    redis.hset("collections2", owner, list.as_bytes()).await;
    format!("/api/v1/collections/{id}/signatures")
}

/// The signatures are from Python:
/// `hmac.new(b"gn2-demo-hmac-secret", member.encode(), hashlib.sha1).hexdigest()[:20]`
#[tokio::test]
async fn members_are_signed_as_gn2_signs_them_and_nothing_is_written() {
    let setup = Setup::with(&[SECRET], &people()).await;
    let [owner, _] = two_people();
    let members = [
        "1435464_at:HC_M2_0606_P",
        "10710:BXDPublish",
        "PCA_1_BXD_2019:Temp",
        "größe:D",
        // Neither what GN2 cannot show nor anything else that it signs.
        "PC1",
        "a:D:Temp",
        "a b:D",
        "f2b2ad6e-0ea5-4686-a42f-5f3d8c973777",
        "https://genenetwork.org/n/reset?code=1",
        "/n/reset?code=1:2",
    ];
    let path = store(&setup.redis, &owner.user_id, &members).await;
    // The sign-in itself is remembered.
    setup.get(&owner, "/api/v1/me").await;
    let before = setup.redis.content().await;
    let answer = setup.get(&owner, &path).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.body),
        (
            200,
            &json!({"signatures": {
                "1435464_at:HC_M2_0606_P": "a8aae0095d4c6e49e935",
                "10710:BXDPublish": "e55c74475d198daf5dfb",
                "PCA_1_BXD_2019:Temp": "50405e0ea4111643b58b",
                "größe:D": "a1e28aa4aa27a4cbc710",
            }})
        )
    );
    assert_eq!(setup.redis.content().await, before);
}

#[tokio::test]
async fn nothing_but_own_members_is_signed() {
    let setup = Setup::with(&[SECRET], &people()).await;
    let [owner, other] = two_people();
    let path = store(&setup.redis, &owner.user_id, &["a:D"]).await;
    assert_eq!(setup.get(&other, &path).await.problem(), "not-found");
    let anonymous = setup.send(Method::GET, &path, &[], None).await;
    assert_eq!(anonymous.problem(), "unauthenticated");
    let unknown = path.replace('1', "2").replace("/v2/", "/v1/");
    assert_eq!(setup.get(&owner, &unknown).await.problem(), "not-found");

    // No request names a text to sign.
    let query = format!("{path}?member=x:D&members=x:D");
    let answer = setup.get(&owner, &query).await;
    let signed: Vec<&String> = answer.body["signatures"]
        .as_object()
        .expect("signatures")
        .keys()
        .collect();
    assert_eq!(signed, ["a:D"]);
    let bearer = bearer(&owner);
    let headers = [("authorization", bearer.as_str())];
    for body in [json!(["x:D"]), json!({"members": ["x:D"]}), Value::Null] {
        let answer = setup.send(Method::POST, &path, &headers, Some(&body)).await;
        assert_eq!(answer.status, 405, "{body}");
    }
}

#[tokio::test]
async fn without_the_secret_nothing_is_signed() {
    for (flags, has_signatures) in [
        (&[][..], false),
        (&["--session-hmac-secret="], false),
        (&["--gn2-secret-key=a"], false),
        (&[SECRET], true),
    ] {
        let setup = Setup::with(flags, &people()).await;
        let [owner, _] = two_people();
        let path = store(&setup.redis, &owner.user_id, &["a:D"]).await;
        let answer = setup.get(&owner, &path).await;
        assert_eq!(answer.status == 200, has_signatures, "{flags:?}");
        let config = setup.send(Method::GET, "/api/v1/config", &[], None).await;
        assert_eq!(config.body["signed_exports"], has_signatures, "{flags:?}");
    }
}

#[tokio::test]
async fn thirty_thousand_members_are_signed() {
    let setup = Setup::with(&[SECRET], &people()).await;
    let [owner, _] = two_people();
    let members: Vec<String> = (0..30_000)
        .map(|n| format!("{n}_at:HC_M2_0606_P"))
        .collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let path = store(&setup.redis, &owner.user_id, &members).await;
    let answer = setup.get(&owner, &path).await;
    let signatures = answer.body["signatures"].as_object().expect("signatures");
    assert_eq!(signatures.len(), 30_000);
}

#[tokio::test]
async fn log_contains_neither_the_secret_nor_signatures() {
    let (redis, auth) = (Redis::start(), UserEndpoint::start(&people()).await);
    let variables = [("GNC_SESSION_HMAC_SECRET", "gn2-demo-hmac-secret")];
    let [owner, _] = two_people();
    let path = store(&redis, &owner.user_id, &["größe:D"]).await;
    let server = ServerProcess::start(&redis, &auth, &variables);
    let request = reqwest::Client::new().get(format!("{}{path}", server.url));
    let request = request.header("authorization", bearer(&owner));
    let answer = request.send().await.expect("an answer");
    let answer = answer.text().await.expect("a body");
    assert!(answer.contains("a1e28aa4aa27a4cbc710"), "{answer}");
    let log = server.stop();
    for text in ["gn2-demo-hmac-secret", "a1e28aa4aa27a4cbc710", "größe"] {
        assert!(!log.contains(text), "{text} is in the log");
    }
}
