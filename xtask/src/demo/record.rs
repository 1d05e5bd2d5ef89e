//! `demo.json`: where the running demo answers. There while it does, gone with it.

use crate::workspace::write_whole;
use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The file; removed when this is dropped.
pub(super) struct Record(PathBuf);

/// What the file says.
#[derive(Serialize)]
pub(super) struct Content<'a> {
    pub(super) url: &'a str,
    pub(super) issuer: &'a str,
    pub(super) authorize_url: &'a str,
    pub(super) token_url: &'a str,
    pub(super) user_url: &'a str,
    pub(super) client_id: &'a str,
    /// Tests look that it is nowhere to be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_secret: Option<&'a str>,
    pub(super) redirect_uri: &'a str,
    pub(super) redis: &'a str,
    pub(super) people: &'a [Value],
    pub(super) pids: Pids,
}

/// Process ids. There is none of a Redis that was not started here.
#[derive(Serialize)]
pub(super) struct Pids {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redis: Option<i32>,
    pub(super) identity_provider: i32,
    pub(super) server: i32,
    pub(super) xtask: u32,
}

impl Record {
    /// Removes what a demo left that was killed.
    pub(super) fn absent(folder: &Path) -> Result<Self> {
        let record = Self(folder.join("demo.json"));
        record.remove()?;
        Ok(record)
    }

    /// Writes the file in one step.
    pub(super) fn write(&self, content: &Content<'_>) -> Result<()> {
        write_whole(&self.0, &serde_json::to_vec_pretty(content)?)
    }

    fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            outcome => outcome,
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            eprintln!("cannot remove {}: {error}", self.0.display());
        }
    }
}
