//! The servers that are measured, each with a Redis of its own, and the programs that measure.

use crate::{
    demo::{self, redis::Redis},
    process::{Service, Stop},
    seed::{self, benchmark_user},
    tools::system,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::Duration,
};

/// How long a program may take to listen, and the server to index a million accounts.
const PATIENCE: Duration = Duration::from_mins(1);

/// How much is measured.
pub(super) struct Effort {
    /// Numbers of accounts.
    pub(super) sizes: &'static [u32],
    /// Numbers of collections in one migration.
    pub(super) collections: &'static [usize],
    /// Runs of which the median counts.
    pub(super) runs: usize,
    /// Seconds of load in one run.
    pub(super) seconds: u32,
}

pub(super) const FULL: Effort = Effort {
    sizes: &[1_000, 10_000, 100_000, 1_000_000],
    collections: &[1, 100, 1_200],
    runs: 5,
    seconds: 2,
};

pub(super) const QUICK: Effort = Effort {
    sizes: &[1_000, 10_000],
    collections: &[1, 100, 1_200],
    runs: 3,
    seconds: 1,
};

pub(super) struct Programs {
    pub(super) server: PathBuf,
    /// The bare handler and the plain clients that the server is compared with.
    pub(super) peer: PathBuf,
    pub(super) wrk: PathBuf,
    pub(super) redis_benchmark: PathBuf,
    /// Folder of logs and bodies.
    pub(super) folder: PathBuf,
}

impl Programs {
    /// Builds those of this workspace in release mode, and installs the others.
    pub(super) fn build(workspace: &Workspace, stop: &Stop) -> Result<Self> {
        let server = demo::server::build(workspace, stop, false)?;
        stop.run(
            Command::new("cargo")
                .args(["build", "--release", "--locked", "--package", "server"])
                .args(["--example", "bench_peer"])
                .current_dir(&workspace.root),
        )?;
        let folder = workspace.output_folder().join("bench");
        let page = folder.join("page");
        fs::create_dir_all(&page)?;
        fs::write(page.join("index.html"), "<!doctype html>")?;
        Ok(Self {
            server,
            peer: workspace.cargo_target.join("release/examples/bench_peer"),
            wrk: system::find(stop, system::WRK)?,
            redis_benchmark: system::find(stop, system::REDIS_BENCHMARK)?,
            folder,
        })
    }

    fn next_log(&self) -> PathBuf {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("{number}.log"))
    }
}

/// A Redis, a user endpoint and a server.
pub(super) struct TestBed {
    /// Number of accounts in the Redis.
    pub(super) accounts: u32,
    /// URL of the server.
    pub(super) url: String,
    // Services end in this order.
    server: ServerProcess,
    user_endpoint: PeerProcess,
    redis: Redis,
}

impl TestBed {
    /// Fills a Redis, and starts a server that indexes it.
    pub(super) fn start(stop: &Stop, programs: &Programs, accounts: u32) -> Result<Self> {
        let (sender, _) = mpsc::channel();
        let redis = Redis::start(stop, &programs.folder, &sender, &[])?;
        let duration = seed::fill(stop, redis.url(), accounts, 1)?.as_secs_f32();
        println!("seeded {accounts} accounts in {duration:.1} s");
        let mut command = Command::new(&programs.peer);
        command.arg("people");
        let user_endpoint = PeerProcess::start("user endpoint", &mut command, programs, stop)?;
        let server = ServerProcess::start(stop, programs, redis.url(), &user_endpoint.url, &[])?;
        Ok(Self {
            accounts,
            url: server.url.clone(),
            server,
            user_endpoint,
            redis,
        })
    }

    /// Starts another server with these variables on the same Redis.
    pub(super) fn start_another(
        &self,
        stop: &Stop,
        programs: &Programs,
        variables: &[(&str, &str)],
    ) -> Result<ServerProcess> {
        let (redis, user_endpoint) = (self.redis.url(), &self.user_endpoint.url);
        ServerProcess::start(stop, programs, redis, user_endpoint, variables)
    }

    pub(super) fn redis(&self) -> &Redis {
        &self.redis
    }

    /// Returns the resident memory of the server in bytes.
    pub(super) fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.service.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: u64 = kilobytes.context("no VmRSS")?.trim().parse()?;
        Ok(kilobytes * 1024)
    }
}

/// Returns the token of the benchmark user, as the user endpoint of the peer reads it.
pub(super) fn token() -> String {
    let email = benchmark_user::EMAIL.replace('@', "~");
    format!("{}~{email}", benchmark_user::USER_ID)
}

/// A peer that listens.
pub(super) struct PeerProcess {
    pub(super) url: String,
    _service: Service,
}

impl PeerProcess {
    pub(super) fn start(
        name: &'static str,
        command: &mut Command,
        programs: &Programs,
        stop: &Stop,
    ) -> Result<Self> {
        let (sender, _) = mpsc::channel();
        let mut service = Service::start(name, command, programs.next_log(), sender)?;
        let url = service.wait_for(PATIENCE, |log| {
            stop.check()?;
            Ok(listening_url(log))
        })?;
        Ok(Self {
            url,
            _service: service,
        })
    }
}

fn listening_url(log: &Path) -> Option<String> {
    let text = fs::read_to_string(log).ok()?;
    let mut lines = text.lines();
    let url = lines.find_map(|line| line.strip_prefix("listening on "))?;
    Some(url.to_owned())
}

/// A server that has indexed the accounts.
pub(super) struct ServerProcess {
    pub(super) url: String,
    /// URL of the endpoints for GN2, if they are on.
    pub(super) gn2_url: Option<String>,
    /// The duration of the indexing, from the log of the server.
    pub(super) index_duration: Duration,
    service: Service,
}

impl ServerProcess {
    /// Starts a server with its default settings, but without a limit of requests.
    fn start(
        stop: &Stop,
        programs: &Programs,
        redis: &str,
        user_endpoint: &str,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let mut command = Command::new(&programs.server);
        command.arg("serve").current_dir(&programs.folder);
        demo::server::remove_settings(&mut command);
        command
            .env("GNC_BIND", "127.0.0.1:0")
            .env("GNC_PUBLIC_URL", "http://127.0.0.1:1")
            .env("GNC_STATIC_DIR", programs.folder.join("page"))
            .env("GNC_REDIS_URL", redis)
            .env("GNC_OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/authorize")
            .env("GNC_OAUTH_TOKEN_URL", "http://127.0.0.1:1/token")
            .env("GNC_OAUTH_USER_URL", format!("{user_endpoint}/user/"))
            .env("GNC_OAUTH_CLIENT_ID", "bench")
            .env("GNC_RATE_LIMIT", "off")
            .env("GNC_LOG", "info,server::store::legacy_index=debug")
            .envs(variables.iter().copied());
        let (sender, _) = mpsc::channel();
        let mut service = Service::start("server", &mut command, programs.next_log(), sender)?;
        let (url, gn2_url, index_duration) = service.wait_for(PATIENCE, |log| {
            stop.check()?;
            let text = fs::read_to_string(log)?;
            let gn2_url = demo::server::gn2_url(&text).map(ToOwned::to_owned);
            let found = listening_url(log).zip(index_duration(log));
            Ok(found.map(|(url, index_duration)| (url, gn2_url, index_duration)))
        })?;
        Ok(Self {
            url,
            gn2_url,
            index_duration,
            service,
        })
    }
}

fn index_duration(log: &Path) -> Option<Duration> {
    let text = fs::read_to_string(log).ok()?;
    let mut lines = text.lines();
    let line = lines.find(|line| line.contains("indexed the legacy accounts"))?;
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    let milliseconds = event.pointer("/fields/milliseconds")?.as_u64()?;
    Some(Duration::from_millis(milliseconds))
}
