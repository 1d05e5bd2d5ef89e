//! Formats the report as text.

use super::{ListCounts, Report};
use std::fmt;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |count: u64, label: &str| writeln!(f, "{count:>12}  {label}");
        line(self.accounts, "legacy accounts")?;
        line(
            self.accounts_without_address,
            "legacy accounts without an address",
        )?;
        line(
            self.shared_addresses,
            "addresses shared by several accounts",
        )?;
        line(self.offers_waiting, "addresses with collections to migrate")?;
        lists(&mut line, &self.legacy, "in the old system")?;
        line(
            self.lists_without_account,
            "of these lists belong to anonymous visitors",
        )?;
        lists(&mut line, &self.new, "of new accounts")?;
        line(self.flags.addresses, "addresses known to gn-auth")?;
        line(self.flags.migrated, "of these are migrated")?;
        for (kind, usage) in self.own_keys.iter().flatten() {
            line(
                usage.bytes,
                &format!("bytes in {} own keys: {kind}", usage.keys),
            )?;
        }
        line(
            self.unreadable.len() as u64,
            "records that cannot be read or matched with an account",
        )?;
        for record in &self.unreadable {
            let position_text = record
                .position
                .map_or(String::new(), |position| format!(", entry {position}"));
            writeln!(
                f,
                "  {} {}{position_text}: {}",
                record.key, record.field, record.reason
            )?;
        }
        if self.own_keys.is_none() {
            writeln!(
                f,
                "  what our own keys use is unknown, because the Redis user may not SCAN"
            )?;
        }
        Ok(())
    }
}

fn lists(
    line: &mut impl FnMut(u64, &str) -> fmt::Result,
    lists: &ListCounts,
    whose: &str,
) -> fmt::Result {
    line(lists.lists, &format!("lists {whose}"))?;
    line(lists.collections, &format!("collections {whose}"))?;
    line(lists.members, &format!("members of collections {whose}"))
}
