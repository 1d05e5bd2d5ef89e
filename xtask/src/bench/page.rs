//! The page: what a first visit downloads.

use crate::{page, process::Stop, workspace::Workspace};
use anyhow::Result;

/// Builds the page if needed and prints its sizes.
pub(super) fn run(workspace: &Workspace, stop: &Stop) -> Result<()> {
    page::build(workspace, stop)
}
