//! What is measured: a Redis with so many accounts, and a server before it.

use crate::{
    demo::{self, redis::Redis},
    process::{Event, Service, Stop},
    seed::{self, measured},
    tools::system,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{self, Sender},
    },
    time::Duration,
};

/// How long a program may take to say where it listens, and the server to index a million accounts.
const PATIENCE: Duration = Duration::from_mins(1);

/// The programs that take part.
pub(super) struct Programs {
    /// The server.
    pub(super) server: PathBuf,
    /// What it is compared with.
    pub(super) peer: PathBuf,
    /// `wrk`.
    pub(super) wrk: PathBuf,
    /// `redis-benchmark`.
    pub(super) redis_benchmark: PathBuf,
    /// Where logs and bodies go.
    pub(super) folder: PathBuf,
}

impl Programs {
    /// Builds ours in release mode, and installs the others.
    pub(super) fn build(workspace: &Workspace, stop: &Stop) -> Result<Self> {
        let server = demo::server::build(workspace, stop, false)?;
        stop.run(
            Command::new("cargo")
                .args(["build", "--release", "--locked", "--package", "server"])
                .args(["--example", "bench_peer"])
                .current_dir(&workspace.root),
        )?;
        let folder = workspace.notes().join("bench");
        fs::create_dir_all(&folder)?;
        Ok(Self {
            server,
            peer: workspace.cargo_target.join("release/examples/bench_peer"),
            wrk: system::find(stop, system::WRK)?,
            redis_benchmark: system::find(stop, system::REDIS_BENCHMARK)?,
            folder,
        })
    }

    /// Where the next program logs.
    fn log(&self) -> PathBuf {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("{number}.log"))
    }
}

/// A Redis, a user endpoint and a server.
pub(super) struct Bed {
    /// How many accounts the Redis has.
    pub(super) accounts: u32,
    /// Where the server answers.
    pub(super) url: String,
    // Services end in this order.
    server: Serving,
    people: Listening,
    redis: Redis,
}

impl Bed {
    /// Fills a Redis and starts a server that has indexed it. The variables are for Redis.
    pub(super) fn start(
        workspace: &Workspace,
        stop: &Stop,
        programs: &Programs,
        accounts: u32,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let (tell, _) = mpsc::channel();
        let redis = Redis::start(stop, &programs.folder, &tell, &[], variables)?;
        let took = seed::fill(stop, redis.url(), accounts, 1)?;
        println!("seeded {accounts} accounts in {:.1} s", took.as_secs_f32());
        let mut people = Command::new(&programs.peer);
        let people =
            Listening::start("user endpoint", people.arg("people"), programs, &tell, stop)?;
        let server = Serving::start(workspace, stop, programs, redis.url(), &people.url, &[])?;
        Ok(Self {
            accounts,
            url: server.url.clone(),
            server,
            people,
            redis,
        })
    }

    /// Starts another server beside, which ends when it is dropped.
    pub(super) fn another(
        &self,
        workspace: &Workspace,
        stop: &Stop,
        programs: &Programs,
    ) -> Result<Serving> {
        self.another_with(workspace, stop, programs, &[])
    }

    /// The same with further variables.
    pub(super) fn another_with(
        &self,
        workspace: &Workspace,
        stop: &Stop,
        programs: &Programs,
        variables: &[(&str, &str)],
    ) -> Result<Serving> {
        let (redis, people) = (self.redis.url(), &self.people.url);
        Serving::start(workspace, stop, programs, redis, people, variables)
    }

    /// The Redis.
    pub(super) fn redis(&self) -> &Redis {
        &self.redis
    }

    /// The server's memory that is in use, in bytes.
    pub(super) fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.service.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: u64 = kilobytes.context("no VmRSS")?.trim().parse()?;
        Ok(kilobytes * 1024)
    }
}

/// What the measured person's token is.
pub(super) fn token() -> String {
    format!(
        "{}~{}",
        measured::USER_ID,
        measured::EMAIL.replace('@', "~")
    )
}

/// A program that says where it listens.
pub(super) struct Listening {
    /// Where.
    pub(super) url: String,
    _service: Service,
}

impl Listening {
    /// Starts it and waits until it does.
    pub(super) fn start(
        name: &'static str,
        command: &mut Command,
        programs: &Programs,
        tell: &Sender<Event>,
        stop: &Stop,
    ) -> Result<Self> {
        let mut service = Service::start(name, command, programs.log(), tell.clone())?;
        let url = service.wait_for(PATIENCE, |log| {
            stop.check()?;
            Ok(listening(log))
        })?;
        Ok(Self {
            url,
            _service: service,
        })
    }
}

fn listening(log: &Path) -> Option<String> {
    let text = fs::read_to_string(log).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("listening on "))?;
    Some(line.to_owned())
}

/// A server with an index.
pub(super) struct Serving {
    /// Where it answers.
    pub(super) url: String,
    /// How long it took to index the accounts, by its own log.
    pub(super) indexed_in: Duration,
    service: Service,
}

impl Serving {
    /// Starts one with its default settings, but without a limit of requests.
    fn start(
        workspace: &Workspace,
        stop: &Stop,
        programs: &Programs,
        redis: &str,
        people: &str,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let page = programs.folder.join("page");
        fs::create_dir_all(&page)?;
        fs::write(page.join("index.html"), "<!doctype html>")?;
        let mut command = Command::new(&programs.server);
        command.arg("serve").current_dir(&workspace.root);
        let all = env::vars_os();
        for (name, _) in all.filter(|(name, _)| name.to_string_lossy().starts_with("GNC_")) {
            command.env_remove(name);
        }
        command
            .env("GNC_BIND", "127.0.0.1:0")
            .env("GNC_PUBLIC_URL", "http://127.0.0.1:1")
            .env("GNC_STATIC_DIR", &page)
            .env("GNC_REDIS_URL", redis)
            .env("GNC_OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/authorize")
            .env("GNC_OAUTH_TOKEN_URL", "http://127.0.0.1:1/token")
            .env("GNC_OAUTH_USER_URL", format!("{people}/user/"))
            .env("GNC_OAUTH_CLIENT_ID", "bench")
            .env("GNC_RATE_LIMIT", "off")
            .env("GNC_LOG", "info,server::store::legacy_index=debug")
            .envs(variables.iter().copied());
        let (tell, _) = mpsc::channel();
        let mut service = Service::start("server", &mut command, programs.log(), tell)?;
        let url = service.wait_for(PATIENCE, |log| {
            stop.check()?;
            Ok(listening(log))
        })?;
        let indexed_in = service.wait_for(PATIENCE, |log| {
            stop.check()?;
            Ok(indexed(log))
        })?;
        Ok(Self {
            url,
            indexed_in,
            service,
        })
    }
}

/// How long the walk over the accounts took, as the log says.
fn indexed(log: &Path) -> Option<Duration> {
    let text = fs::read_to_string(log).ok()?;
    let line = text
        .lines()
        .find(|line| line.contains("indexed the legacy accounts"))?;
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    let milliseconds = event.pointer("/fields/milliseconds")?.as_u64()?;
    Some(Duration::from_millis(milliseconds))
}
