//! Programs that come as Debian packages.

use crate::{process::Stop, workspace::on_path};
use anyhow::{Context, Result, bail};
use std::{path::PathBuf, process::Command};

/// A program, and the package that brings it.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// Names it goes by, the usual one first.
    pub(crate) names: &'static [&'static str],
    /// Its Debian package.
    pub(crate) package: &'static str,
}

/// The Redis server.
pub(crate) const REDIS: Program = Program {
    names: &["redis-server"],
    package: "redis-server",
};

/// Loads a Redis server.
pub(crate) const REDIS_BENCHMARK: Program = Program {
    names: &["redis-benchmark"],
    package: "redis-tools",
};

/// Loads an HTTP server.
pub(crate) const WRK: Program = Program {
    names: &["wrk"],
    package: "wrk",
};

/// The C++ compiler, for libFuzzer.
pub(crate) const CXX: Program = Program {
    names: &["c++", "g++"],
    package: "g++",
};

/// The browser of the tests.
pub(crate) const CHROMIUM: Program = Program {
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};

/// Steers the browser in the client's tests.
pub(crate) const CHROMEDRIVER: Program = Program {
    names: &["chromedriver"],
    package: "chromium-driver",
};

/// Answers where the program is, after installing its package if that is needed and possible.
pub(crate) fn find(stop: &Stop, program: Program) -> Result<PathBuf> {
    if let Some(found) = look_for(program) {
        return Ok(found);
    }
    let Program { package, .. } = program;
    if !nix::unistd::geteuid().is_root() || on_path("apt-get").is_none() {
        bail!(
            "{} is missing: install the package {package} (on Debian: apt-get install {package})",
            program.names[0]
        );
    }
    println!("installing the package {package}");
    apt(stop, &["update", "--quiet"])?;
    apt(
        stop,
        &[
            "install",
            "--quiet",
            "--yes",
            "--no-install-recommends",
            package,
        ],
    )?;
    look_for(program)
        .with_context(|| format!("the package {package} did not bring {}", program.names[0]))
}

fn look_for(program: Program) -> Option<PathBuf> {
    program.names.iter().find_map(|name| on_path(name))
}

fn apt(stop: &Stop, arguments: &[&str]) -> Result<()> {
    stop.run(
        Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}
