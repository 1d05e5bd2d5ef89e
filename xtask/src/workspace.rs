//! Where things lie: the checkout, what cargo builds, and the tools kept between checkouts.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    env,
    ffi::OsString,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folders that chores work in.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The top folder of the checkout.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds.
    pub(crate) cargo_target: PathBuf,
    /// Tools that were compiled or downloaded once for all checkouts of this user.
    pub(crate) tool_cache: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Workspace {
    /// Asks cargo, and the environment for the user's cache folder.
    pub(crate) fn find() -> Result<Self> {
        let answer = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .context("cannot run cargo")?;
        if !answer.status.success() {
            bail!(
                "cargo metadata: {}",
                String::from_utf8_lossy(&answer.stderr).trim()
            );
        }
        let metadata: Metadata = serde_json::from_slice(&answer.stdout)?;
        Ok(Self {
            root: metadata.workspace_root,
            cargo_target: metadata.target_directory,
            tool_cache: cache_home()?.join("gn-collections/tools"),
        })
    }

    /// Notes, logs and screenshots of chores; not moved by `CARGO_TARGET_DIR`, so that others find them.
    pub(crate) fn notes(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The Node part: identity provider, end-to-end tests and their packages.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    /// The version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock =
            fs::read_to_string(self.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
        version_in(&lock, package).with_context(|| format!("Cargo.lock names no {package}"))
    }
}

/// `$XDG_CACHE_HOME`, else `~/.cache`.
fn cache_home() -> Result<PathBuf> {
    if let Some(path) = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
    {
        return Ok(path);
    }
    let home = env::home_dir().context("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(home.join(".cache"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

/// The first file of this name on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// `PATH` with these folders in front.
pub(crate) fn path_with(folders: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        folders.into_iter().chain(env::split_paths(&path)),
    )?)
}

/// Writes a file in one step: others see the old content or the new, never half of it.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut draft, content)?;
    draft.persist(path)?;
    Ok(())
}

/// The bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.50\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";

    #[test]
    fn a_locked_version_is_that_of_the_whole_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(LOCK, "wasm"), None);
    }
}
