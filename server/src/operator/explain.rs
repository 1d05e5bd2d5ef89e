//! `gn-collections explain <address or id>`: describes in words what a person would be offered, and
//! why the rest is not. Changes nothing.
//!
//! - [`subject`]: finds the address and the account that are explained
//! - [`situation`]: reads what Redis holds about them, and makes the plan as the server would
//! - [`text`]: the words

mod situation;
mod subject;
mod text;

use super::OperatorError;
use super::account::AccountArgument;
use crate::config::StoreArguments;
use crate::operator::open_store;
use situation::Situation;
use std::io::{self, Write};
use uuid::Uuid;

/// Prints the situation of each account that is known to have the address, or of the one account.
pub async fn print(
    store: StoreArguments,
    subject: AccountArgument,
    account: Option<Uuid>,
) -> Result<(), OperatorError> {
    let store = open_store(store).await?.with_legacy_index();
    store.ping().await?;
    let mut situations = Vec::new();
    for subject in subject::find(&store, &subject, account).await? {
        situations.push(Situation::read(&store, subject).await?);
    }
    let mut out = io::stdout().lock();
    for (number, situation) in situations.iter().enumerate() {
        let separator = if number == 0 { "" } else { "\n" };
        write!(out, "{separator}{situation}")?;
    }
    Ok(())
}
