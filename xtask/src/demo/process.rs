//! A demo in a process of its own, for tests and measurements.

use crate::{
    process::{Event, Service, Stop},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{self, Receiver},
    time::Duration,
};

/// How long the demo may take to start: it may have everything to build.
const PATIENCE: Duration = Duration::from_mins(25);

/// A running demo, which ends when dropped.
pub(crate) struct DemoProcess {
    pub(crate) service: Service,
    pub(crate) events: Receiver<Event>,
    /// The content of `demo.json`.
    pub(crate) addresses: Value,
    pub(crate) file: PathBuf,
}

impl DemoProcess {
    /// Starts a demo on a free port and waits until it answers.
    pub(crate) fn start(workspace: &Workspace, stop: &Stop, folder: &Path) -> Result<Self> {
        let file = folder.join("demo.json");
        // The file of a demo that was killed is not that of the new one.
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let (sender, events) = mpsc::channel();
        stop.notify(sender.clone());
        let mut command = Command::new(&workspace.xtask);
        command
            .args(["demo", "--port", "0", "--folder"])
            .arg(folder)
            .current_dir(&workspace.root);
        let mut service = Service::start("demo", &mut command, folder.join("demo.log"), sender)?;
        let addresses = service.wait_for(PATIENCE, |_| {
            stop.check()?;
            let content = fs::read(&file).ok();
            let content = content.map(|content| serde_json::from_slice(&content));
            content.transpose().context("demo.json")
        })?;
        Ok(Self {
            service,
            events,
            addresses,
            file,
        })
    }

    pub(crate) fn address(&self, name: &str) -> Result<&str> {
        let text = self.addresses.get(name).and_then(Value::as_str);
        text.with_context(|| format!("demo.json has no {name}"))
    }
}
