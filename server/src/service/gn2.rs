//! gn-auth's collection endpoints, as GN2 calls them. The list is that of an account, or of an
//! anonymous visitor of GN2; both are in `collections2`.
//!
//! GN2 knows no versions, so every edit applies to the collection as it is then stored.
//!
//! - [`list`]: reads collections with their members
//! - [`delete`]: deletes several collections
//! - [`import`]: imports the collections of an anonymous visitor
//!
//! Creating and editing are the same use cases as those of the API.

pub mod delete;
pub mod import;
pub mod list;
