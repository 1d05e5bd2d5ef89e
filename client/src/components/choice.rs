//! One of a few: the radio buttons of every form.

use yew::prelude::*;

/// One of them: what it is called, what that means, and whether it is chosen.
pub type Choice<'a> = (AttrValue, &'a str, bool);

/// The radio buttons, below each other where their meaning is told. `name` ties them together; the user has chosen the one of
/// this place, from 0.
pub fn choice<'a>(
    legend: &'static str,
    name: &'static str,
    choices: impl Iterator<Item = Choice<'a>>,
    on_choose: &Callback<usize>,
) -> Html {
    let choices: Vec<Choice<'a>> = choices.collect();
    draw(legend, name, &choices, on_choose)
}

/// Apart, so that it is compiled once.
fn draw(
    legend: &'static str,
    name: &'static str,
    choices: &[Choice<'_>],
    on_choose: &Callback<usize>,
) -> Html {
    let told = choices.iter().any(|(_, meaning, _)| !meaning.is_empty());
    html! {
        <fieldset class={if told { "choice choice--stacked" } else { "choice" }}>
            <legend>{ legend }</legend>
            for (place, (label, meaning, chosen)) in choices.iter().enumerate() {
                <label>
                    <input
                        type="radio"
                        {name}
                        checked={*chosen}
                        onchange={on_choose.reform(move |_: Event| place)}
                    />
                    <span>
                        { label }
                        if !meaning.is_empty() {
                            <span class="field__hint">{ *meaning }</span>
                        }
                    </span>
                </label>
            }
        </fieldset>
    }
}
