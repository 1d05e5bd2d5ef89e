//! Builds the server in release mode, and runs it with the Redis and the auth server of the demo.

use super::identity_provider::{AuthServer, Endpoints};
use crate::{
    process::{Event, Service, Stop},
    workspace::Workspace,
};
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::Sender,
    time::Duration,
};

const HOME_URL: &str = "https://genenetwork.org/";

const COLLECTION_URL: &str = "https://genenetwork.org/collections/view?uc_id={id}";

const TRAIT_URL: &str = "https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}";

pub(super) const NAME: &str = "server";

const PROGRAM: &str = "gn-collections";

/// `SECRET_HMAC_CODE` of the GN2 that signed the anonymous cookies of the sample data.
const SAMPLE_HMAC_SECRET: &str = "gn2-demo-hmac-secret";

/// `SECRET_KEY` of the GN2 that signed the session cookies of the sample data.
const SAMPLE_SECRET_KEY: &str = "gn2-demo-secret-key";

pub(super) struct Settings<'a> {
    pub(super) program: &'a Path,
    pub(super) workspace: &'a Workspace,
    pub(super) port: u16,
    pub(super) public_url: &'a str,
    pub(super) redis_url: &'a str,
    pub(super) auth: AuthServer,
    pub(super) endpoints: &'a Endpoints,
    /// Variables that override all others.
    pub(super) variables: &'a [(String, String)],
}

/// Reads `NAME=VALUE`.
pub(super) fn variable(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Builds the server, in release mode unless for a draft, and returns the path of the program.
pub(crate) fn build(workspace: &Workspace, stop: &Stop, draft: bool) -> Result<PathBuf> {
    println!("building the server");
    stop.run(
        Command::new("cargo")
            .args(["build", "--locked", "--package", "server"])
            .args(["--bin", PROGRAM])
            .args((!draft).then_some("--release"))
            .current_dir(&workspace.root),
    )?;
    let profile = if draft { "debug" } else { "release" };
    Ok(workspace.cargo_target.join(profile).join(PROGRAM))
}

/// Removes the settings of another deployment, which this shell may have.
pub(crate) fn remove_settings(command: &mut Command) {
    let names = env::vars_os().map(|(name, _)| name);
    for name in names.filter(|name| name.to_string_lossy().starts_with("GNC_")) {
        command.env_remove(name);
    }
}

/// Returns the URL of the endpoints for GN2, which a server prints.
pub(crate) fn gn2_url(log: &str) -> Option<&str> {
    let mut lines = log.lines();
    lines.find_map(|line| line.strip_prefix("endpoints for GN2 on "))
}

/// Starts the server and waits until it can reach everything.
pub(super) fn start(
    settings: &Settings<'_>,
    logs: &Path,
    events: &Sender<Event>,
    stop: &Stop,
) -> Result<Service> {
    let mut command = Command::new(settings.program);
    command.arg("serve").current_dir(&settings.workspace.root);
    remove_settings(&mut command);
    command
        .env("GNC_BIND", format!("127.0.0.1:{}", settings.port))
        .env("GNC_PUBLIC_URL", settings.public_url)
        .env("GNC_STATIC_DIR", settings.workspace.root.join("dist"))
        .env("GNC_REDIS_URL", settings.redis_url)
        .env("GNC_HOME_URL", HOME_URL)
        .env("GNC_COLLECTION_URL", COLLECTION_URL)
        .env("GNC_TRAIT_URL", TRAIT_URL)
        .envs(sign_in(settings.auth, settings.endpoints))
        .env("GNC_SESSION_HMAC_SECRET", SAMPLE_HMAC_SECRET)
        .env("GNC_GN2_SECRET_KEY", SAMPLE_SECRET_KEY)
        .env("GNC_CLAIM_BY_PASSWORD", "on")
        .envs(settings.variables.iter().cloned());
    let mut service = Service::start(NAME, &mut command, logs.join("server.log"), events.clone())?;
    let ready = format!("{}/readyz", settings.public_url);
    service.wait_for(Duration::from_secs(30), |_| {
        stop.check()?;
        Ok(ureq::get(&ready).call().ok().map(drop))
    })?;
    Ok(service)
}

/// Returns the settings that docs/settings.md describes for such an auth server.
fn sign_in(auth: AuthServer, endpoints: &Endpoints) -> Vec<(&'static str, &str)> {
    let mut variables = vec![
        ("GNC_OAUTH_AUTHORIZE_URL", endpoints.authorize_url.as_str()),
        ("GNC_OAUTH_TOKEN_URL", &endpoints.token_url),
        ("GNC_OAUTH_USER_URL", &endpoints.user_url),
        ("GNC_OAUTH_REGISTER_URL", &endpoints.register_url),
        ("GNC_OAUTH_CLIENT_ID", &endpoints.client_id),
    ];
    let optional = [
        ("GNC_OAUTH_REVOKE_URL", &endpoints.revoke_url),
        ("GNC_OAUTH_END_SESSION_URL", &endpoints.end_session_url),
        ("GNC_OAUTH_CLIENT_SECRET", &endpoints.client_secret),
    ];
    let given = optional
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)));
    variables.extend(given);
    variables.extend(match auth {
        AuthServer::IdentityProvider => vec![("GNC_OAUTH_ISSUER", endpoints.issuer.as_str())],
        AuthServer::GnAuth => vec![
            ("GNC_OAUTH_MODE", "mediated"),
            ("GNC_OAUTH_STATE", "pending-login"),
            ("GNC_EMAIL_TRUST", "issuer"),
            ("GNC_OAUTH_SCOPES", "profile user"),
        ],
    });
    variables
}

#[cfg(test)]
mod tests {
    use super::variable;

    #[test]
    fn variable_needs_a_name_but_no_value() {
        assert_eq!(variable("A=b=c"), Ok(("A".to_owned(), "b=c".to_owned())));
        assert_eq!(variable("A="), Ok(("A".to_owned(), String::new())));
        assert!(variable("A").is_err());
        assert!(variable("=b").is_err());
    }
}
