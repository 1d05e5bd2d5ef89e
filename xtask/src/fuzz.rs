//! `cargo xtask fuzz`: runs the fuzz targets of `fuzz/` with libFuzzer, on stable Rust.
//!
//! `cargo fuzz` on nightly adds a handful of compiler flags that stable Rust has as well. The
//! corpus is stored as one archive ([`corpus`]). A run unpacks it, adds the inputs that reach new
//! code, minimises it and packs it again. The unit tests of `shared` replay the archive.

mod corpus;

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

/// The most inputs of a target that are kept, the smallest first.
const MAX_INPUTS: usize = 400;
/// The most bytes of all inputs of a target.
const MAX_BYTES: u64 = 900_000;

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

/// A fuzz target.
#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// The tolerant reader of stored values.
    Reader,
    /// Plan, apply and undo.
    Planner,
    /// The check of the cookie of an older anonymous session.
    Cookie,
    /// GN2's sessions and their cookie.
    Session,
}

/// Builds and runs the targets. Fails with the first finding.
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
    let archive = fuzz.join("corpus.tar.gz");
    let inputs = fuzz.join("target/corpus");
    corpus::unpack(&archive, &inputs)?;
    let programs = fuzz.join("target").join(host).join("release");
    let targets = options.target.as_ref();
    for target in targets.map_or(Target::value_variants(), std::slice::from_ref) {
        let name = target
            .to_possible_value()
            .context("every target has a name")?;
        let name = name.get_name();
        println!("\n== {name}, {} minutes ==", options.minutes);
        let kept = run_target(stop, &fuzz, &programs, name, options.minutes)?;
        corpus::pack(&inputs, &archive)?;
        println!(
            "{name}: no finding; {kept} inputs kept in {}",
            archive.display()
        );
    }
    Ok(())
}

/// Runs one target and minimises its inputs in `fuzz/target/corpus`. Returns how many there are.
fn run_target(
    stop: &Stop,
    fuzz: &Path,
    programs: &Path,
    name: &str,
    minutes: u32,
) -> Result<usize> {
    let inputs = fuzz.join("target/corpus").join(name);
    let artifacts = fuzz.join("artifacts").join(name);
    // Every input that reached new code during this run. Only the needed ones join the corpus.
    let discovered = fuzz.join("target/discovered").join(name);
    for folder in [&inputs, &artifacts, &discovered] {
        fs::create_dir_all(folder)?;
    }
    let mut prefix = OsString::from("-artifact_prefix=");
    prefix.push(artifacts.join(""));
    let result = stop.run(
        Command::new(programs.join(name))
            .args([&discovered, &inputs])
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
    result?;
    let minimised = fuzz.join("target/minimised").join(name);
    if minimised.exists() {
        fs::remove_dir_all(&minimised)?;
    }
    fs::create_dir_all(&minimised)?;
    stop.run(
        Command::new(programs.join(name))
            .args(["-set_cover_merge=1", "-verbosity=0"])
            .args([&minimised, &inputs, &discovered]),
    )?;
    replace_inputs(&minimised, &inputs)
}

/// Replaces the inputs of a target by the smallest of the minimised ones. Returns how many.
fn replace_inputs(minimised: &Path, inputs: &Path) -> Result<usize> {
    let mut candidates: Vec<(u64, PathBuf)> = Vec::new();
    for input in fs::read_dir(minimised)? {
        let input = input?;
        candidates.push((input.metadata()?.len(), input.path()));
    }
    candidates.sort();
    candidates.truncate(MAX_INPUTS);
    fs::remove_dir_all(inputs)?;
    fs::create_dir_all(inputs)?;
    let (mut bytes, mut count) = (0, 0);
    for (length, path) in candidates {
        bytes += length;
        if bytes > MAX_BYTES {
            break;
        }
        let name = path.file_name().context("a file has a name")?;
        fs::copy(&path, inputs.join(name))?;
        count += 1;
    }
    Ok(count)
}
