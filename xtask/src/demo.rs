//! `cargo xtask demo`: the whole thing on one machine, with people and collections to try it on.
//!
//! [`redis`] holds the [`data`], [`identity_provider`] signs the [`people`] in, [`server`] serves page and API on a [`port`]
//! that is kept for it meanwhile. Once all of them answer, [`record`] writes down where, for scripts and tests.

mod data;
mod identity_provider;
mod people;
pub(crate) mod port;
mod record;
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
use identity_provider::Auth;
use port::Reserved;
use record::{Pids, Record};
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
    /// The auth server that people sign in with.
    #[arg(long, value_enum, default_value_t = Auth::IdentityProvider)]
    auth: Auth,
    /// Who can sign in. [default: e2e/data/people.json]
    #[arg(long, value_name = "FILE.json")]
    people: Option<PathBuf>,
    /// Variable for the server; may be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = server::variable)]
    env: Vec<(String, String)>,
    /// Where demo.json and the logs go. [default: target/demo]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Builds, starts everything, and waits until it is asked to stop.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    let folder = options
        .folder
        .clone()
        .unwrap_or_else(|| workspace.notes().join("demo"));
    let record = Record::absent(&folder)?;
    let people_file = options
        .people
        .clone()
        .unwrap_or_else(|| workspace.e2e().join("data/people.json"));
    let people = people::read(&people_file)?;
    let reserved = Reserved::port(options.port)?;
    let port = reserved.number()?;

    // What may be missing or wrong is best heard of before the long build.
    match &options.redis {
        Some(url) => drop(redis::Redis::given(url)?),
        None => drop(tools::system::find(stop, tools::system::REDIS)?),
    }
    options.data.iter().try_for_each(|file| data::check(file))?;
    let node = tools::node::program(stop)?;
    let program = build(workspace, stop)?;

    let (tell, events) = mpsc::channel();
    stop.tell(tell.clone());

    // Started in the order in which they need each other; variables are dropped, and so services ended, in the
    // reverse order.
    let redis = match &options.redis {
        Some(url) => redis::Redis::given(url)?,
        None => redis::Redis::start_durable(stop, &folder, &tell)?,
    };
    load(workspace, options, &redis)?;
    let public_url = format!("http://127.0.0.1:{port}");
    let redirect_uri = format!("{public_url}/callback");
    let provider = identity_provider::start(
        workspace,
        &identity_provider::Settings {
            auth: options.auth,
            node: &node,
            people: &people_file,
            redirect_uri: &redirect_uri,
        },
        &folder,
        &tell,
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
        &tell,
        stop,
    )?;
    record.write(&record::Content {
        url: &public_url,
        issuer: &provider.endpoints.issuer,
        authorize_url: &provider.endpoints.authorize_url,
        token_url: &provider.endpoints.token_url,
        user_url: &provider.endpoints.user_url,
        client_id: &provider.endpoints.client_id,
        client_secret: provider.endpoints.client_secret.as_deref(),
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

    println!(
        "\n{}\n{public_url}\n\nCtrl-C stops everything.",
        people::sign_ins(&people)
    );
    let outcome = wait(&events);
    println!("stopping");
    outcome
}

/// Builds page and server, and answers where the server's program is.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    page::build(workspace, stop)?;
    server::build(workspace, stop, page::is_draft())
}

/// Goes on until we are asked to stop, or the server is gone. Without Redis or the identity provider it goes on: what
/// the page does then is worth seeing.
fn wait(events: &mpsc::Receiver<Event>) -> Result<()> {
    loop {
        match events.recv().context("nobody is left who could tell")? {
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
    if !options.data.is_empty() {
        for file in &options.data {
            data::load(&mut connection, file)?;
        }
    } else if data::is_there(&mut connection)? {
        println!("this Redis holds collections already: nothing is loaded");
    } else {
        data::load(
            &mut connection,
            &workspace.e2e().join("data/legacy-gn2.jsonl"),
        )?;
    }
    Ok(())
}
