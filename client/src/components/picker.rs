//! Picking some of several collections.

use crate::components::isolated_name;
use crate::text::collection::more_malformed;
use crate::text::collections::TITLE;
use crate::text::format::traits;
use yew::prelude::*;

/// How many collections can be picked singly. Those behind them stay as they are.
const LISTED: usize = 200;

/// One of them: its name, its size, whether it is picked, and what else is to be known, if anything.
pub type Pick<'a> = (&'a str, u64, bool, &'static str);

/// Boxes to tick; `on_toggle` says which.
pub fn picker<'a>(
    picks: impl ExactSizeIterator<Item = Pick<'a>>,
    on_toggle: &Callback<usize>,
) -> Html {
    let more = picks.len().saturating_sub(LISTED);
    html! {
        <fieldset class="choice choice--stacked choice--long">
            <legend>{ TITLE }</legend>
            for (number, (name, members, picked, note)) in picks.take(LISTED).enumerate() {
                <label>
                    <input type="checkbox" checked={picked} onchange={on_toggle.reform(move |_| number)} />
                    <span>
                        { isolated_name(name) }
                        <span class="field__hint">
                            { traits(members) }
                            if !note.is_empty() {
                                { " · " }{ note }
                            }
                        </span>
                    </span>
                </label>
            }
            if more > 0 {
                <p>{ more_malformed(more) }</p>
            }
        </fieldset>
    }
}
