//! `gn-collections doctor` against auth servers and Redis, good and bad.

use crate::harness::{
    CLIENT_ID, CLIENT_SECRET, Manner, Mood, Proof, Redis, TokenEndpoint, UserEndpoint, command,
    people, sample, token,
};
use serde_json::Value;
use std::collections::BTreeMap;
use tempfile::TempDir;

const COOKIE_SECRET: &str = "cookie-secret-of-more-than-thirty-two-characters";

/// Everything that a deployment needs, and the variables that say where it is.
struct Deployment {
    redis: Redis,
    user: UserEndpoint,
    issuer: TokenEndpoint,
    variables: BTreeMap<&'static str, String>,
    _static_dir: TempDir,
}

/// What the doctor said, and how it ended.
struct Said {
    sound: bool,
    findings: Vec<Value>,
    text: String,
}

impl Deployment {
    /// A server like gn-auth, set up as the README says.
    async fn gn_auth() -> Self {
        let mut deployment = Self::new(Manner::default()).await;
        deployment.user.becomes(Mood::WithoutVerified);
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

    /// A standard server with a public client.
    async fn direct() -> Self {
        let manner = Manner {
            client: Proof::Nothing,
            refresh: true,
            metadata: true,
        };
        let mut deployment = Self::new(manner).await;
        let issuer = deployment.issuer.url.clone();
        deployment.set("GNC_OAUTH_ISSUER", &issuer);
        for given in ["GNC_OAUTH_AUTHORIZE_URL", "GNC_OAUTH_TOKEN_URL"] {
            deployment.variables.remove(given);
        }
        deployment
    }

    async fn new(manner: Manner) -> Self {
        let redis = Redis::start();
        redis.load(&sample()).await;
        let user = UserEndpoint::start(&people()).await;
        let issuer = TokenEndpoint::start(manner, &people()).await;
        let static_dir = tempfile::tempdir().expect("a folder");
        std::fs::write(static_dir.path().join("index.html"), "x").expect("written");
        let url = &issuer.url;
        let variables = BTreeMap::from([
            ("GNC_PUBLIC_URL", "http://127.0.0.1:8787".to_owned()),
            ("GNC_STATIC_DIR", static_dir.path().display().to_string()),
            // This user may see whether snapshots are made.
            ("GNC_REDIS_URL", redis.url_of_everything()),
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
        // What it asks is answered on this thread.
        let output = tokio::task::spawn_blocking(move || command.output());
        let output = output.await.expect("waited for").expect("it ran");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8(said).expect("text"),
        )
    }

    async fn says(&self) -> Said {
        let (sound, json) = self.doctor(&["--json"]).await;
        let report: Value = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{json}"));
        assert_eq!(report["sound"], sound, "the exit code says the same");
        let (same, text) = self.doctor(&[]).await;
        assert_eq!(same, sound, "{text}");
        let findings = report["findings"].as_array().expect("findings").clone();
        for secret in [CLIENT_SECRET, COOKIE_SECRET, "token-of-", "hunter2"] {
            assert!(!format!("{json}{text}").contains(secret), "{text}");
        }
        Said {
            sound,
            findings,
            text,
        }
    }

    /// Fails unless exactly this check has a problem, with this mend.
    async fn ails(&self, check: &str, mend: &str) {
        let said = self.says().await;
        assert!(!said.sound, "{}", said.text);
        let mut problems = said.findings.iter();
        let problem = problems.find(|one| one["verdict"] == "problem" && one["check"] == check);
        let problem = problem.unwrap_or_else(|| panic!("{check}: {}", said.text));
        let advice = format!("{}{}", problem["found"], problem["mend"]);
        assert!(advice.contains(mend), "{mend}: {problem}");
        assert!(said.text.contains("PROBLEM") && said.text.contains(mend));
    }
}

impl Said {
    fn verdict(&self, check: &str) -> &str {
        let found = self.findings.iter().find(|one| one["check"] == check);
        let found = found.unwrap_or_else(|| panic!("{check}: {}", self.text));
        found["verdict"].as_str().expect("text")
    }
}

#[tokio::test]
async fn a_deployment_beside_gn_auth_is_sound() {
    let mut deployment = Deployment::gn_auth().await;
    deployment.set("GNC_DOCTOR_TOKEN", &token(&people()[0]));
    let said = deployment.says().await;
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
        ("state", "ok"),
        ("client", "ok"),
        ("refresh", "ok"),
        ("revocation", "warning"),
        ("user", "ok"),
        ("user-shape", "ok"),
        ("email", "ok"),
        ("validation", "ok"),
    ] {
        assert_eq!(said.verdict(check), verdict, "{check}: {}", said.text);
    }
    let keys = said.findings.iter().filter(|one| one["check"] == "key");
    assert_eq!(keys.count(), 4);
    assert!(
        said.text.contains("users: a hash with 64 fields"),
        "{}",
        said.text
    );
    assert!(said.text.ends_with("0 problems\n"), "{}", said.text);
}

#[tokio::test]
async fn a_deployment_with_a_public_client_is_sound_and_examined_without_a_trace() {
    let deployment = Deployment::direct().await;
    let before = deployment.redis.content().await;
    let said = deployment.says().await;
    assert!(said.sound, "{}", said.text);
    for (check, verdict) in [
        ("discovery", "ok"),
        ("pkce", "ok"),
        ("client", "ok"),
        ("cors", "ok"),
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
async fn what_is_wrong_with_the_settings_is_named_with_its_mend() {
    for (variable, value, check, mend) in [
        (
            "GNC_OAUTH_MODE",
            "implicit",
            "configuration",
            "GNC_OAUTH_MODE",
        ),
        (
            "GNC_PUBLIC_URL",
            "http://collections.example.org",
            "public-url",
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
        deployment.ails(check, mend).await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_auth_server_is_seen() {
    for (mood, check) in [
        (Mood::Redirects, "user"),
        (Mood::Page, "user"),
        (Mood::Fails, "user"),
    ] {
        let deployment = Deployment::gn_auth().await;
        deployment.user.becomes(mood);
        deployment.ails(check, "the slash at the end matters").await;
    }
    let mut deployment = Deployment::gn_auth().await;
    deployment.set("GNC_DOCTOR_TOKEN", "unknown");
    deployment.ails("user-shape", "GNC_DOCTOR_TOKEN").await;
    let deployment = Deployment::gn_auth().await;
    deployment.issuer.answers(200, "<html>Sign in</html>");
    deployment.ails("client", "GNC_OAUTH_TOKEN_URL").await;
    let mut deployment = Deployment::direct().await;
    let issuer = format!("{}/elsewhere", deployment.issuer.url);
    deployment.set("GNC_OAUTH_ISSUER", &issuer);
    deployment.ails("discovery", "GNC_OAUTH_ISSUER").await;
}

#[tokio::test]
async fn what_is_wrong_with_redis_is_seen() {
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
    deployment.ails("persistence", "appendonly yes").await;
    ask(&["CONFIG", "SET", "appendonly", "yes"]).await;
    ask(&["RENAME", "users", "elsewhere"]).await;
    ask(&["SET", "users", "x"]).await;
    deployment.ails("key", "GNC_KEY_USERS").await;
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
            .url_of_everything()
            .replace("redis://", "redis://limited:hunter2@");
        limited.set("GNC_REDIS_URL", &url);
        limited.ails("scripts", "EVAL").await;
    }
}
