//! The table as one long list that is scrolled: only the rows around what is in view are drawn. One control for the
//! keyboard, which names its active row to those who hear it; so no focus is lost with a row that is scrolled away.

use super::arrange::Order;
use super::follow::{Rows, moved};
use super::look::{Act, Look, read};
use super::member::{member_row, row_id};
use super::window::{View, pixels, step};
use crate::hooks::light::{use_effect_with, use_state};
use crate::state::selection::Selection;
use crate::text::table as text;
use gloo_events::EventListener;
use js_sys::Number;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Properties of [`Grid`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct GridProps {
    /// The members, in stored order.
    pub(super) members: Rc<[String]>,
    /// Positions in `members` of those that are shown, in their order.
    pub(super) shown: Rc<Vec<usize>>,
    /// What is selected.
    pub(super) selection: Rc<Selection>,
    /// Whether all that are shown are selected.
    pub(super) all_selected: bool,
    /// By what the rows are sorted.
    pub(super) order: Order,
    /// Template of a trait's address.
    pub(super) trait_url: Option<AttrValue>,
    /// Whether rows can be taken out.
    pub(super) removable: bool,
    /// The user wants something.
    pub(super) on_act: Callback<Act>,
}

/// The rows in view, and the way to all others.
#[component]
pub(super) fn Grid(props: &GridProps) -> Html {
    let (area, body, drawn) = (use_node_ref(), use_node_ref(), use_node_ref());
    let view = use_state(View::default);
    let active = use_state(|| None::<usize>);
    let total = props.shown.len();
    let rows = view.rows(total);
    let chosen = active.map(|place| place.min(total.saturating_sub(1)));

    {
        let (area, view) = (area.clone(), view.setter());
        use_effect_with((), move |()| {
            let measure = move || {
                if let Some(measured) = measure(&area) {
                    view.set(measured);
                }
            };
            measure();
            // Another width of the window may make rows higher.
            let resized = EventListener::new(&gloo_utils::window(), "resize", move |_| measure());
            move || drop(resized)
        });
    }
    {
        // By the style's own interface: the page's policy allows no style attributes.
        let (body, drawn, above) = (body.clone(), drawn.clone(), pixels(rows.start, view.row));
        use_effect_with((pixels(total, view.row), above), move |(height, above)| {
            set_style(&body, "height", &length(*height));
            set_style(
                &drawn,
                "transform",
                &format!("translateY({})", length(*above)),
            );
        });
    }
    {
        let (area, view) = (area.clone(), view.setter());
        use_effect_with((props.order, total), move |_| {
            // What follows from another filter or order starts at its beginning; a row less stays where it is.
            if let Some(measured) = measure(&area) {
                view.set(measured);
            }
        });
    }
    {
        let (active, seen) = (active.clone(), use_mut_ref(|| None));
        use_effect_with((props.members.clone(), props.shown.clone()), move |now| {
            let before = seen.replace(Some(now.clone()));
            // Another order or filter starts anew; another tab's change must not put another trait under the keys.
            let before = before.filter(|before: &Rows| before.0 != now.0);
            let place = before.zip(*active);
            let place = place.and_then(|(before, place)| moved(&before, now, place));
            if place.is_some() && place != *active {
                active.set(place);
            }
        });
    }

    let onscroll = {
        let (area, view) = (area.clone(), view.clone());
        Callback::from(move |_: Event| {
            if let Some(measured) = measure(&area)
                && measured.rows(total) != view.rows(total)
            {
                view.set(measured);
            }
        })
    };
    let onfocus = {
        let (area, active) = (area.clone(), active.clone());
        Callback::from(move |_: FocusEvent| {
            if let (None, Some(view)) = (*active, measure(&area)) {
                active.set(Some(view.first(total)));
            }
        })
    };
    let onclick = {
        let (area, active, on_act) = (area.clone(), active.setter(), props.on_act.clone());
        Callback::from(move |event: MouseEvent| {
            let (act, place) = read(&event);
            if let Some(place) = place {
                active.set(Some(place));
                // Not the control in the row, which may be scrolled away.
                focus(&area);
            }
            if let Some(act) = act {
                on_act.emit(act);
            }
        })
    };
    let onkeydown = {
        let (area, active, on_act) = (area.clone(), active.clone(), props.on_act.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(view) = measure(&area) else { return };
            let place = active.map(|place| place.min(total.saturating_sub(1)));
            let from = place.unwrap_or_else(|| view.first(total));
            if let Some(to) = step(&event.key(), from, view.page(), total)
                && !event.alt_key()
            {
                event.prevent_default();
                active.set(Some(to));
                if let (Some(top), Some(area)) = (view.showing(to), area.cast::<Element>()) {
                    area.set_scroll_top(rounded(top));
                }
                return;
            }
            // The controls of the heading have keys of their own.
            let on = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let on_itself = on == area.cast::<Element>();
            if let (true, Some(place)) = (on_itself, place)
                && let Some(act) = meaning(&event, place)
            {
                event.prevent_default();
                on_act.emit(act);
            } else if on_itself && event.key() == "Enter" {
                open(&area, place);
            }
        })
    };
    let look = Look {
        is_grid: true,
        trait_url: props.trait_url.as_deref(),
        removable: props.removable,
        selection: &props.selection,
        active: chosen,
    };
    html! {
        <>
            <div
                ref={area}
                class="members members--long"
                role="grid"
                tabindex="0"
                aria-label={text::MEMBERS}
                aria-describedby="members-keys"
                aria-multiselectable="true"
                aria-rowcount={(total + 1).to_string()}
                aria-activedescendant={chosen.filter(|place| rows.contains(place)).map(row_id)}
                {onscroll}
                {onfocus}
                {onclick}
                {onkeydown}
            >
                { look.heading(props.order, props.all_selected) }
                <div role="rowgroup" class="members__body" ref={body}>
                    <div role="presentation" class="members__drawn" ref={drawn}>
                        for place in rows {
                            { member_row(place, &props.members[props.shown[place]], &look) }
                        }
                    </div>
                </div>
            </div>
            <p class="small soft members__keys" id="members-keys">{ text::KEYS }</p>
        </>
    }
}

/// What a key means for the active row, besides going to another one.
fn meaning(event: &KeyboardEvent, place: usize) -> Option<Act> {
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        " " => Some(Act::Pick {
            place,
            range: event.shift_key(),
        }),
        "a" if command => Some(Act::All),
        "Escape" => Some(Act::Clear),
        // A key that is held down would empty the collection.
        "Delete" if !event.repeat() => Some(Act::Remove(place)),
        _ => None,
    }
}

/// Follows the link of a row.
fn open(area: &NodeRef, place: Option<usize>) {
    let (Some(area), Some(place)) = (area.cast::<Element>(), place) else {
        return;
    };
    let link = area.query_selector(&format!("#{} a", row_id(place)));
    if let Some(link) = link
        .ok()
        .flatten()
        .and_then(|link| link.dyn_into::<HtmlElement>().ok())
    {
        link.click();
    }
}

fn measure(area: &NodeRef) -> Option<View> {
    let area = area.cast::<Element>()?;
    let height = |selector: &str| {
        let element = area.query_selector(selector).ok().flatten()?;
        Some(element.get_bounding_client_rect().height()).filter(|height| *height > 0.0)
    };
    let usual = View::default();
    Some(View {
        top: f64::from(area.scroll_top()),
        height: f64::from(area.client_height()),
        head: height(".members__head").unwrap_or(usual.head),
        row: height(".members__drawn > .members__row").unwrap_or(usual.row),
    })
}

fn focus(area: &NodeRef) {
    if let Some(area) = area.cast::<HtmlElement>() {
        let _ = area.focus();
    }
}

/// A length for the style sheet. Written by the browser: Rust's way to write fractions would add 4 kB to the page.
fn length(pixels: f64) -> String {
    let written = Number::from(pixels).to_fixed(2);
    format!("{}px", written.map(String::from).unwrap_or_default())
}

fn set_style(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Refused only for values that are none.
        let _ = element.style().set_property(property, value);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no table is 2^31 pixels high"
)]
fn rounded(pixels: f64) -> i32 {
    pixels.round() as i32
}
