//! The server starts from the unpacked tarball, quickly, and serves the page that is in it.

use super::Context;
use crate::{demo, dist, process::Service};
use anyhow::{Context as _, Result, ensure};
use std::{
    fs,
    path::Path,
    process::Command,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a start may take once the disk is warm.
const QUICK: Duration = Duration::from_millis(100);
/// Starts, of which the quickest counts: others may be at work on this machine.
const STARTS: usize = 5;
/// How long the server may take in any case.
const PATIENCE: Duration = Duration::from_secs(20);

/// Packs, checks the sum, unpacks and starts.
pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let tarball = dist::build(context.workspace, context.stop)?;
    let folder = tarball.parent().context("a file lies in a folder")?;
    let name = tarball.file_name().context("a file has a name")?;
    let checksum = format!("{}.sha256", name.to_string_lossy());
    let mut check = Command::new("sha256sum");
    context
        .stop
        .run(check.args(["--check", &checksum]).current_dir(folder))?;
    let unpacked = tempfile::tempdir()?;
    context.stop.run(
        Command::new("tar")
            .args(["--extract", "--strip-components=1", "--file"])
            .arg(&tarball)
            .arg("--directory")
            .arg(unpacked.path()),
    )?;
    let mut quickest = Duration::MAX;
    for _ in 0..STARTS {
        quickest = quickest.min(start(context, unpacked.path())?);
    }
    println!("serve answers after {} ms", quickest.as_millis());
    ensure!(
        quickest < QUICK,
        "a start takes {} ms",
        quickest.as_millis()
    );
    Ok(())
}

/// Starts the server and answers how long it took until it answered.
fn start(context: &Context<'_>, folder: &Path) -> Result<Duration> {
    let port = demo::reserve(0)?;
    let url = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(folder.join("gn-collections"));
    command
        .arg("serve")
        .env_clear()
        .current_dir(folder)
        .env("GNC_BIND", format!("127.0.0.1:{port}"))
        .env("GNC_PUBLIC_URL", &url)
        .env("GNC_STATIC_DIR", "page")
        .env("GNC_REDIS_URL", "redis://127.0.0.1:1/0")
        .env("GNC_OAUTH_AUTHORIZE_URL", format!("{url}/authorize"))
        .env("GNC_OAUTH_TOKEN_URL", format!("{url}/token"))
        .env("GNC_OAUTH_USER_URL", format!("{url}/user"))
        .env("GNC_OAUTH_CLIENT_ID", "test");
    let logs = context.workspace.notes().join("dist");
    let (tell, _events) = mpsc::channel();
    let begun = Instant::now();
    let service = Service::start("server", &mut command, logs.join("server.log"), tell)?;
    let health = format!("{url}/healthz");
    while ureq::get(&health).call().is_err() {
        context.stop.check()?;
        ensure!(begun.elapsed() < PATIENCE, "the server does not answer");
        thread::yield_now();
    }
    let took = begun.elapsed();
    let page = ureq::get(&url).call()?.body_mut().read_to_string()?;
    ensure!(page.contains("<html"), "the tarball's page is not served");
    let compressed = fs::read_dir(folder.join("page"))?
        .filter_map(Result::ok)
        .any(|file| file.path().extension().is_some_and(|end| end == "br"));
    ensure!(compressed, "no file of the page is compressed");
    drop(service);
    Ok(took)
}
