//! `demo.json`: the addresses of the running demo. The file is removed when the demo ends.

use super::identity_provider::Endpoints;
use crate::workspace::write_atomically;
use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The path of `demo.json`, which is removed when this is dropped.
pub(super) struct DemoFile(PathBuf);

#[derive(Serialize)]
pub(super) struct Content<'a> {
    pub(super) url: &'a str,
    #[serde(flatten)]
    pub(super) endpoints: &'a Endpoints,
    pub(super) redirect_uri: &'a str,
    pub(super) redis: &'a str,
    pub(super) people: &'a [Value],
    pub(super) pids: Pids,
}

/// Process ids; without that of a Redis that the demo has not started.
#[derive(Serialize)]
pub(super) struct Pids {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redis: Option<i32>,
    pub(super) identity_provider: i32,
    pub(super) server: i32,
    pub(super) xtask: u32,
}

impl DemoFile {
    /// Removes the file of an earlier demo that was killed.
    pub(super) fn remove_old(folder: &Path) -> Result<Self> {
        let file = Self(folder.join("demo.json"));
        file.remove()?;
        Ok(file)
    }

    pub(super) fn write(&self, content: &Content<'_>) -> Result<()> {
        write_atomically(&self.0, &serde_json::to_vec_pretty(content)?)
    }

    fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
}

impl Drop for DemoFile {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            eprintln!("cannot remove {}: {error}", self.0.display());
        }
    }
}
