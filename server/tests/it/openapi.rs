//! The description of the API is made from the code; this pins it.

use crate::harness::Setup;
use http::Method;

#[tokio::test]
async fn the_description_is_served_and_changes_only_on_purpose() {
    let setup = Setup::empty().await;
    let answer = setup
        .send(Method::GET, "/api/v1/openapi.json", &[], None)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["openapi"], "3.1.0");
    insta::assert_json_snapshot!(answer.body);
}
