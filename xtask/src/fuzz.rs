//! `cargo xtask fuzz`: runs the fuzz targets of `fuzz/` with libFuzzer, on stable Rust.
//!
//! What `cargo fuzz` does on nightly is a handful of compiler flags that stable has as well. What is found is added to
//! the corpus in `fuzz/corpus/<target>` after it was reduced to what is needed; an ordinary test replays that corpus.

use crate::{process::Stop, tools::system, workspace::Workspace};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Counts every edge and compares every comparison, as libFuzzer wants it.
const INSTRUMENTATION: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1";

/// At most so many inputs of a target are kept, the smallest first.
const KEPT: usize = 400;
/// And at most so many bytes together.
const KEPT_BYTES: u64 = 900_000;

/// Options of `cargo xtask fuzz`.
#[derive(Args)]
pub(crate) struct Options {
    /// The target. [default: all, one after the other]
    #[arg(value_enum)]
    target: Option<Target>,
    /// How long each target runs.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
}

/// What is fuzzed.
#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// The tolerant reader of stored values.
    Reader,
    /// Plan, apply and undo.
    Planner,
    /// The check of the cookie of an anonymous session.
    Cookie,
}

/// Builds and runs the targets; fails with the first finding.
pub(crate) fn run(workspace: &Workspace, stop: &Stop, options: &Options) -> Result<()> {
    // libFuzzer is C++.
    system::find(stop, system::CXX)?;
    let host = stop.read(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let fuzz = workspace.root.join("fuzz");
    stop.run(
        Command::new("cargo")
            .args(["build", "--locked", "--release", "--target", host])
            .current_dir(&fuzz)
            .env("CARGO_TARGET_DIR", fuzz.join("target"))
            .env("RUSTFLAGS", INSTRUMENTATION),
    )?;
    let programs = fuzz.join("target").join(host).join("release");
    let targets = options.target.as_ref();
    for target in targets.map_or(Target::value_variants(), std::slice::from_ref) {
        let name = target
            .to_possible_value()
            .context("every target has a name")?;
        one(stop, &fuzz, &programs, name.get_name(), options.minutes)?;
    }
    Ok(())
}

fn one(stop: &Stop, fuzz: &Path, programs: &Path, name: &str, minutes: u32) -> Result<()> {
    println!("\n== {name}, {minutes} minutes ==");
    let corpus = fuzz.join("corpus").join(name);
    let artifacts = fuzz.join("artifacts").join(name);
    // Everything that is found on the way; only what is needed of it goes to the corpus.
    let found = fuzz.join("target/found").join(name);
    for folder in [&corpus, &artifacts, &found] {
        fs::create_dir_all(folder)?;
    }
    let mut prefix = OsString::from("-artifact_prefix=");
    prefix.push(artifacts.join(""));
    let fuzzed = stop.run(
        Command::new(programs.join(name))
            .args([&found, &corpus])
            .arg(format!("-max_total_time={}", u64::from(minutes) * 60))
            .args([
                "-max_len=4096",
                "-timeout=10",
                "-print_final_stats=1",
                "-verbosity=0",
            ])
            .arg(&prefix),
    );
    if fs::read_dir(&artifacts)?.next().is_some() {
        bail!("{name}: a finding lies in {}", artifacts.display());
    }
    fuzzed?;
    let reduced = fuzz.join("target/reduced").join(name);
    fs::remove_dir_all(&reduced).or_else(|_| fs::create_dir_all(&reduced))?;
    fs::create_dir_all(&reduced)?;
    stop.run(
        Command::new(programs.join(name))
            .args(["-set_cover_merge=1", "-verbosity=0"])
            .args([&reduced, &corpus, &found]),
    )?;
    let kept = keep(&reduced, &corpus)?;
    println!(
        "{name}: no finding; {kept} inputs kept in {}",
        corpus.display()
    );
    Ok(())
}

/// Makes the corpus of the smallest inputs.
fn keep(reduced: &Path, corpus: &Path) -> Result<usize> {
    let mut inputs: Vec<(u64, PathBuf)> = Vec::new();
    for input in fs::read_dir(reduced)? {
        let input = input?;
        inputs.push((input.metadata()?.len(), input.path()));
    }
    inputs.sort();
    inputs.truncate(KEPT);
    for old in fs::read_dir(corpus)? {
        fs::remove_file(old?.path())?;
    }
    let (mut bytes, mut kept) = (0, 0);
    for (length, path) in inputs {
        bytes += length;
        if bytes > KEPT_BYTES {
            break;
        }
        let name = path.file_name().context("a file has a name")?;
        fs::copy(&path, corpus.join(name))?;
        kept += 1;
    }
    Ok(kept)
}
