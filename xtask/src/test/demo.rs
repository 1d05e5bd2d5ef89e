//! The promises of `cargo xtask demo`: it answers, says where, ends on SIGTERM, and leaves nothing behind, not even when it is
//! killed.

use super::Context;
use crate::process::{Event, Service};
use anyhow::{Context as _, Result, ensure};
use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use redis::Commands;
use serde_json::Value;
use std::{
    env, fs,
    net::TcpStream,
    path::Path,
    process::Command,
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};
use ureq::http::Uri;

/// A first start may have everything to build.
const FIRST_START: Duration = Duration::from_mins(25);

/// A start with nothing to build. Of two the quicker counts: others may be at work on this machine.
const SECOND_START: Duration = Duration::from_secs(10);

/// How long everything may take to end after the demo was killed: its keepers kill what has not ended after five seconds.
const AFTER_KILL: Duration = Duration::from_secs(30);

/// Starts the demo three times, the second and the third time with a stopwatch; the third one is killed.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let folder = context.workspace.notes().join("demo-test");
    let first = start(context, &folder, FIRST_START)?;
    let answers = first.answers();
    first.end()?;
    answers?;

    let begun = Instant::now();
    let second = start(context, &folder, FIRST_START)?;
    let took = begun.elapsed();
    second.end()?;
    let begun = Instant::now();
    let third = start(context, &folder, FIRST_START)?;
    let took = took.min(begun.elapsed());
    third.be_killed()?;
    println!("a second start takes {:.1} s", took.as_secs_f32());
    ensure!(
        took < SECOND_START,
        "a second start takes {took:?}, more than {SECOND_START:?}"
    );
    Ok(())
}

/// A running demo.
struct Demo {
    service: Service,
    events: Receiver<Event>,
    record: Value,
    folder: std::path::PathBuf,
}

fn start(context: &Context<'_>, folder: &Path, patience: Duration) -> Result<Demo> {
    let (tell, events) = mpsc::channel();
    context.stop.tell(tell.clone());
    let mut command = Command::new(env::current_exe()?);
    command
        .args(["demo", "--port", "0", "--folder"])
        .arg(folder)
        .current_dir(&context.workspace.root);
    let file = folder.join("demo.json");
    // What a killed demo left would be taken for the new one's.
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let mut service = Service::start("demo", &mut command, folder.join("demo.log"), tell)?;
    let record = service.wait_for(patience, |_| {
        context.stop.check()?;
        fs::read(&file)
            .ok()
            .map(|content| serde_json::from_slice(&content).context("demo.json"))
            .transpose()
    })?;
    Ok(Demo {
        service,
        events,
        record,
        folder: folder.to_owned(),
    })
}

impl Demo {
    fn field(&self, name: &str) -> Result<&str> {
        self.record
            .get(name)
            .and_then(Value::as_str)
            .with_context(|| format!("demo.json has no {name}"))
    }

    /// Everything that demo.json names must be there at once.
    fn answers(&self) -> Result<()> {
        for name in [
            "issuer",
            "authorize_url",
            "token_url",
            "user_url",
            "client_id",
        ] {
            self.field(name)?;
        }
        let url = self.field("url")?;
        ensure!(
            self.field("redirect_uri")? == format!("{url}/callback"),
            "the redirect URI is not the page's"
        );
        let people = self
            .record
            .get("people")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        ensure!(people == 8, "{people} people, not 8");

        let page = ureq::get(url).call()?.body_mut().read_to_string()?;
        ensure!(page.contains("<html"), "{url} answers no page");
        let config: Value = ureq::get(format!("{url}/api/v1/config"))
            .call()?
            .body_mut()
            .read_json()?;
        ensure!(
            config
                .pointer("/oauth/authorize_url")
                .and_then(Value::as_str)
                == Some(self.field("authorize_url")?),
            "the page would sign in elsewhere: {config}"
        );
        let discovery = format!("{}/.well-known/openid-configuration", self.field("issuer")?);
        ureq::get(discovery).call()?;
        let mut redis = redis::Client::open(self.field("redis")?)?.get_connection()?;
        let accounts: usize = redis.hlen("users")?;
        ensure!(accounts == 64, "{accounts} legacy accounts, not 64");
        Ok(())
    }

    /// SIGTERM must end the demo and everything that it started.
    fn end(self) -> Result<()> {
        let pids = self
            .record
            .get("pids")
            .and_then(Value::as_object)
            .context("demo.json has no pids")?;
        let mut all = Vec::new();
        for name in ["redis", "identity_provider", "server", "xtask"] {
            let pid = pids
                .get(name)
                .and_then(Value::as_i64)
                .with_context(|| format!("no process id of {name}"))?;
            all.push((name, Pid::from_raw(i32::try_from(pid)?)));
        }
        kill(Pid::from_raw(self.service.pid()), Signal::SIGTERM)?;
        let Event::Ended(_, status) = self.events.recv()? else {
            return Err(crate::process::Stopped.into());
        };
        ensure!(status == "exit status: 0", "the demo ended with {status}");
        for (name, pid) in all {
            ensure!(kill(pid, None) == Err(Errno::ESRCH), "{name} runs on");
        }
        ensure!(
            !self.folder.join("demo.json").exists(),
            "demo.json is still there"
        );
        Ok(())
    }

    /// SIGKILL leaves the demo no time to end what it started: it must end all the same.
    fn be_killed(self) -> Result<()> {
        let mut addresses = Vec::new();
        for name in ["redis", "issuer", "url"] {
            let url: Uri = self.field(name)?.parse()?;
            let address = url.authority().context("a URL without host")?;
            addresses.push((name, address.to_string()));
        }
        kill(Pid::from_raw(self.service.pid()), Signal::SIGKILL)?;
        let deadline = Instant::now() + AFTER_KILL;
        for (name, address) in addresses {
            // Whoever is still there accepts; their process may be a zombie where nobody waits for orphans.
            while TcpStream::connect(&address).is_ok() {
                ensure!(Instant::now() < deadline, "{name} runs on after SIGKILL");
                thread::sleep(Duration::from_millis(50));
            }
        }
        Ok(())
    }
}
