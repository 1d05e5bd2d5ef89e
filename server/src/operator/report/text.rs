//! The report as text.

use super::{Lists, Report};
use std::fmt;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |figure: u64, what: &str| writeln!(f, "{figure:>12}  {what}");
        line(self.accounts, "legacy accounts")?;
        line(self.accounts_without_address, "of these without an address")?;
        line(
            self.shared_addresses,
            "addresses that several accounts share",
        )?;
        line(
            self.offers_waiting,
            "addresses with collections that wait for their owner",
        )?;
        lists(&mut line, &self.legacy, "in the old system")?;
        line(
            self.lists_without_account,
            "of these lists belong to no account (anonymous visitors)",
        )?;
        lists(&mut line, &self.new, "of new accounts")?;
        line(self.flags.addresses, "addresses that gn-auth knows")?;
        line(self.flags.migrated, "of these migrated")?;
        line(
            self.unreadable.len() as u64,
            "records that cannot be read or matched with anybody",
        )?;
        for record in &self.unreadable {
            let place = record
                .position
                .map_or(String::new(), |position| format!(", entry {position}"));
            writeln!(
                f,
                "  {} {}{place}: {}",
                record.key, record.field, record.reason
            )?;
        }
        Ok(())
    }
}

fn lists(
    line: &mut impl FnMut(u64, &str) -> fmt::Result,
    lists: &Lists,
    whose: &str,
) -> fmt::Result {
    line(lists.lists, &format!("lists {whose}"))?;
    line(lists.collections, &format!("collections {whose}"))?;
    line(lists.members, &format!("members of collections {whose}"))
}
