//! The auth server of the demo: `e2e/identity-provider` or `e2e/gn-auth-like`.

use crate::{
    process::{Event, Service, Stop},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path, process::Command, sync::mpsc::Sender, time::Duration};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AuthServer {
    /// A certified OAuth2 and OpenID Connect server with a public client.
    IdentityProvider,
    /// A server that behaves as gn-auth does, with a confidential client.
    GnAuth,
}

/// The releases of gn-auth that `e2e/gn-auth-like` plays.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GnAuthRelease {
    /// March 2024: opaque tokens, and no check of e-mail addresses.
    #[value(name = "2024")]
    Release2024,
    /// February 2025: its user endpoint refuses the tokens of its own code grant.
    #[value(name = "2025")]
    Release2025,
    /// February 2025 with one more line, so that the code grant issues a JWT.
    #[value(name = "2025-with-jwt-code-grant")]
    Release2025WithJwtCodeGrant,
}

impl GnAuthRelease {
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl AuthServer {
    fn folder(self) -> &'static str {
        match self {
            Self::IdentityProvider => "identity-provider",
            Self::GnAuth => "gn-auth-like",
        }
    }
}

pub(super) struct IdentityProvider {
    pub(super) service: Service,
    pub(super) endpoints: Endpoints,
}

/// The announcement of the identity provider, printed once it listens.
#[derive(Deserialize, Serialize)]
pub(super) struct Endpoints {
    pub(super) issuer: String,
    pub(super) authorize_url: String,
    pub(super) token_url: String,
    pub(super) user_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revoke_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_session_url: Option<String>,
    pub(super) register_url: String,
    pub(super) client_id: String,
    /// Present for a confidential client only. Tests search for it, to see that it leaks nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_secret: Option<String>,
}

pub(super) struct Settings<'a> {
    pub(super) auth: AuthServer,
    pub(super) gn_auth_release: GnAuthRelease,
    pub(super) node: &'a Path,
    pub(super) people: &'a Path,
    pub(super) redirect_uri: &'a str,
}

/// Starts the auth server on a free port.
pub(super) fn start(
    workspace: &Workspace,
    settings: &Settings<'_>,
    logs: &Path,
    events: &Sender<Event>,
    stop: &Stop,
) -> Result<IdentityProvider> {
    let mut command = Command::new(settings.node);
    let folder = workspace.e2e().join(settings.auth.folder());
    command
        .arg(folder.join("main.mjs"))
        .args(["--port", "0", "--redirect-uri", settings.redirect_uri])
        .arg("--people")
        .arg(settings.people);
    if settings.auth == AuthServer::GnAuth {
        command.args(["--release", &settings.gn_auth_release.name()]);
    }
    let mut service = Service::start(
        "identity provider",
        &mut command,
        logs.join("identity-provider.log"),
        events.clone(),
    )?;
    let endpoints = service.wait_for(Duration::from_secs(30), |log| {
        stop.check()?;
        read_endpoints(&fs::read_to_string(log)?)
    })?;
    Ok(IdentityProvider { service, endpoints })
}

/// Returns the announcement, the one line of JSON: a library may print warnings before it.
fn read_endpoints(log: &str) -> Result<Option<Endpoints>> {
    let whole_lines = log.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let announcement = whole_lines.lines().find(|line| line.starts_with('{'));
    let endpoints = announcement.map(serde_json::from_str).transpose();
    endpoints.context("the identity provider's URLs are not readable")
}
