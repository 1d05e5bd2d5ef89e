//! The `gn-collections` command as a process of its own.

use super::redis::Redis;
use super::user_endpoint::UserEndpoint;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use tempfile::TempDir;

/// The command, without any setting of this shell.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gn-collections"));
    command.env_clear();
    command
}

/// A server that runs until it is told to end.
pub(crate) struct Serving {
    pub(crate) url: String,
    /// Where its metrics are, if it was told to serve them.
    pub(crate) metrics: Option<String>,
    child: Child,
    /// Read while it is written; taken at the end.
    log: Option<JoinHandle<std::io::Result<String>>>,
    _static_dir: TempDir,
}

impl Serving {
    /// Starts one that logs all there is to log, with further variables.
    pub(crate) fn start(redis: &Redis, auth: &UserEndpoint, variables: &[(&str, &str)]) -> Self {
        let static_dir = tempfile::tempdir().expect("a folder");
        std::fs::write(static_dir.path().join("index.html"), "<!doctype html>").expect("written");
        let mut child = command()
            .arg("serve")
            .env("GNC_BIND", "127.0.0.1:0")
            .env("GNC_PUBLIC_URL", "http://127.0.0.1:1")
            .env("GNC_STATIC_DIR", static_dir.path())
            .env("GNC_REDIS_URL", redis.url())
            .env("GNC_OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/auth")
            .env("GNC_OAUTH_TOKEN_URL", "http://127.0.0.1:1/token")
            .env("GNC_OAUTH_USER_URL", format!("{}/oauth2/user/", auth.url))
            .env("GNC_OAUTH_CLIENT_ID", "gn-collections-spa")
            .env("GNC_LOG", "trace")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let stdout = child.stdout.take().expect("its output");
        let (mut metrics, mut url) = (None, None);
        for line in BufReader::new(stdout).lines() {
            let line = line.expect("a line");
            if let Some(found) = line.strip_prefix("metrics on ") {
                metrics = Some(found.to_owned());
            } else if let Some(found) = line.strip_prefix("listening on ") {
                url = Some(found.to_owned());
                break;
            }
        }
        let url = url.expect("the URL");
        // The log is read while it is written: a full pipe would stop the server.
        let mut stderr = child.stderr.take().expect("its log");
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).map(|_| log)
        });
        Self {
            url,
            metrics,
            child,
            log: Some(log),
            _static_dir: static_dir,
        }
    }

    /// Sends SIGTERM, after which it must end well, and gives its whole log.
    pub(crate) fn end(mut self) -> String {
        kill(self.pid(), Signal::SIGTERM).expect("sent");
        assert!(
            self.child.wait().expect("it ends").success(),
            "SIGTERM is a regular end"
        );
        let log = self.log.take().expect("not ended before");
        log.join().expect("read").expect("text")
    }

    /// Its memory that is in use, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: u64 = kilobytes
            .and_then(|kb| kb.trim().parse().ok())
            .expect("a number");
        kilobytes * 1024
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("an id"))
    }

    /// Waits for the end of one that was killed.
    pub(crate) fn is_gone(&mut self) {
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Of one that has ended already neither is true any more, and neither matters.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
