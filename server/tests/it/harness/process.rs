//! The `gn-collections` command as its own process.

use super::redis::Redis;
use super::user_endpoint::UserEndpoint;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use tempfile::TempDir;

/// The command without the settings of this shell.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gn-collections"));
    command.env_clear();
    command
}

pub(crate) struct ServerProcess {
    pub(crate) url: String,
    /// The URL of the metrics, if they are served.
    pub(crate) metrics: Option<String>,
    /// The URL of the endpoints for GN2, if they are served.
    pub(crate) gn2: Option<String>,
    child: Child,
    log: Arc<Log>,
    /// Reads the log while it is written, because a full pipe would stop the server.
    reader: Option<JoinHandle<()>>,
    _static_dir: TempDir,
}

/// The log so far.
#[derive(Default)]
struct Log {
    text: Mutex<String>,
    grown: Condvar,
}

impl ServerProcess {
    /// Starts a server with the most verbose log.
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
        let (mut metrics, mut gn2, mut url) = (None, None, None);
        for line in BufReader::new(stdout).lines() {
            let line = line.expect("a line");
            if let Some(found) = line.strip_prefix("metrics on ") {
                metrics = Some(found.to_owned());
            } else if let Some(found) = line.strip_prefix("endpoints for GN2 on ") {
                gn2 = Some(found.to_owned());
            } else if let Some(found) = line.strip_prefix("listening on ") {
                url = Some(found.to_owned());
                break;
            }
        }
        let url = url.expect("the URL");
        let stderr = child.stderr.take().expect("its log");
        let log = Arc::new(Log::default());
        let written = Arc::clone(&log);
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines() {
                let mut text = written.text.lock().expect("not poisoned");
                *text += &line.expect("text");
                text.push('\n');
                written.grown.notify_all();
            }
        });
        Self {
            url,
            metrics,
            gn2,
            child,
            log,
            reader: Some(reader),
            _static_dir: static_dir,
        }
    }

    /// Blocks until the log contains this text.
    pub(crate) fn wait_for_log(&self, text: &str) {
        let log = self.log.text.lock().expect("not poisoned");
        let waited = self.log.grown.wait_while(log, |log| !log.contains(text));
        drop(waited.expect("not poisoned"));
    }

    /// Sends SIGTERM, expects a successful exit, and returns the log.
    pub(crate) fn stop(mut self) -> String {
        kill(self.pid(), Signal::SIGTERM).expect("sent");
        assert!(
            self.child.wait().expect("an exit status").success(),
            "SIGTERM is a regular end"
        );
        let reader = self.reader.take().expect("not ended before");
        reader.join().expect("read");
        self.log.text.lock().expect("not poisoned").clone()
    }

    /// The resident memory in bytes.
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

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("an id"))
    }

    /// Waits for the exit of a killed process.
    pub(crate) fn wait_for_exit(&mut self) {
        self.child.wait().expect("an exit status");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // Both fail harmlessly if the process has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
