//! Answers to a newcomer's three questions, for those who are not signed in.

use crate::text::collections::{QUESTIONS, QUESTIONS_LABEL};
use yew::prelude::*;

/// The questions with their answers. The ways in stand at the top of every page.
pub(super) fn welcome() -> Html {
    html! {
        <section class="questions" aria-label={QUESTIONS_LABEL}>
            for (question, answer) in QUESTIONS {
                <div>
                    <h2>{ question }</h2>
                    <p>{ answer }</p>
                </div>
            }
        </section>
    }
}
