//! A group of radio buttons that sets a state.

use yew::prelude::*;

/// Renders a button for each value. `describe` returns its label and its hint; with hints, the
/// buttons stand below each other.
pub fn radio_group<T: Copy + PartialEq + 'static>(
    legend: &'static str,
    name: &'static str,
    values: &[T],
    selected: &UseStateHandle<T>,
    describe: impl Fn(T) -> (String, &'static str),
) -> Html {
    let mut has_hints = false;
    let buttons: Html = values
        .iter()
        .map(|value| {
            let value = *value;
            let (label, hint) = describe(value);
            has_hints |= !hint.is_empty();
            let selected_value = selected.setter();
            let onchange = move |_: Event| selected_value.set(value);
            html! {
                <label>
                    <input type="radio" {name} checked={value == **selected} {onchange} />
                    <span>
                        { label }
                        if !hint.is_empty() {
                            <span class="field__hint">{ hint }</span>
                        }
                    </span>
                </label>
            }
        })
        .collect();
    html! {
        <fieldset class={classes!("choice", has_hints.then_some("choice--stacked"))}>
            <legend>{ legend }</legend>
            { buttons }
        </fieldset>
    }
}
