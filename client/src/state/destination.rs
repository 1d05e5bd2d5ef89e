//! Where a new collection is stored.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    Account,
    Browser,
}
