//! The OpenAPI description, generated from the code, matches its snapshot.

use crate::harness::Setup;
use http::Method;

#[tokio::test]
async fn openapi_description_is_served_and_matches_its_snapshot() {
    let setup = Setup::empty().await;
    let answer = setup
        .send(Method::GET, "/api/v1/openapi.json", &[], None)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["openapi"], "3.1.0");
    insta::assert_json_snapshot!(answer.body);
}
