//! Tests that the server starts quickly from the unpacked tarball and serves its page, and that its
//! settings are readable as INSTALL.md describes.

use super::context::Context;
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
/// Number of starts; the quickest one counts, because the machine may be busy.
const STARTS: usize = 20;
const PATIENCE: Duration = Duration::from_mins(1);
/// Time between two requests: without a pause they would slow the start down.
const POLL_INTERVAL: Duration = Duration::from_millis(1);

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
    check_settings(context, unpacked.path())?;
    let mut quickest = Duration::MAX;
    for _ in 0..STARTS {
        quickest = quickest.min(start(context, unpacked.path())?);
        if quickest < QUICK {
            break;
        }
    }
    println!("serve answers after {} ms", quickest.as_millis());
    ensure!(
        quickest < QUICK,
        "a start takes {} ms",
        quickest.as_millis()
    );
    Ok(())
}

/// Checks that a shell reads the settings as systemd does, and that their path of the page is right
/// after the installation.
fn check_settings(context: &Context<'_>, folder: &Path) -> Result<()> {
    let script = "set -a; . ./gn-collections.env 2>complaints; env";
    let mut shell = Command::new("sh");
    let shell = shell.args(["-ec", script]).env_clear().current_dir(folder);
    let environment = context.stop.read(shell)?;
    let complaints = fs::read_to_string(folder.join("complaints"))?;
    ensure!(complaints.is_empty(), "gn-collections.env: {complaints}");
    let sample = fs::read_to_string(folder.join("gn-collections.env"))?;
    let settings = sample.lines().filter(|line| line.starts_with("GNC_"));
    for line in settings {
        // systemd.exec(5) removes the quotes.
        let line = line.replace('\'', "");
        ensure!(
            environment.lines().any(|read| read == line),
            "a shell does not read {line}"
        );
    }
    let unit = fs::read_to_string(folder.join("gn-collections.service"))?;
    let home = unit.lines().find_map(|line| {
        let program = line.strip_prefix("ExecStart=")?;
        program.strip_suffix("/gn-collections serve")
    });
    let home = home.context("the unit starts no server")?;
    ensure!(
        sample.contains(&format!("\nGNC_STATIC_DIR={home}/page\n")),
        "GNC_STATIC_DIR is not the page beside the program of the unit"
    );
    Ok(())
}

/// Starts the server and returns the time until it answers.
fn start(context: &Context<'_>, folder: &Path) -> Result<Duration> {
    let port = demo::port::free()?;
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
    let logs = context.workspace.output_folder().join("dist");
    let (sender, _events) = mpsc::channel();
    let start = Instant::now();
    let service = Service::start("server", &mut command, logs.join("server.log"), sender)?;
    let health = format!("{url}/healthz");
    while ureq::get(&health).call().is_err() {
        context.stop.check()?;
        ensure!(start.elapsed() < PATIENCE, "the server does not answer");
        thread::sleep(POLL_INTERVAL);
    }
    let duration = start.elapsed();
    let page = ureq::get(&url).call()?.body_mut().read_to_string()?;
    ensure!(page.contains("<html"), "the tarball's page is not served");
    let compressed = fs::read_dir(folder.join("page"))?
        .filter_map(Result::ok)
        .any(|file| file.path().extension().is_some_and(|end| end == "br"));
    ensure!(compressed, "no file of the page is compressed");
    drop(service);
    Ok(duration)
}
