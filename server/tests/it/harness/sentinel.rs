//! A Sentinel that watches one primary and decides on its own.

use super::port::free_port;
use super::redis::{Redis, redis_server, without_timeouts};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The name of the primary.
const SERVICE: &str = "genenetwork";

pub(crate) struct Sentinel {
    port: u16,
    process: Child,
    _dir: TempDir,
}

impl Sentinel {
    /// Starts a Sentinel that declares a primary dead after half a second.
    pub(crate) fn watching(primary: &Redis) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let file = dir.path().join("sentinel.conf");
        let settings = format!(
            "bind 127.0.0.1\nport {port}\ndir {}\nsentinel monitor {SERVICE} 127.0.0.1 {} 1\n\
             sentinel down-after-milliseconds {SERVICE} 500\nsentinel failover-timeout {SERVICE} 3000\n",
            dir.path().display(),
            primary.port(),
        );
        std::fs::write(&file, settings).expect("written");
        let mut process = Command::new(redis_server())
            .arg(&file)
            .arg("--sentinel")
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is installed");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let mut lines = output.lines().map_while(Result::ok);
        assert!(
            lines.any(|line| line.contains("+monitor")),
            "the Sentinel did not start"
        );
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            port,
            process,
            _dir: dir,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!(
            "redis+sentinel://{}@127.0.0.1:{}/{SERVICE}/0",
            Redis::credentials(),
            self.port
        )
    }

    /// The number of known replicas.
    pub(crate) async fn replicas(&self) -> usize {
        let client = redis::Client::open(format!("redis://127.0.0.1:{}", self.port));
        let mut connection = client
            .expect("a client")
            .get_multiplexed_async_connection_with_config(&without_timeouts())
            .await
            .expect("it answers");
        let mut ask = redis::cmd("SENTINEL");
        ask.arg("REPLICAS").arg(SERVICE);
        let replicas: Vec<redis::Value> = ask.query_async(&mut connection).await.expect("a list");
        replicas.len()
    }
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
