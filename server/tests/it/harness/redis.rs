//! A redis-server for one test.

use super::data::Record;
use super::port::free_port;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The server's user. Its rights are the ones of docs/redis.md.
const USER: &str = "gn-collections";
const PASSWORD: &str = "only-what-is-needed";

pub(crate) struct Redis {
    port: u16,
    dir: TempDir,
    arguments: Vec<String>,
    process: Child,
}

impl Redis {
    /// Starts Redis on a free port, with every acknowledged write on disk.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

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

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.process.id()).expect("a process id"))
    }

    /// The URL of the server's user.
    pub(crate) fn url(&self) -> String {
        format!("redis://{USER}:{PASSWORD}@127.0.0.1:{}/0", self.port)
    }

    /// The URL of a user with all rights.
    pub(crate) fn admin_url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub(crate) fn credentials() -> String {
        format!("{USER}:{PASSWORD}")
    }

    /// Changes the server's user with this rule of `ACL SETUSER`, and cuts its connections.
    pub(crate) async fn set_user(&self, rule: &[&str]) {
        let mut set = redis::cmd("ACL");
        set.arg("SETUSER").arg(USER).arg(rule);
        self.run(&set).await;
        let mut cut = redis::cmd("CLIENT");
        cut.arg(&["KILL", "USER", USER]);
        self.run(&cut).await;
    }

    /// Deletes the server's user, which cuts its connections.
    pub(crate) async fn delete_user(&self) {
        let mut delete = redis::cmd("ACL");
        delete.arg("DELUSER").arg(USER);
        self.run(&delete).await;
    }

    /// Creates the server's user as it was at the start.
    pub(crate) async fn create_user(&self) {
        let (password, rules) = (format!(">{PASSWORD}"), rules());
        let rules = rules.split(' ');
        let rule: Vec<&str> = ["on", &password].into_iter().chain(rules).collect();
        self.set_user(&rule).await;
    }

    /// Runs a command with all rights.
    pub(crate) async fn run(&self, command: &redis::Cmd) {
        let connection = &mut self.connect().await;
        command.query_async::<()>(connection).await.expect("done");
    }

    /// Connects with all rights.
    pub(crate) async fn connect(&self) -> MultiplexedConnection {
        redis::Client::open(self.admin_url())
            .expect("a client")
            .get_multiplexed_async_connection_with_config(&without_timeouts())
            .await
            .expect("Redis answers")
    }

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

    pub(crate) async fn hget(&self, key: &str, field: &str) -> Option<Vec<u8>> {
        let mut get = redis::cmd("HGET");
        get.arg(key).arg(field);
        get.query_async(&mut self.connect().await)
            .await
            .expect("read")
    }

    pub(crate) async fn hset(&self, key: &str, field: &str, value: &[u8]) {
        let mut set = redis::cmd("HSET");
        set.arg(key).arg(field).arg(value);
        set.query_async::<()>(&mut self.connect().await)
            .await
            .expect("written");
    }

    /// All fields of the shared hashes: key, field, value.
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

    /// Stops the process: connections stay open without responses.
    pub(crate) fn hang(&self) {
        self.signal(Signal::SIGSTOP);
    }

    pub(crate) fn resume(&self) {
        self.signal(Signal::SIGCONT);
    }

    pub(crate) fn crash(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }

    /// Starts Redis again with the data on disk.
    pub(crate) fn restart(&mut self) {
        self.process = launch(self.port, &self.dir, &self.arguments);
    }

    fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).expect("signalled");
    }
}

/// The library's timeout of half a second is too short on a busy machine.
pub(crate) fn without_timeouts() -> AsyncConnectionConfig {
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

/// The program to test with: Redis, or another one that speaks its protocol.
pub(super) fn redis_server() -> OsString {
    std::env::var_os("GNC_TEST_REDIS_SERVER").unwrap_or_else(|| "redis-server".into())
}

/// The rights of the server's user in the documentation.
fn rules() -> String {
    let documentation = include_str!("../../../../docs/redis.md");
    let command = documentation
        .split("ACL SETUSER gn-collections on >PASSWORD")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the rules in docs/redis.md");
    let words = command.split_whitespace().filter(|word| *word != "\\");
    words.collect::<Vec<_>>().join(" ")
}

fn launch(port: u16, dir: &TempDir, arguments: &[String]) -> Child {
    let file = dir.path().join("redis.conf");
    let user = format!("user {USER} on >{PASSWORD} {}\n", rules());
    std::fs::write(&file, user).expect("written");
    let mut process = Command::new(redis_server())
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
    // A full pipe would stop Redis.
    std::thread::spawn(move || lines.for_each(drop));
    process
}
