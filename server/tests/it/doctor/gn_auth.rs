//! gn-auth of 2025, and the trust in the addresses of a server.

use super::*;

#[tokio::test]
async fn gn_auth_of_2025_is_recognized_and_its_missing_line_is_named() {
    const LINE: &str =
        r#"server.register_token_generator("authorization_code", jwttokengenerator)"#;
    let mut deployment = Deployment::gn_auth().await;
    deployment.user.set_behavior(Behavior::GnAuth2025);
    let without_token = deployment.examine().await;
    assert!(without_token.text.contains(LINE), "{}", without_token.text);
    deployment.set("GNC_DOCTOR_TOKEN", &token(&people()[0]));
    let accepted = deployment.examine().await;
    assert!(!accepted.text.contains(LINE), "{}", accepted.text);
    for (said, verdict) in [(without_token, "warning"), (accepted, "ok")] {
        assert!(said.sound, "{}", said.text);
        assert_eq!(said.verdict("gn-auth"), verdict, "{}", said.text);
        assert_eq!(said.verdict("user"), "ok", "500 is a refusal");
        assert_eq!(said.verdict("email"), "ok", "it refuses unverified people");
    }
    let url = format!("{}/revoke", deployment.issuer.url);
    deployment.set("GNC_OAUTH_REVOKE_URL", &url);
    let said = deployment.examine().await;
    assert_eq!(said.verdict("revocation"), "ok", "{}", said.text);
    for (refused, advice) in [("opaque", LINE), ("a.b.c", "a token of a new sign-in")] {
        deployment.set("GNC_DOCTOR_TOKEN", refused);
        deployment.expect_problem("gn-auth", advice).await;
    }
}

#[tokio::test]
async fn other_servers_are_not_taken_for_gn_auth_of_2025() {
    for behavior in [Behavior::WithoutVerified, Behavior::Fails, Behavior::Sound] {
        let deployment = Deployment::gn_auth().await;
        deployment.user.set_behavior(behavior);
        let said = deployment.examine().await;
        let mut checks = said.findings.iter().map(|one| &one["check"]);
        assert!(!checks.any(|check| check == "gn-auth"), "{}", said.text);
    }
}

#[tokio::test]
async fn vouching_for_all_addresses_is_cautioned_unless_gn_auth_refuses_unverified_people() {
    let deployment = Deployment::gn_auth().await;
    let said = deployment.examine().await;
    assert_eq!(said.verdict("email"), "warning");
    let caution = "anybody can register any address";
    assert!(said.text.contains(caution), "{}", said.text);
    deployment.user.set_behavior(Behavior::GnAuth2025);
    let said = deployment.examine().await;
    assert_eq!(said.verdict("email"), "ok");
    assert!(!said.text.contains(caution), "{}", said.text);
}
