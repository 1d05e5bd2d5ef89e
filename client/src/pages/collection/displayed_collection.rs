//! The data that the page of a collection shows, wherever the collection is stored.

use crate::state::collection_row::CollectionLocation;
use shared::timestamp::Timestamp;
use yew::AttrValue;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct DisplayedCollection {
    pub(super) location: CollectionLocation,
    /// CSS class and text of the location.
    pub(super) badge: (&'static str, &'static str),
    pub(super) name: AttrValue,
    pub(super) changed: Timestamp,
    /// In stored order.
    pub(super) members: Vec<String>,
    /// The origin of the collection, if it was recorded.
    pub(super) note: Option<AttrValue>,
}
