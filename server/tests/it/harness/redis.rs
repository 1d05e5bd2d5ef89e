//! A private redis-server, started for one test and gone with it.

use super::data::Record;
use super::port::free_port;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The user that the server is: it may do what the documentation lists, and nothing else.
const USER: &str = "gn-collections";
const PASSWORD: &str = "only-what-is-needed";

/// A running redis-server.
pub(crate) struct Redis {
    port: u16,
    dir: TempDir,
    arguments: Vec<String>,
    process: Child,
}

impl Redis {
    /// Starts one on a free port, with every acknowledged write on disk.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with further arguments.
    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let process = launch(port, &dir, &arguments);
        Self {
            port,
            dir,
            arguments,
            process,
        }
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.process.id()).expect("a process id"))
    }

    /// The URL for the server, which is a user with few permissions.
    pub(crate) fn url(&self) -> String {
        format!("redis://{USER}:{PASSWORD}@127.0.0.1:{}/0", self.port)
    }

    /// The URL of a user who may do everything.
    pub(crate) fn url_of_everything(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// What a URL names the server's user by.
    pub(crate) fn credentials() -> String {
        format!("{USER}:{PASSWORD}")
    }

    /// A connection of the test's own.
    pub(crate) async fn connect(&self) -> MultiplexedConnection {
        redis::Client::open(self.url_of_everything())
            .expect("a client")
            .get_multiplexed_async_connection_with_config(&patient())
            .await
            .expect("Redis answers")
    }

    /// Stores records with `HSET`.
    pub(crate) async fn load(&self, records: &[Record]) {
        let mut connection = self.connect().await;
        let mut writes = redis::pipe();
        for record in records {
            writes
                .hset(&record.key, &record.field, &record.value)
                .ignore();
        }
        writes
            .query_async::<()>(&mut connection)
            .await
            .expect("stored");
    }

    /// One hash field.
    pub(crate) async fn hget(&self, key: &str, field: &str) -> Option<Vec<u8>> {
        let mut get = redis::cmd("HGET");
        get.arg(key).arg(field);
        get.query_async(&mut self.connect().await)
            .await
            .expect("read")
    }

    /// Sets one hash field, as another program would.
    pub(crate) async fn hset(&self, key: &str, field: &str, value: &[u8]) {
        let mut set = redis::cmd("HSET");
        set.arg(key).arg(field).arg(value);
        set.query_async::<()>(&mut self.connect().await)
            .await
            .expect("written");
    }

    /// Everything it holds but our own records of what was done: key, field, value.
    pub(crate) async fn content(&self) -> Vec<(String, String, Vec<u8>)> {
        let mut connection = self.connect().await;
        let mut content = Vec::new();
        for key in [
            "users",
            "collections",
            "collections2",
            "migratable-accounts",
        ] {
            let mut all = redis::cmd("HGETALL");
            all.arg(key);
            let fields: Vec<(String, Vec<u8>)> =
                all.query_async(&mut connection).await.expect("read");
            content.extend(
                fields
                    .into_iter()
                    .map(|(field, value)| (key.to_owned(), field, value)),
            );
        }
        content.sort();
        content
    }

    /// It hangs: connections stay open, nothing is answered.
    pub(crate) fn hang(&self) {
        self.signal(Signal::SIGSTOP);
    }

    /// It answers again.
    pub(crate) fn resume(&self) {
        self.signal(Signal::SIGCONT);
    }

    /// It is killed, as by a power failure.
    pub(crate) fn crash(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }

    /// It is started again on what it had written to disk.
    pub(crate) fn restart(&mut self) {
        self.process = launch(self.port, &self.dir, &self.arguments);
    }

    fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).expect("signalled");
    }
}

/// For connections of the tests' own. The library gives up after half a second; a busy machine may need longer.
pub(crate) fn patient() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(None)
        .set_response_timeout(None)
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The rules that the documentation gives the server's user.
fn rules() -> String {
    let documentation = include_str!("../../../../docs/redis.md");
    let command = documentation
        .split("ACL SETUSER gn-collections on >PASSWORD")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the documentation names the rules");
    let words = command.split_whitespace().filter(|word| *word != "\\");
    words.collect::<Vec<_>>().join(" ")
}

fn launch(port: u16, dir: &TempDir, arguments: &[String]) -> Child {
    let file = dir.path().join("redis.conf");
    let user = format!("user {USER} on >{PASSWORD} {}\n", rules());
    std::fs::write(&file, user).expect("written");
    let mut process = Command::new("redis-server")
        .arg(file)
        .args([
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
        ])
        .arg("--port")
        .arg(port.to_string())
        .arg("--dir")
        .arg(dir.path())
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("redis-server is installed (`cargo xtask test` installs it)");
    let output = BufReader::new(process.stdout.take().expect("its output"));
    let mut lines = output.lines().map_while(Result::ok);
    assert!(
        lines.any(|line| line.contains("Ready to accept connections")),
        "redis-server did not start"
    );
    // Redis goes on writing its log; a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
    process
}
