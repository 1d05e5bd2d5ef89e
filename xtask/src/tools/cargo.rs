//! Programs compiled from crates.io, each version in a folder of its own in the user's cache.

use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use std::{borrow::Cow, path::PathBuf, process::Command};

pub(crate) struct Tool {
    package: &'static str,
    version: Cow<'static, str>,
    program: &'static str,
    features: &'static [&'static str],
}

/// Builds the page. Without its default features trunk does not look for updates at every start.
pub(crate) const TRUNK: Tool = Tool {
    package: "trunk",
    version: Cow::Borrowed("0.21.14"),
    program: "trunk",
    features: &["--no-default-features", "--features", "rustls"],
};

/// Splits the page into chunks, where the library `wasm_split_helpers` marks them.
pub(crate) const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: Cow::Borrowed("0.2.4"),
    program: "wasm-split-cli",
    features: &["--features", "build-binary"],
};

/// Generates JavaScript bindings. The program must have the version of the library in `Cargo.lock`.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version: workspace.locked_version("wasm-bindgen")?.into(),
        program: "wasm-bindgen",
        features: &[],
    })
}

/// Compiles the program, unless it is there, and returns its folder.
pub(crate) fn install(workspace: &Workspace, stop: &Stop, tool: &Tool) -> Result<PathBuf> {
    let Tool {
        package, version, ..
    } = tool;
    let home = workspace.tool_cache.join(format!("{package}-{version}"));
    let programs = home.join("bin");
    if programs.join(tool.program).is_file() {
        return Ok(programs);
    }
    println!("compiling {package} {version}, once for this user (some minutes)");
    stop.run(
        Command::new("cargo")
            .args(["install", "--locked", package, "--version", version])
            .args(tool.features)
            .arg("--root")
            .arg(&home)
            // Kept, so that an interrupted build continues where it was.
            .arg("--target-dir")
            .arg(workspace.output_folder().join("tools"))
            .current_dir(&workspace.root)
            // These programs run for seconds but take long to optimise.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    )?;
    Ok(programs)
}
