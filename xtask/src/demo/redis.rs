//! The Redis of a chore: a private one in a temporary folder, or the one that was named.

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

/// How long it may take to start. An empty one takes no time, but the machine may have other things to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Redis that answers. A private one ends when this is dropped.
pub(crate) struct Redis {
    url: String,
    // The server must have ended before its folder is removed: fields are dropped in this order.
    service: Option<Service>,
    _folder: Option<TempDir>,
}

impl Redis {
    /// The Redis at this URL.
    pub(crate) fn given(url: &str) -> Result<Self> {
        let redis = Self {
            url: url.to_owned(),
            service: None,
            _folder: None,
        };
        redis.connect()?;
        Ok(redis)
    }

    /// A new and empty one on a free port of this machine. It may be killed and started again in
    /// the same folder without losing anything.
    pub(crate) fn start_durable(stop: &Stop, logs: &Path, events: &Sender<Event>) -> Result<Self> {
        Self::start(stop, logs, events, &["--appendonly", "yes"], &[])
    }

    /// A new and empty one on a free port of this machine, with further arguments and variables.
    pub(crate) fn start(
        stop: &Stop,
        logs: &Path,
        events: &Sender<Event>,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let program = system::find(stop, system::REDIS)?;
        let folder = TempDir::with_prefix("gn-collections-redis-")?;
        let port = port::free()?;
        let mut command = Command::new(program);
        command
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", ""])
            .args(arguments)
            .envs(variables.iter().copied())
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

    /// Where it answers.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The process id of a private one.
    pub(crate) fn pid(&self) -> Option<i32> {
        self.service.as_ref().map(Service::pid)
    }

    /// A new connection.
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
