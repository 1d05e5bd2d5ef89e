//! `gn-collections audit [account]`.

use super::account::{AccountArgument, NamedOwners, sources};
use super::{OperatorError, open_store};
use crate::config::StoreArguments;
use crate::store::AuditEntry;
use std::io::{self, Write};

/// Prints the audit stream, one JSON object per line, oldest first; with an account, only the
/// entries that name it, or a legacy account with its address.
pub async fn print(
    store: StoreArguments,
    account: Option<AccountArgument>,
) -> Result<(), OperatorError> {
    let store = open_store(store).await?;
    let owners = match account {
        Some(account) => Some(account.owners(&store).await?),
        None => None,
    };
    let mut page = store.audit(None).await?;
    while let Some(last) = page.last {
        let mut out = io::stdout().lock();
        let wanted =
            |entry: &&AuditEntry| owners.as_ref().is_none_or(|owners| names(entry, owners));
        for entry in page.entries.iter().filter(wanted) {
            serde_json::to_writer(&mut out, entry)?;
            writeln!(out)?;
        }
        drop(out);
        page = store.audit(Some(&last)).await?;
    }
    Ok(())
}

fn names(entry: &AuditEntry, owners: &NamedOwners) -> bool {
    let is_named = |id: &str| {
        let mut accounts = owners.accounts.iter();
        accounts.any(|account| account.to_string() == id)
    };
    is_named(entry.field("who"))
        || is_named(entry.field("to"))
        || sources(entry).any(|from| owners.legacy.contains(&from) || is_named(from.as_str()))
}
