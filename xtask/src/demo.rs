//! `cargo xtask demo`: runs the whole system on one machine, with sample people and collections.
//!
//! [`redis`] holds the [`data`], [`identity_provider`] signs the [`people`] in, [`server`] serves
//! page and API on a reserved [`port`]. Once all of them answer, [`demo_file`] writes their
//! addresses for scripts and tests. [`process`](mod@process) starts a demo for tests and
//! measurements.

mod data;
mod demo_file;
mod identity_provider;
mod people;
pub(crate) mod port;
pub(crate) mod process;
pub(crate) mod redis;
pub(crate) mod server;

use crate::{
    page,
    process::{Event, Stop},
    tools,
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use clap::Args;
use demo_file::{DemoFile, Pids};
use identity_provider::{AuthServer, GnAuthRelease};
use port::ReservedPort;
use std::{path::PathBuf, sync::mpsc};

/// Options of `cargo xtask demo`.
#[derive(Args)]
pub(crate) struct Options {
    /// Port of the page; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Use this Redis instead of a private one. It must be empty or hold GeneNetwork's data.
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Redis content to load, one JSON object a line; may be given several times.
    /// [default: e2e/data/legacy-gn2.jsonl, unless the Redis of --redis holds data already]
    #[arg(long, value_name = "FILE.jsonl")]
    data: Vec<PathBuf>,
    /// Auth server that people sign in with.
    #[arg(long, value_enum, default_value_t = AuthServer::IdentityProvider)]
    auth: AuthServer,
    /// Release of gn-auth that `--auth gn-auth` plays.
    #[arg(long, value_enum, default_value_t = GnAuthRelease::Release2025WithJwtCodeGrant)]
    gn_auth_release: GnAuthRelease,
    /// People who can sign in. [default: e2e/data/people.json]
    #[arg(long, value_name = "FILE.json")]
    people: Option<PathBuf>,
    /// Variable for the server; may be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = server::variable)]
    env: Vec<(String, String)>,
    /// Folder of demo.json and the logs. [default: target/demo]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Builds, starts everything, and waits until it is asked to stop.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    let folder = options.folder.clone();
    let folder = folder.unwrap_or_else(|| workspace.output_folder().join("demo"));
    let demo_file = DemoFile::remove_old(&folder)?;
    let people_file = options.people.clone();
    let people_file = people_file.unwrap_or_else(|| workspace.e2e().join("data/people.json"));
    let people = people::read(&people_file)?;
    let reserved = ReservedPort::new(options.port)?;
    let port = reserved.number()?;

    // Missing programs and files are reported before the long build.
    match &options.redis {
        Some(url) => drop(redis::Redis::existing(url)?),
        None => drop(tools::system::find(stop, tools::system::REDIS)?),
    }
    options.data.iter().try_for_each(|file| data::check(file))?;
    let node = tools::node::program(stop)?;
    let program = build(workspace, stop)?;

    let (sender, events) = mpsc::channel();
    stop.notify(sender.clone());

    // Each service needs those before it. Variables are dropped, and services ended, in the reverse
    // order.
    let redis = match &options.redis {
        Some(url) => redis::Redis::existing(url)?,
        None => redis::Redis::start_durable(stop, &folder, &sender)?,
    };
    load(workspace, options, &redis)?;
    let public_url = format!("http://127.0.0.1:{port}");
    let redirect_uri = format!("{public_url}/callback");
    let provider = identity_provider::start(
        workspace,
        &identity_provider::Settings {
            auth: options.auth,
            gn_auth_release: options.gn_auth_release,
            node: &node,
            people: &people_file,
            redirect_uri: &redirect_uri,
        },
        &folder,
        &sender,
        stop,
    )?;
    drop(reserved);
    let server = server::start(
        &server::Settings {
            program: &program,
            workspace,
            port,
            public_url: &public_url,
            redis_url: redis.url(),
            auth: options.auth,
            endpoints: &provider.endpoints,
            variables: &options.env,
        },
        &folder,
        &sender,
        stop,
    )?;
    demo_file.write(&demo_file::Content {
        url: &public_url,
        endpoints: &provider.endpoints,
        redirect_uri: &redirect_uri,
        redis: redis.url(),
        people: &people,
        pids: Pids {
            redis: redis.pid(),
            identity_provider: provider.service.pid(),
            server: server.pid(),
            xtask: std::process::id(),
        },
    })?;

    println!("\n{}", people::sign_ins(&people));
    println!("{public_url}\n\nCtrl-C stops everything.");
    let result = wait(&events);
    println!("stopping");
    result
}

/// Builds page and server, and returns the path of the server.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    page::build(workspace, stop)?;
    server::build(workspace, stop, page::is_draft())
}

/// Waits until xtask is asked to stop, or the server ends. The demo goes on without Redis or the
/// identity provider: people can try what the page does then.
fn wait(events: &mpsc::Receiver<Event>) -> Result<()> {
    loop {
        match events.recv().context("all senders of events are gone")? {
            Event::Stop => return Ok(()),
            Event::Ended(name, status) if name == server::NAME => {
                bail!("the {name} ended ({status})")
            }
            Event::Ended(name, status) => println!("the {name} ended ({status})"),
        }
    }
}

fn load(workspace: &Workspace, options: &Options, redis: &redis::Redis) -> Result<()> {
    let mut connection = redis.connect()?;
    if options.data.is_empty() && data::exists(&mut connection)? {
        println!("this Redis holds collections already: nothing is loaded");
        return Ok(());
    }
    let sample = [workspace.e2e().join("data/legacy-gn2.jsonl")];
    let files = match &options.data[..] {
        [] => &sample[..],
        files => files,
    };
    files
        .iter()
        .try_for_each(|file| data::load(&mut connection, file))
}
