//! Legacy accounts by address.

use super::{Store, StoreError};
use shared::email::NormalizedEmail;
use shared::ids::LegacyOwner;
use shared::legacy::LegacyAccount;
use std::collections::BTreeMap;

/// Answer of one HSCAN step: the next cursor, and fields with their values.
type ScanStep = (u64, Vec<(Vec<u8>, Vec<u8>)>);

/// Fields asked for per HSCAN step: few enough that Redis serves others in between.
const STEP: u32 = 1_000;

impl Store {
    /// All legacy accounts with this address, in the order of their ids. Records that cannot be read
    /// concern nobody and are passed over.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn legacy_accounts(
        &self,
        email: &NormalizedEmail,
    ) -> Result<Vec<LegacyAccount>, StoreError> {
        let mut found = BTreeMap::new();
        let mut cursor = 0_u64;
        loop {
            let mut scan = redis::cmd("HSCAN");
            scan.arg(self.keys.users())
                .arg(cursor)
                .arg("COUNT")
                .arg(STEP);
            let (next, records): ScanStep = self.connection.query(&scan).await?;
            for (field, record) in records {
                if let Ok(field) = std::str::from_utf8(&field)
                    && let Ok(account) = LegacyAccount::read(field, &record)
                    && account.normalized == *email
                {
                    // HSCAN may return a field twice.
                    found.insert(account.field.clone(), account);
                }
            }
            if next == 0 {
                break;
            }
            cursor = next;
        }
        let mut accounts: Vec<LegacyAccount> = found.into_values().collect();
        self.drop_ids_of_others(&mut accounts).await?;
        Ok(accounts)
    }

    /// A record may name another id than the one it lies under. If an account of somebody else lies
    /// under that id, its collections are theirs.
    async fn drop_ids_of_others(&self, accounts: &mut [LegacyAccount]) -> Result<(), StoreError> {
        let named: Vec<LegacyOwner> = accounts
            .iter()
            .filter_map(|account| account.other_id.clone())
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        let mut lookup = redis::cmd("HMGET");
        lookup.arg(self.keys.users());
        for id in &named {
            lookup.arg(id.as_str());
        }
        let records: Vec<Option<Vec<u8>>> = self.connection.query(&lookup).await?;
        let holder: BTreeMap<LegacyOwner, Option<Vec<u8>>> =
            named.into_iter().zip(records).collect();
        for account in accounts {
            let others = account.other_id.as_ref().and_then(|id| {
                let record = holder.get(id)?.as_deref()?;
                let theirs = LegacyAccount::read(id.as_str(), record).ok();
                Some(theirs.is_none_or(|theirs| theirs.normalized != account.normalized))
            });
            if others == Some(true) {
                account.other_id = None;
            }
        }
        Ok(())
    }
}
