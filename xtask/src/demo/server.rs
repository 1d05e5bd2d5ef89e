//! The server of the demo: built in release mode, configured for Redis and identity provider.

use super::identity_provider::{Auth, Endpoints};
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

/// Traits of the sample data have pages there.
const TRAIT_URL: &str = "https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}";

/// What the server is called in messages.
pub(super) const NAME: &str = "server";

const NAME_OF_PROGRAM: &str = "gn-collections";

/// `SECRET_HMAC_CODE` of the GN2 that signed the anonymous cookies of the sample data.
const SAMPLE_HMAC_SECRET: &str = "gn2-demo-hmac-secret";

/// What the server must know.
pub(super) struct Settings<'a> {
    pub(super) program: &'a Path,
    pub(super) workspace: &'a Workspace,
    pub(super) port: u16,
    pub(super) public_url: &'a str,
    pub(super) redis_url: &'a str,
    pub(super) auth: Auth,
    pub(super) endpoints: &'a Endpoints,
    /// Win over all others.
    pub(super) variables: &'a [(String, String)],
}

/// Reads `NAME=VALUE`.
pub(super) fn variable(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Builds the server, in release mode unless it is for a draft, and answers where the program is.
pub(crate) fn build(workspace: &Workspace, stop: &Stop, draft: bool) -> Result<PathBuf> {
    println!("building the server");
    stop.run(
        Command::new("cargo")
            .args([
                "build",
                "--locked",
                "--package",
                "server",
                "--bin",
                NAME_OF_PROGRAM,
            ])
            .args((!draft).then_some("--release"))
            .current_dir(&workspace.root),
    )?;
    let profile = if draft { "debug" } else { "release" };
    Ok(workspace.cargo_target.join(profile).join(NAME_OF_PROGRAM))
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
    // Settings of another deployment may lie in this shell.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GNC_")) {
        command.env_remove(name);
    }
    command
        .env("GNC_BIND", format!("127.0.0.1:{}", settings.port))
        .env("GNC_PUBLIC_URL", settings.public_url)
        .env("GNC_STATIC_DIR", settings.workspace.root.join("dist"))
        .env("GNC_REDIS_URL", settings.redis_url)
        .env("GNC_TRAIT_URL", TRAIT_URL)
        .envs(sign_in(settings.auth, settings.endpoints))
        .env("GNC_SESSION_HMAC_SECRET", SAMPLE_HMAC_SECRET)
        .envs(settings.variables.iter().cloned());
    let mut service = Service::start(NAME, &mut command, logs.join("server.log"), events.clone())?;
    let ready = format!("{}/readyz", settings.public_url);
    service.wait_for(Duration::from_secs(30), |_| {
        stop.check()?;
        Ok(ureq::get(&ready).call().ok().map(drop))
    })?;
    Ok(service)
}

/// How people sign in: as the README tells operators of such a server to set it.
fn sign_in(auth: Auth, endpoints: &Endpoints) -> Vec<(&'static str, &str)> {
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
        Auth::IdentityProvider => vec![("GNC_OAUTH_ISSUER", endpoints.issuer.as_str())],
        Auth::GnAuth => vec![
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
    fn a_variable_has_a_name_and_perhaps_an_empty_value() {
        assert_eq!(variable("A=b=c"), Ok(("A".to_owned(), "b=c".to_owned())));
        assert_eq!(variable("A="), Ok(("A".to_owned(), String::new())));
        assert!(variable("A").is_err());
        assert!(variable("=b").is_err());
    }
}
