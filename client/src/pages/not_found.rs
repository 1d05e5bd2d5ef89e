//! The page for unknown addresses.

use crate::components::{Page, RouteLink};
use crate::route::Route;
use crate::text::general::{BACK, NOT_FOUND_BODY, NOT_FOUND_TITLE};
use yew::prelude::*;

pub fn not_found_page() -> Html {
    html! {
        <Page title={NOT_FOUND_TITLE}>
            <p>{ NOT_FOUND_BODY }</p>
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Page>
    }
}
