//! The auth server of the demo: `e2e/identity-provider` or `e2e/gn-auth-like`.

use crate::{
    process::{Event, Service, Stop},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::Deserialize;
use std::{fs, path::Path, process::Command, sync::mpsc::Sender, time::Duration};

/// Which auth server people sign in with.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Auth {
    /// A certified OAuth2 and OpenID Connect server; the page signs in directly.
    IdentityProvider,
    /// One that behaves as gn-auth does today; our server mediates.
    GnAuth,
}

impl Auth {
    fn folder(self) -> &'static str {
        match self {
            Self::IdentityProvider => "identity-provider",
            Self::GnAuth => "gn-auth-like",
        }
    }
}

/// A running identity provider.
pub(super) struct IdentityProvider {
    /// Its process.
    pub(super) service: Service,
    /// Its URLs.
    pub(super) endpoints: Endpoints,
}

/// What the identity provider says of itself when it listens.
#[derive(Deserialize)]
pub(super) struct Endpoints {
    pub(super) issuer: String,
    pub(super) authorize_url: String,
    pub(super) token_url: String,
    pub(super) user_url: String,
    pub(super) revoke_url: Option<String>,
    pub(super) end_session_url: Option<String>,
    pub(super) register_url: String,
    pub(super) client_id: String,
    /// Only confidential clients have one.
    pub(super) client_secret: Option<String>,
}

/// What it must know.
pub(super) struct Settings<'a> {
    pub(super) auth: Auth,
    pub(super) node: &'a Path,
    pub(super) people: &'a Path,
    pub(super) redirect_uri: &'a str,
}

/// Starts it on a free port.
pub(super) fn start(
    workspace: &Workspace,
    settings: &Settings<'_>,
    logs: &Path,
    events: &Sender<Event>,
    stop: &Stop,
) -> Result<IdentityProvider> {
    let mut command = Command::new(settings.node);
    command
        .arg(
            workspace
                .e2e()
                .join(settings.auth.folder())
                .join("main.mjs"),
        )
        .args(["--port", "0", "--redirect-uri", settings.redirect_uri])
        .arg("--people")
        .arg(settings.people);
    let mut service = Service::start(
        "identity provider",
        &mut command,
        logs.join("identity-provider.log"),
        events.clone(),
    )?;
    let endpoints = service.wait_for(Duration::from_secs(30), |log| {
        stop.check()?;
        endpoints_in(&fs::read_to_string(log)?)
    })?;
    Ok(IdentityProvider { service, endpoints })
}

/// The announcement is the one line of JSON; a library may have its say before.
fn endpoints_in(log: &str) -> Result<Option<Endpoints>> {
    let whole_lines = log.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let announcement = whole_lines.lines().find(|line| line.starts_with('{'));
    announcement
        .map(|line| {
            serde_json::from_str(line).context("the identity provider's URLs cannot be read")
        })
        .transpose()
}
