//! Buttons.

use yew::prelude::*;

/// Renders a button with a class besides `button`, such as `button--primary`.
pub fn button(class: &'static str, label: impl Into<AttrValue>, on_click: &Callback<()>) -> Html {
    html! {
        <button type="button" class={classes!("button", class)} onclick={on_click.reform(|_| ())}>
            { label.into() }
        </button>
    }
}
