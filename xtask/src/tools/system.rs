//! Programs that come as Debian packages.

use crate::{process::Stop, workspace::on_path};
use anyhow::{Context, Result, bail};
use std::{path::PathBuf, process::Command};

#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// Possible names of the program, the usual one first.
    pub(crate) names: &'static [&'static str],
    pub(crate) package: &'static str,
}

pub(crate) const REDIS: Program = Program {
    names: &["redis-server"],
    package: "redis-server",
};

pub(crate) const REDIS_BENCHMARK: Program = Program {
    names: &["redis-benchmark"],
    package: "redis-tools",
};

pub(crate) const WRK: Program = Program {
    names: &["wrk"],
    package: "wrk",
};

/// Runs the client that calls the endpoints for GN2 as GN2 does.
pub(crate) const PYTHON: Program = Program {
    names: &["python3"],
    package: "python3",
};

/// Installs packages of `PyPI`.
pub(crate) const PIP: Program = Program {
    names: &["pip3"],
    package: "python3-pip",
};

/// The compiler of libFuzzer.
pub(crate) const CXX: Program = Program {
    names: &["c++", "g++"],
    package: "g++",
};

pub(crate) const CHROMIUM: Program = Program {
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};

pub(crate) const FIREFOX: Program = Program {
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

/// Controls the browser in the client's tests.
pub(crate) const CHROMEDRIVER: Program = Program {
    names: &["chromedriver"],
    package: "chromium-driver",
};

/// Returns the path of the program, after installing its package if needed and possible.
pub(crate) fn find(stop: &Stop, program: Program) -> Result<PathBuf> {
    let look_up = || program.names.iter().find_map(|name| on_path(name));
    if let Some(path) = look_up() {
        return Ok(path);
    }
    let Program { names, package } = program;
    if !nix::unistd::geteuid().is_root() || on_path("apt-get").is_none() {
        bail!(
            "{} is missing: install the package {package} (on Debian: apt-get install {package})",
            names[0]
        );
    }
    println!("installing the package {package}");
    let apt = |arguments: &str| {
        let mut command = Command::new("apt-get");
        command.args(arguments.split(' ')).arg("--quiet");
        stop.run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt("update")?;
    apt(&format!("install --yes --no-install-recommends {package}"))?;
    look_up().with_context(|| format!("the package {package} contains no {}", names[0]))
}
