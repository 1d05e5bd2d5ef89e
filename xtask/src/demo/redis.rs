//! The Redis of a chore: a private one in a temporary folder, or an existing one.

use super::port;
use crate::{
    process::{Event, Service, Stop},
    tools::system,
};
use anyhow::{Result, anyhow};
use redis::{Client, Connection};
use std::{path::Path, process::Command, sync::mpsc::Sender, time::Duration};
use tempfile::TempDir;

const NAME: &str = "Redis server";

/// How long Redis may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Redis that answers. A private one ends when dropped.
pub(crate) struct Redis {
    url: String,
    // Fields are dropped in this order: the server ends before its folder is removed.
    service: Option<Service>,
    _folder: Option<TempDir>,
}

impl Redis {
    pub(crate) fn existing(url: &str) -> Result<Self> {
        let redis = Self {
            url: url.to_owned(),
            service: None,
            _folder: None,
        };
        redis.connect()?;
        Ok(redis)
    }

    /// Starts an empty Redis that loses nothing when it is killed and started again in its folder.
    pub(crate) fn start_durable(stop: &Stop, logs: &Path, events: &Sender<Event>) -> Result<Self> {
        Self::start(stop, logs, events, &["--appendonly", "yes"])
    }

    /// Starts an empty Redis on a free port, with further arguments.
    pub(crate) fn start(
        stop: &Stop,
        logs: &Path,
        events: &Sender<Event>,
        arguments: &[&str],
    ) -> Result<Self> {
        let program = system::find(stop, system::REDIS)?;
        let folder = TempDir::with_prefix("gn-collections-redis-")?;
        let port = port::free()?;
        let mut command = Command::new(program);
        command
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", ""])
            .args(arguments)
            .arg("--dir")
            .arg(folder.path());
        let mut service =
            Service::start(NAME, &mut command, logs.join("redis.log"), events.clone())?;
        let url = format!("redis://127.0.0.1:{port}");
        service.wait_for(PATIENCE, |_| {
            stop.check()?;
            Ok(connect(&url).ok().map(drop))
        })?;
        Ok(Self {
            url,
            service: Some(service),
            _folder: Some(folder),
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn pid(&self) -> Option<i32> {
        self.service.as_ref().map(Service::pid)
    }

    pub(crate) fn connect(&self) -> Result<Connection> {
        // The URL may hold a password, and the error repeats its cause.
        connect(&self.url).map_err(|error| anyhow!("cannot reach the Redis: {error}"))
    }
}

fn connect(url: &str) -> Result<Connection> {
    let mut connection = Client::open(url)?.get_connection_with_timeout(Duration::from_secs(3))?;
    redis::cmd("PING").exec(&mut connection)?;
    Ok(connection)
}
