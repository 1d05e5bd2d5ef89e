//! The field for the name of a collection.

use crate::text::collections::{NAME, NAME_MISSING};
use yew::prelude::*;

/// The longest name that an account accepts, in characters.
pub const MAX_NAME_LENGTH: &str = "500";

/// Renders the field, with an error if the name `is_missing`.
pub fn name_field(
    id: &'static str,
    name: &str,
    is_required: bool,
    is_missing: bool,
    input: NodeRef,
    oninput: Callback<InputEvent>,
) -> Html {
    let error_id = format!("{id}-missing");
    html! {
        <div class="field">
            <label for={id}>{ NAME }</label>
            <input
                {id}
                type="text"
                dir="auto"
                autocomplete="off"
                maxlength={MAX_NAME_LENGTH}
                required={is_required}
                ref={input}
                aria-invalid={is_missing.then_some("true")}
                aria-describedby={is_missing.then(|| error_id.clone())}
                value={name.to_owned()}
                {oninput}
            />
            if is_missing {
                <span id={error_id} class="field__error" role="alert">{ NAME_MISSING }</span>
            }
        </div>
    }
}
