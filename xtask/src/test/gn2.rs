//! Tests that GN2 can use the server instead of gn-auth: a Python client makes the calls of GN2 at
//! both and compares the answers.

use super::context::Context;
use crate::{
    demo::{self, redis::Redis},
    process::{Service, Stop},
    tools::{node, system},
};
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(30);
const CLIENT_ID: &str = "gn2";
const CLIENT_SECRET: &str = "the-secret-of-gn2";

/// The folders and programs of this part.
struct Gn2Test<'a> {
    stop: &'a Stop,
    node: PathBuf,
    gn_auth: PathBuf,
    people: PathBuf,
    folder: PathBuf,
}

pub(super) fn run(context: &Context<'_>) -> Result<()> {
    let Context {
        workspace, stop, ..
    } = context;
    node::packages(workspace, stop)?;
    let python = system::find(stop, system::PYTHON)?;
    let program = demo::server::build(workspace, stop, true)?;
    let test = Gn2Test {
        stop,
        node: node::program(stop)?,
        gn_auth: workspace.e2e().join("gn-auth-like"),
        people: workspace.e2e().join("data/people.json"),
        folder: workspace.output_folder().join("gn2-test"),
    };
    let (sender, _events) = mpsc::channel();
    let redis = |name| Redis::start(stop, &test.folder.join(name), &sender, &[]);
    let (our_redis, their_redis) = (redis("ours")?, redis("theirs")?);
    let (_gn_auth, gn_auth_urls) = test.start_gn_auth()?;
    let user_url = text(&gn_auth_urls, "user_url")?;
    let (_collections, their_url) = test.start_collections(their_redis.url(), user_url)?;
    let (_server, our_url) = test.start_server(&program, our_redis.url(), user_url)?;
    let servers = json!({
        "gn_auth": gn_auth_urls, "ours": our_url, "theirs": their_url,
        "gn2": {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
    });
    let file = test.folder.join("servers.json");
    fs::write(&file, servers.to_string())?;
    let mut command = context.command(&python.to_string_lossy());
    command
        // The sources are not the place for compiled files.
        .arg("-B")
        .arg(workspace.e2e().join("gn2-client/main.py"))
        .arg(file);
    stop.run(&mut command)
}

impl Gn2Test<'_> {
    /// Starts the server that signs people in and knows their tokens.
    fn start_gn_auth(&self) -> Result<(Service, Value)> {
        let mut command = Command::new(&self.node);
        command
            .arg(self.gn_auth.join("main.mjs"))
            .args(["--redirect-uri", "http://127.0.0.1:9/callback", "--people"])
            .arg(&self.people);
        self.start("server like gn-auth", &mut command, announcement)
    }

    /// Starts gn-auth's collection endpoints.
    fn start_collections(&self, redis: &str, user_url: &str) -> Result<(Service, Value)> {
        let mut command = Command::new(&self.node);
        command
            .arg(self.gn_auth.join("collections/main.mjs"))
            .args(["--redis", redis, "--user-url", user_url, "--people"])
            .arg(&self.people);
        self.start("collection endpoints like gn-auth's", &mut command, |log| {
            announcement(log).map(|urls| urls["url"].clone())
        })
    }

    fn start_server(
        &self,
        program: &Path,
        redis: &str,
        user_url: &str,
    ) -> Result<(Service, Value)> {
        let page = self.folder.join("page");
        fs::create_dir_all(&page)?;
        fs::write(page.join("index.html"), "<!doctype html>")?;
        let mut command = Command::new(program);
        command.arg("serve").current_dir(&self.folder);
        demo::server::remove_settings(&mut command);
        command
            .env("GNC_BIND", "127.0.0.1:0")
            .env("GNC_PUBLIC_URL", "http://127.0.0.1:1")
            .env("GNC_STATIC_DIR", page)
            .env("GNC_REDIS_URL", redis)
            .env("GNC_OAUTH_MODE", "direct")
            .env("GNC_OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/authorize")
            .env("GNC_OAUTH_TOKEN_URL", "http://127.0.0.1:1/token")
            .env("GNC_OAUTH_USER_URL", user_url)
            .env("GNC_OAUTH_CLIENT_ID", "gn-collections")
            .env("GNC_GN2_BIND", "127.0.0.1:0")
            .env("GNC_GN2_CLIENT_ID", CLIENT_ID)
            .env("GNC_GN2_CLIENT_SECRET", CLIENT_SECRET);
        self.start("server", &mut command, |log| {
            log.contains("\nlistening on ").then_some(())?;
            demo::server::gn2_url(log).map(Value::from)
        })
    }

    /// Starts a program, and waits for what `read` finds in its log.
    fn start(
        &self,
        name: &'static str,
        command: &mut Command,
        read: impl Fn(&str) -> Option<Value>,
    ) -> Result<(Service, Value)> {
        let (sender, _) = mpsc::channel();
        let log = self.folder.join(format!("{}.log", name.replace(' ', "-")));
        let mut service = Service::start(name, command, log, sender)?;
        let found = service.wait_for(PATIENCE, |log| {
            self.stop.check()?;
            Ok(read(&fs::read_to_string(log)?))
        })?;
        Ok((service, found))
    }
}

/// Returns the one line of JSON: a library may print warnings before it.
fn announcement(log: &str) -> Option<Value> {
    let mut lines = log.lines().filter(|line| line.starts_with('{'));
    lines.find_map(|line| serde_json::from_str(line).ok())
}

fn text<'v>(urls: &'v Value, name: &str) -> Result<&'v str> {
    urls[name].as_str().with_context(|| format!("no {name}"))
}
