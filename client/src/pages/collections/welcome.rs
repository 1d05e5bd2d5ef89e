//! Answers to a newcomer's three questions, for those who are not signed in.

use crate::hooks::{use_config, use_session};
use crate::route::Route;
use crate::text::collections::{QUESTIONS, QUESTIONS_LABEL};
use crate::text::general::{REGISTER, SIGN_IN};
use yew::prelude::*;
use yew_router::Routable;

/// The answers, and the ways in.
#[component]
pub(super) fn Welcome() -> Html {
    let (session, config) = (use_session(), use_config());
    let onclick = session
        .sign_in
        .reform(|_: MouseEvent| Route::Collections.to_path());
    let register = config
        .ready()
        .and_then(|config| config.links.register.clone());
    html! {
        <section class="questions" aria-label={QUESTIONS_LABEL}>
            for (question, answer) in QUESTIONS {
                <div>
                    <h2>{ question }</h2>
                    <p>{ answer }</p>
                </div>
            }
            <div class="actions">
                <button type="button" class="button button--primary" {onclick}>{ SIGN_IN }</button>
                if let Some(register) = register {
                    <a href={register}>{ REGISTER }</a>
                }
            </div>
        </section>
    }
}
