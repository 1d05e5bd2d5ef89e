//! A state that clicks switch on and off.

use yew::prelude::*;

/// Returns the state, and the click handler that inverts it in place of the browser's own action.
#[hook]
pub fn use_toggle(initial: bool) -> (UseStateHandle<bool>, Callback<MouseEvent>) {
    let state = use_state(|| initial);
    let on_toggle = {
        let state = state.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            state.set(!*state);
        })
    };
    (state, on_toggle)
}
