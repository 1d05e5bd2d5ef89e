//! The identity provider of the demo, `e2e/identity-provider`.

use crate::{
    process::{Event, Service, Stop},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{fs, path::Path, process::Command, sync::mpsc::Sender, time::Duration};

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
    pub(super) revoke_url: String,
    pub(super) end_session_url: String,
    pub(super) register_url: String,
    pub(super) client_id: String,
}

/// Starts it on a free port.
pub(super) fn start(
    workspace: &Workspace,
    node: &Path,
    people: &Path,
    redirect_uri: &str,
    logs: &Path,
    events: &Sender<Event>,
    stop: &Stop,
) -> Result<IdentityProvider> {
    let mut command = Command::new(node);
    command
        .arg(workspace.e2e().join("identity-provider/main.mjs"))
        .args(["--port", "0", "--redirect-uri", redirect_uri, "--people"])
        .arg(people);
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
