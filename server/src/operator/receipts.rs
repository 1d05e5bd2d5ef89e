//! `gn-collections receipts <account>`.

use super::account::AccountArgument;
use super::{OperatorError, open_store, print_json};
use crate::config::StoreArguments;
use crate::service::receipts;

/// Prints the receipts of the account as JSON. If several accounts have the address, prints those
/// of all of them; each receipt names its account.
pub async fn print(store: StoreArguments, account: AccountArgument) -> Result<(), OperatorError> {
    let store = open_store(store).await?;
    let accounts = account.owners(&store).await?.accounts;
    if accounts.is_empty() {
        return Err(OperatorError::UnknownAddress);
    }
    let mut all = Vec::new();
    for account in accounts {
        all.extend(receipts::list(&store, account).await?);
    }
    all.sort_by_key(|receipt| std::cmp::Reverse((receipt.at, receipt.id)));
    print_json(&all)
}
