//! The folders of the checkout, of cargo and of the tools, and helpers for files and `PATH`.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    env,
    ffi::OsString,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) cargo_target: PathBuf,
    /// Tools that all checkouts of this user share.
    pub(crate) tool_cache: PathBuf,
    /// The path of this program. It is read at the start, because `cargo test` may replace the
    /// file, and then `current_exe` names a deleted one.
    pub(crate) xtask: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Workspace {
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
            xtask: env::current_exe()?,
        })
    }

    /// Logs, screenshots and packages of chores. `CARGO_TARGET_DIR` does not move this folder.
    pub(crate) fn output_folder(&self) -> PathBuf {
        self.root.join("target")
    }

    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    /// Returns the version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock =
            fs::read_to_string(self.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
        version_in(&lock, package).with_context(|| format!("Cargo.lock names no {package}"))
    }
}

/// `$XDG_CACHE_HOME`, else `~/.cache`.
fn cache_home() -> Result<PathBuf> {
    let path = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    path.filter(|path| path.is_absolute())
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set")
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"').map(str::to_owned)
}

/// Returns the first file of this name on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Returns `PATH` with these folders in front.
pub(crate) fn path_with_folders(folders: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        folders.into_iter().chain(env::split_paths(&path)),
    )?)
}

/// Writes a file atomically: a reader sees the old content or the new, never half of it.
pub(crate) fn write_atomically(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut draft, content)?;
    draft.persist(path)?;
    Ok(())
}

/// Returns the bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the hash in the names of files that browsers may cache forever.
pub(crate) fn content_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..8])
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.50\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";

    #[test]
    fn locked_version_belongs_to_the_whole_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(LOCK, "wasm"), None);
    }
}
