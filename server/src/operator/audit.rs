//! `gn-collections audit`.

use super::{Failure, open};
use crate::config::StoreArguments;
use std::io::{self, Write};

/// Prints the audit stream, one JSON object a line, oldest first.
///
/// # Errors
/// [`Failure`].
pub async fn print(store: StoreArguments) -> Result<(), Failure> {
    let store = open(store)?;
    let mut entries = store.audit(None).await?;
    while let Some(last) = entries.last() {
        let mut out = io::stdout().lock();
        for entry in &entries {
            serde_json::to_writer(&mut out, entry)?;
            writeln!(out)?;
        }
        drop(out);
        entries = store.audit(Some(&last.id)).await?;
    }
    Ok(())
}
