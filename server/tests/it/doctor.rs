//! `gn-collections doctor` with working and broken auth servers and Redis.

mod gn_auth;

use crate::harness::{
    AuthServerKind, Behavior, CLIENT_ID, CLIENT_SECRET, ClientAuthentication, Redis, TokenEndpoint,
    UserEndpoint, command, people, sample, token,
};
use serde_json::Value;
use std::collections::BTreeMap;
use tempfile::TempDir;

const COOKIE_SECRET: &str = "cookie-secret-of-more-than-thirty-two-characters";

/// The services of a deployment and its settings.
struct Deployment {
    redis: Redis,
    user: UserEndpoint,
    issuer: TokenEndpoint,
    variables: BTreeMap<&'static str, String>,
    _static_dir: TempDir,
}

/// The output of the doctor.
struct DoctorOutput {
    sound: bool,
    findings: Vec<Value>,
    text: String,
}

impl Deployment {
    /// An auth server like gn-auth, with the settings of the README.
    async fn gn_auth() -> Self {
        let kind = AuthServerKind {
            revoke: Some(ClientAuthentication::Basic),
            ..AuthServerKind::default()
        };
        let mut deployment = Self::new(kind).await;
        deployment.user.set_behavior(Behavior::WithoutVerified);
        for (name, value) in [
            ("GNC_OAUTH_MODE", "mediated"),
            ("GNC_OAUTH_CLIENT_SECRET", CLIENT_SECRET),
            ("GNC_COOKIE_SECRET", COOKIE_SECRET),
            ("GNC_OAUTH_STATE", "pending-login"),
            ("GNC_EMAIL_TRUST", "issuer"),
            ("GNC_OAUTH_SCOPES", "profile user"),
        ] {
            deployment.set(name, value);
        }
        deployment
    }

    /// A standard auth server with a public client.
    async fn direct() -> Self {
        let kind = AuthServerKind {
            client: ClientAuthentication::None,
            refresh: true,
            metadata: true,
            ..AuthServerKind::default()
        };
        let mut deployment = Self::new(kind).await;
        let issuer = deployment.issuer.url.clone();
        deployment.set("GNC_OAUTH_ISSUER", &issuer);
        deployment.set("GNC_OAUTH_MODE", "direct");
        for given in ["GNC_OAUTH_AUTHORIZE_URL", "GNC_OAUTH_TOKEN_URL"] {
            deployment.variables.remove(given);
        }
        deployment
    }

    async fn new(kind: AuthServerKind) -> Self {
        let redis = Redis::start();
        redis.load(&sample()).await;
        let user = UserEndpoint::start(&people()).await;
        let issuer = TokenEndpoint::start(kind, &people()).await;
        let static_dir = tempfile::tempdir().expect("a folder");
        std::fs::write(static_dir.path().join("index.html"), "x").expect("written");
        let url = &issuer.url;
        let variables = BTreeMap::from([
            ("GNC_PUBLIC_URL", "http://127.0.0.1:8787".to_owned()),
            ("GNC_STATIC_DIR", static_dir.path().display().to_string()),
            // This user may read the snapshot settings.
            ("GNC_REDIS_URL", redis.admin_url()),
            ("GNC_OAUTH_CLIENT_ID", CLIENT_ID.to_owned()),
            ("GNC_OAUTH_AUTHORIZE_URL", format!("{url}/authorize")),
            ("GNC_OAUTH_TOKEN_URL", format!("{url}/token")),
            ("GNC_OAUTH_USER_URL", format!("{}/oauth2/user/", user.url)),
        ]);
        Self {
            redis,
            user,
            issuer,
            variables,
            _static_dir: static_dir,
        }
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.variables.insert(name, value.to_owned());
    }

    async fn doctor(&self, format: &[&str]) -> (bool, String) {
        let mut command = command();
        command.arg("doctor").args(format).envs(&self.variables);
        // The auth server runs on this thread, so the command must not block it.
        let output = tokio::task::spawn_blocking(move || command.output());
        let output = output.await.expect("waited for").expect("it ran");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8(said).expect("text"),
        )
    }

    async fn examine(&self) -> DoctorOutput {
        let (sound, json) = self.doctor(&["--json"]).await;
        let report: Value = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{json}"));
        assert_eq!(report["sound"], sound, "the exit code says the same");
        let (same, text) = self.doctor(&[]).await;
        assert_eq!(same, sound, "{text}");
        let findings = report["findings"].as_array().expect("findings").clone();
        for secret in [CLIENT_SECRET, COOKIE_SECRET, "token-of-", "hunter2"] {
            assert!(!format!("{json}{text}").contains(secret), "{text}");
        }
        DoctorOutput {
            sound,
            findings,
            text,
        }
    }

    /// Expects that this check has a problem with this advice.
    async fn expect_problem(&self, check: &str, advice: &str) {
        let said = self.examine().await;
        assert!(!said.sound, "{}", said.text);
        let mut problems = said.findings.iter();
        let problem = problems.find(|one| one["verdict"] == "problem" && one["check"] == check);
        let problem = problem.unwrap_or_else(|| panic!("{check}: {}", said.text));
        let part = |name: &str| problem[name].as_str().unwrap_or_default();
        let text = format!("{} {}", part("found"), part("mend"));
        assert!(text.contains(advice), "{advice}: {problem}");
        assert!(said.text.contains("PROBLEM") && said.text.contains(advice));
    }
}

impl DoctorOutput {
    fn verdict(&self, check: &str) -> &str {
        let found = self.findings.iter().find(|one| one["check"] == check);
        let found = found.unwrap_or_else(|| panic!("{check}: {}", self.text));
        found["verdict"].as_str().expect("text")
    }
}

#[tokio::test]
async fn deployment_with_gn_auth_has_no_problems() {
    let mut deployment = Deployment::gn_auth().await;
    deployment.set("GNC_DOCTOR_TOKEN", &token(&people()[0]));
    let said = deployment.examine().await;
    assert!(said.sound, "{}", said.text);
    for (check, verdict) in [
        ("configuration", "ok"),
        ("redis", "ok"),
        ("persistence", "ok"),
        ("key", "ok"),
        ("scripts", "ok"),
        ("discovery", "ok"),
        ("pkce", "warning"),
        ("iss", "ok"),
        ("authorize", "ok"),
        ("redirect-uri", "unknown"),
        ("scopes", "unknown"),
        ("state", "ok"),
        ("client", "ok"),
        ("refresh", "ok"),
        ("revocation", "warning"),
        ("user", "ok"),
        ("user-shape", "ok"),
        ("email", "warning"),
        ("validation", "ok"),
    ] {
        assert_eq!(said.verdict(check), verdict, "{check}: {}", said.text);
    }
    let keys = said.findings.iter().filter(|one| one["check"] == "key");
    assert_eq!(keys.count(), 4);
    assert!(
        said.text.contains("users: a hash with 65 fields"),
        "{}",
        said.text
    );
    assert!(said.text.ends_with("0 problems\n"), "{}", said.text);
}

#[tokio::test]
async fn deployment_with_a_public_client_has_no_problems_and_stays_unchanged() {
    let deployment = Deployment::direct().await;
    let before = deployment.redis.content().await;
    let said = deployment.examine().await;
    assert!(said.sound, "{}", said.text);
    for (check, verdict) in [
        ("discovery", "ok"),
        ("pkce", "ok"),
        ("client", "ok"),
        ("cors", "ok"),
        ("authorize", "ok"),
        ("redirect-uri", "ok"),
        ("scopes", "ok"),
        ("refresh", "ok"),
        ("revocation", "ok"),
        ("state", "unknown"),
        ("user-shape", "unknown"),
        ("email", "ok"),
    ] {
        assert_eq!(said.verdict(check), verdict, "{check}: {}", said.text);
    }
    assert_eq!(deployment.redis.content().await, before);
}

#[tokio::test]
async fn mediated_public_client_is_sound_but_needs_a_lasting_cookie_key() {
    let mut deployment = Deployment::direct().await;
    deployment.set("GNC_OAUTH_MODE", "mediated");
    let said = deployment.examine().await;
    assert!(said.sound, "{}", said.text);
    assert_eq!(said.verdict("client"), "ok");
    assert_eq!(said.verdict("cookie-key"), "warning");
    assert!(said.findings.iter().all(|one| one["check"] != "cors"));
    deployment.set("GNC_COOKIE_SECRET", COOKIE_SECRET);
    let said = deployment.examine().await;
    assert!(said.findings.iter().all(|one| one["check"] != "cookie-key"));
}

#[tokio::test]
async fn wrong_settings_are_reported_with_advice() {
    for (variable, value, check, advice) in [
        (
            "GNC_OAUTH_MODE",
            "implicit",
            "configuration",
            "GNC_OAUTH_MODE",
        ),
        (
            "GNC_PUBLIC_URL",
            "http://collections.example.org",
            "configuration",
            "TLS",
        ),
        (
            "GNC_REDIS_URL",
            "redis://:hunter2@127.0.0.1:1/0",
            "redis",
            "GNC_REDIS_URL",
        ),
        (
            "GNC_OAUTH_MODE",
            "direct",
            "client",
            "GNC_OAUTH_MODE=mediated",
        ),
        (
            "GNC_OAUTH_CLIENT_SECRET",
            "hunter2",
            "client",
            "GNC_OAUTH_CLIENT_SECRET",
        ),
        (
            "GNC_OAUTH_CLIENT_AUTH",
            "client_secret_basic",
            "client",
            "GNC_OAUTH_CLIENT_AUTH=client_secret_post",
        ),
        (
            "GNC_OAUTH_STATE",
            "required",
            "state",
            "GNC_OAUTH_STATE=pending-login",
        ),
        (
            "GNC_EMAIL_TRUST",
            "claim",
            "email",
            "GNC_EMAIL_TRUST=issuer",
        ),
        (
            "GNC_OAUTH_TOKEN_URL",
            "http://127.0.0.1:1/",
            "token",
            "GNC_OAUTH_TOKEN_URL",
        ),
        (
            "GNC_OAUTH_AUTHORIZE_URL",
            "http://127.0.0.1:1/",
            "authorize",
            "GNC_OAUTH_AUTHORIZE_URL",
        ),
        (
            "GNC_OAUTH_USER_URL",
            "http://127.0.0.1:1/",
            "user",
            "GNC_OAUTH_USER_URL",
        ),
        (
            "GNC_TOKEN_VALIDATION",
            "introspection",
            "configuration",
            "GNC_OAUTH_INTROSPECT_URL",
        ),
    ] {
        let mut deployment = Deployment::gn_auth().await;
        deployment.set("GNC_DOCTOR_TOKEN", &token(&people()[0]));
        deployment.set(variable, value);
        deployment.expect_problem(check, advice).await;
    }
}

#[tokio::test]
async fn problems_of_the_auth_server_are_reported() {
    for (mood, check) in [
        (Behavior::Redirects, "user"),
        (Behavior::Page, "user"),
        (Behavior::Fails, "user"),
    ] {
        let deployment = Deployment::gn_auth().await;
        deployment.user.set_behavior(mood);
        deployment
            .expect_problem(check, "its trailing slash matters")
            .await;
    }
    let mut deployment = Deployment::gn_auth().await;
    deployment.set("GNC_DOCTOR_TOKEN", "unknown");
    deployment
        .expect_problem("user-shape", "GNC_DOCTOR_TOKEN")
        .await;
    let deployment = Deployment::gn_auth().await;
    deployment.issuer.respond_with(200, "<html>Sign in</html>");
    deployment
        .expect_problem("client", "GNC_OAUTH_TOKEN_URL")
        .await;
    let mut deployment = Deployment::direct().await;
    let issuer = format!("{}/elsewhere", deployment.issuer.url);
    deployment.set("GNC_OAUTH_ISSUER", &issuer);
    deployment
        .expect_problem("discovery", "GNC_OAUTH_ISSUER")
        .await;
}

#[tokio::test]
async fn all_wrong_settings_are_reported_at_once() {
    let mut deployment = Deployment::gn_auth().await;
    let wrong = [
        ("GNC_PUBLIC_URL", "collections.example.org"),
        ("GNC_OAUTH_MODE", "implicit"),
        ("GNC_OAUTH_STATE", "optional"),
        ("GNC_RATE_LIMIT", "many"),
        ("GNC_LOG", "a=b=c"),
    ];
    for (variable, value) in wrong {
        deployment.set(variable, value);
    }
    let said = deployment.examine().await;
    assert!(said.text.ends_with("5 problems\n"), "{}", said.text);
    for (variable, _) in wrong {
        assert!(
            said.text.contains(&format!("{variable}: ")),
            "{}",
            said.text
        );
    }
    assert_eq!(said.verdict("redis"), "ok", "its settings are sound");
    deployment.set("GNC_REDIS_URL", "nowhere");
    let said = deployment.examine().await;
    assert!(said.text.ends_with("6 problems\n"), "{}", said.text);
}

#[tokio::test]
async fn refused_redirect_uri_scopes_and_client_are_told_apart() {
    for (variable, value, check, advice) in [
        (
            "GNC_PUBLIC_URL",
            "http://localhost:8787",
            "redirect-uri",
            "register http://localhost:8787/callback",
        ),
        (
            "GNC_OAUTH_SCOPES",
            "openid collections",
            "scopes",
            "GNC_OAUTH_SCOPES",
        ),
        (
            "GNC_OAUTH_CLIENT_ID",
            "another",
            "authorize",
            "GNC_OAUTH_CLIENT_ID",
        ),
    ] {
        let mut deployment = Deployment::direct().await;
        deployment.set(variable, value);
        deployment.expect_problem(check, advice).await;
    }
}

#[tokio::test]
async fn problems_of_redis_are_reported() {
    let deployment = Deployment::gn_auth().await;
    let ask = async |words: &[&str]| {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        let mut connection = deployment.redis.connect().await;
        command
            .query_async::<()>(&mut connection)
            .await
            .expect("done");
    };
    ask(&["CONFIG", "SET", "appendonly", "no"]).await;
    deployment
        .expect_problem("persistence", "appendonly yes")
        .await;
    ask(&["CONFIG", "SET", "appendonly", "yes"]).await;
    ask(&["RENAME", "users", "elsewhere"]).await;
    ask(&["SET", "users", "x"]).await;
    deployment.expect_problem("key", "GNC_KEY_USERS").await;
    ask(&["RENAME", "elsewhere", "users"]).await;

    let mut limited = Deployment::gn_auth().await;
    let mut connection = limited.redis.connect().await;
    for commands in ["-@scripting", "-hdel"] {
        let mut user = redis::cmd("ACL");
        user.arg(&[
            "SETUSER", "limited", "reset", "on", ">hunter2", "~*", "+@all", commands,
        ]);
        user.query_async::<()>(&mut connection).await.expect("done");
        let url = limited
            .redis
            .admin_url()
            .replace("redis://", "redis://limited:hunter2@");
        limited.set("GNC_REDIS_URL", &url);
        limited.expect_problem("scripts", "EVAL").await;
    }
}

#[tokio::test]
async fn replica_is_recognised() {
    let mut deployment = Deployment::gn_auth().await;
    let port = deployment.redis.port().to_string();
    let replica = Redis::start_with(&["--replicaof", "127.0.0.1", &port]);
    deployment.set("GNC_REDIS_URL", &replica.admin_url());
    deployment.expect_problem("redis", "to the primary").await;
}
