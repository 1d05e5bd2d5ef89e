//! The choice where new collections are stored.

use crate::components::radio_group;
use crate::state::destination::Destination;
use crate::text::collections::{IN_ACCOUNT, IN_BROWSER};
use yew::prelude::*;

/// Renders nothing if there is only one destination.
pub fn destination_field(
    legend: &'static str,
    destinations: &[Destination],
    selected: &UseStateHandle<Destination>,
) -> Html {
    if destinations.len() < 2 {
        return Html::default();
    }
    radio_group(legend, "keep", destinations, selected, |destination| {
        let label = match destination {
            Destination::Account => IN_ACCOUNT,
            Destination::Browser => IN_BROWSER,
        };
        (label.to_owned(), "")
    })
}
