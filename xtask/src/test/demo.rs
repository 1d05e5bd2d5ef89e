//! Tests that `cargo xtask demo` answers, writes its addresses, ends on SIGTERM, and leaves nothing
//! behind, even when it is killed.

use super::context::Context;
use crate::{
    demo::process::DemoProcess,
    process::{Event, Stopped},
};
use anyhow::{Context as _, Result, ensure};
use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use redis::Commands;
use serde_json::Value;
use std::{
    net::TcpStream,
    path::Path,
    thread,
    time::{Duration, Instant},
};
use ureq::http::Uri;

/// A start with nothing to build. The quicker one of two counts: the machine may be busy.
const SECOND_START: Duration = Duration::from_secs(10);

/// How long everything may take to end after SIGKILL: watchdogs kill what has not ended after five
/// seconds.
const AFTER_KILL: Duration = Duration::from_secs(30);

/// Starts the demo three times and measures the second and the third start; kills the third demo.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let folder = context.workspace.output_folder().join("demo-test");
    let (first, _) = start(context, &folder)?;
    let answers = check_answers(&first);
    end(first)?;
    answers?;
    let (second, duration) = start(context, &folder)?;
    end(second)?;
    let (third, other_duration) = start(context, &folder)?;
    kill_and_check(third)?;
    let duration = duration.min(other_duration);
    println!("a second start takes {:.1} s", duration.as_secs_f32());
    ensure!(
        duration < SECOND_START,
        "a second start takes {duration:?}, more than {SECOND_START:?}"
    );
    Ok(())
}

fn start(context: &Context<'_>, folder: &Path) -> Result<(DemoProcess, Duration)> {
    let start = Instant::now();
    let demo = DemoProcess::start(context.workspace, context.stop, folder)?;
    Ok((demo, start.elapsed()))
}

/// Checks that everything in demo.json is there at once.
fn check_answers(demo: &DemoProcess) -> Result<()> {
    for name in ["authorize_url", "token_url", "user_url", "client_id"] {
        demo.address(name)?;
    }
    let url = demo.address("url")?;
    ensure!(
        demo.address("redirect_uri")? == format!("{url}/callback"),
        "the redirect URI is not the page's"
    );
    let people = demo.addresses["people"].as_array().map_or(0, Vec::len);
    ensure!(people == 9, "{people} people, not 9");

    let page = ureq::get(url).call()?.body_mut().read_to_string()?;
    ensure!(page.contains("<html"), "{url} answers no page");
    let mut config = ureq::get(format!("{url}/api/v1/config")).call()?;
    let config: Value = config.body_mut().read_json()?;
    let authorize_url = config["oauth"]["authorize_url"].as_str();
    ensure!(
        authorize_url == Some(demo.address("authorize_url")?),
        "the page would sign in elsewhere: {config}"
    );
    let issuer = demo.address("issuer")?;
    ureq::get(format!("{issuer}/.well-known/openid-configuration")).call()?;
    let mut redis = redis::Client::open(demo.address("redis")?)?.get_connection()?;
    let accounts: usize = redis.hlen("users")?;
    ensure!(accounts == 65, "{accounts} legacy accounts, not 65");
    Ok(())
}

/// Checks that SIGTERM ends the demo and everything that it started.
fn end(demo: DemoProcess) -> Result<()> {
    let mut pids = Vec::new();
    for name in ["redis", "identity_provider", "server", "xtask"] {
        let pid = demo.addresses["pids"][name].as_i64();
        let pid = pid.with_context(|| format!("no process id of {name}"))?;
        pids.push((name, Pid::from_raw(i32::try_from(pid)?)));
    }
    kill(Pid::from_raw(demo.service.pid()), Signal::SIGTERM)?;
    let Event::Ended(_, status) = demo.events.recv()? else {
        return Err(Stopped.into());
    };
    ensure!(status == "exit status: 0", "the demo ended with {status}");
    for (name, pid) in pids {
        ensure!(kill(pid, None) == Err(Errno::ESRCH), "{name} runs on");
    }
    ensure!(!demo.file.exists(), "demo.json is still there");
    Ok(())
}

/// Checks that everything ends although SIGKILL leaves the demo no time to end it.
fn kill_and_check(demo: DemoProcess) -> Result<()> {
    let mut addresses = Vec::new();
    for name in ["redis", "issuer", "url"] {
        let url: Uri = demo.address(name)?.parse()?;
        let address = url.authority().context("a URL without host")?;
        addresses.push((name, address.to_string()));
    }
    kill(Pid::from_raw(demo.service.pid()), Signal::SIGKILL)?;
    let deadline = Instant::now() + AFTER_KILL;
    for (name, address) in addresses {
        // A running program accepts connections. Its process id would not tell: an orphan may stay
        // a zombie.
        while TcpStream::connect(&address).is_ok() {
            ensure!(Instant::now() < deadline, "{name} runs on after SIGKILL");
            thread::sleep(Duration::from_millis(50));
        }
    }
    Ok(())
}
