//! The viewport of the virtual grid as the browser measures it.

use super::virtual_rows::{Viewport, height_of_rows};
use gloo_events::EventListener;
use std::ops::Range;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Returns the viewport of a scrolled element. It is measured on the first rendering, when the
/// window is resized, and whenever `deps` change.
#[hook]
pub(super) fn use_viewport<D: PartialEq + 'static>(
    area: &NodeRef,
    deps: D,
) -> UseStateHandle<Viewport> {
    let viewport = use_state(Viewport::default);
    {
        let (area, viewport) = (area.clone(), viewport.setter());
        use_effect_with((), move |()| {
            let resized = EventListener::new(&gloo_utils::window(), "resize", move |_| {
                update(&area, &viewport);
            });
            move || drop(resized)
        });
    }
    {
        let (area, viewport) = (area.clone(), viewport.setter());
        use_effect_with(deps, move |_| {
            update(&area, &viewport);
        });
    }
    viewport
}

/// Gives the body the height of all rows, and moves the rendered rows to their position in it.
#[hook]
pub(super) fn use_row_position(
    body: &NodeRef,
    rendered: &NodeRef,
    total: usize,
    rows: &Range<usize>,
    row_height: f64,
) {
    let heights = (
        height_of_rows(total, row_height),
        height_of_rows(rows.start, row_height),
    );
    let (body, rendered) = (body.clone(), rendered.clone());
    use_effect_with(heights, move |(height, above)| {
        set_style(&body, "height", &css_pixels(*height));
        let translation = format!("translateY({})", css_pixels(*above));
        set_style(&rendered, "transform", &translation);
    });
}

fn update(area: &NodeRef, viewport: &UseStateSetter<Viewport>) {
    if let Some(measured) = measure(area) {
        viewport.set(measured);
    }
}

pub(super) fn measure(area: &NodeRef) -> Option<Viewport> {
    let area = area.cast::<Element>()?;
    let height = |selector: &str| {
        let element = area.query_selector(selector).ok().flatten()?;
        Some(element.get_bounding_client_rect().height()).filter(|height| *height > 0.0)
    };
    let default = Viewport::default();
    Some(Viewport {
        top: f64::from(area.scroll_top()),
        height: f64::from(area.client_height()),
        heading: height(".members__head").unwrap_or(default.heading),
        row: height(".members__drawn > .members__row").unwrap_or(default.row),
    })
}

fn css_pixels(pixels: f64) -> String {
    format!("{pixels:.2}px")
}

/// Sets a property through the CSSOM: the content security policy allows no style attributes.
fn set_style(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}
