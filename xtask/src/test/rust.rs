//! The checks that need only cargo: formatting, lints, documentation, and the native tests.

use super::context::Context;
use crate::tools::{rust, system, valkey};
use anyhow::Result;

pub(super) fn fmt(context: &Context<'_>) -> Result<()> {
    context.cargo("fmt --all --check")
}

pub(super) fn clippy(context: &Context<'_>) -> Result<()> {
    rust::wasm_target(context.workspace, context.stop)?;
    context.cargo(
        "clippy --locked --workspace --exclude client --exclude worker --all-targets \
         --all-features -- --deny warnings",
    )?;
    context.cargo(
        "clippy --locked --package client --package worker --all-targets \
         --target wasm32-unknown-unknown -- --deny warnings",
    )
}

/// Builds the documentation of private items too: its readers work on the code.
pub(super) fn doc(context: &Context<'_>) -> Result<()> {
    rust::wasm_target(context.workspace, context.stop)?;
    for packages in [
        "--workspace --exclude client --exclude worker",
        // The program of the worker has the name of its library, and nothing to document.
        "--package client --package worker --lib --target wasm32-unknown-unknown",
    ] {
        let mut command = context.command("cargo");
        command
            .args(["doc", "--locked", "--no-deps", "--document-private-items"])
            .args(packages.split(' '))
            .env("RUSTDOCFLAGS", "--deny warnings");
        context.stop.run(&mut command)?;
    }
    Ok(())
}

pub(super) fn unit(context: &Context<'_>) -> Result<()> {
    context.cargo("test --locked --package shared --package xtask --all-features")
}

/// Runs the tests of the server, which start a Redis of their own. A long run repeats them with
/// Valkey in its place, whose package has no TLS.
pub(super) fn server(context: &Context<'_>) -> Result<()> {
    system::find(context.stop, system::REDIS)?;
    context.cargo("test --locked --package server --all-features")?;
    if !context.long {
        return Ok(());
    }
    println!("\nthe same with Valkey");
    let valkey = valkey::server(context.workspace, context.stop)?;
    let mut command = context.command("cargo");
    command
        .args(["test", "--locked", "--package", "server", "--all-features"])
        .args(["--test", "it", "--", "--skip", "tls::"])
        .env("GNC_TEST_REDIS_SERVER", valkey);
    context.stop.run(&mut command)
}
