//! Answers to the questions of a new visitor, for those who are not signed in.

use crate::text::collections::{QUESTIONS, QUESTIONS_LABEL};
use yew::prelude::*;

pub(super) fn faq() -> Html {
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
