//! The dialog that asks for the address and the password of an old account with another address.

use crate::components::dom::{focus, on_input};
use crate::components::{Dialog, Toast, form_buttons, form_error, use_sign_in_again, use_toaster};
use crate::hooks::{ClaimPhase, use_claim};
use crate::text::claims as text;
use shared::api::ClaimRequest;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ClaimDialogProps {
    pub on_close: Callback<()>,
}

#[component]
pub fn ClaimDialog(props: &ClaimDialogProps) -> Html {
    let (claim, toaster) = (use_claim(), use_toaster());
    let (email, password) = (use_state(String::new), use_state(String::new));
    let password_input = use_node_ref();
    let sign_in_again = use_sign_in_again();
    let is_busy = claim.phase == ClaimPhase::Checking;
    {
        let (on_close, password_input) = (props.on_close.clone(), password_input.clone());
        use_effect_with(claim.phase.clone(), move |phase| match phase {
            ClaimPhase::Claimed { has_offer } => {
                toaster.show(Toast::new(text::claimed(*has_offer)));
                on_close.emit(());
            }
            ClaimPhase::Failed(_) => focus(&password_input),
            ClaimPhase::Ready | ClaimPhase::Checking => {}
        });
    }
    let onsubmit = {
        let (email, password, submit) = (email.clone(), password.clone(), claim.submit.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_busy {
                submit.emit(ClaimRequest {
                    email: email.trim().to_owned(),
                    password: (*password).clone(),
                });
            }
        })
    };
    html! {
        <Dialog title={text::CLAIM} on_cancel={props.on_close.clone()}>
            <form class="form" {onsubmit}>
                <p>{ text::CLAIM_LEAD }</p>
                <div class="field">
                    <label for="claim-email">{ text::OLD_EMAIL }</label>
                    <input
                        id="claim-email"
                        type="text"
                        inputmode="email"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required=true
                        value={(*email).clone()}
                        oninput={on_input(&email)}
                    />
                </div>
                <div class="field">
                    <label for="claim-password">{ text::OLD_PASSWORD }</label>
                    <input
                        id="claim-password"
                        type="password"
                        autocomplete="current-password"
                        required=true
                        ref={password_input}
                        value={(*password).clone()}
                        oninput={on_input(&password)}
                    />
                </div>
                if let ClaimPhase::Failed(error) = &claim.phase {
                    { form_error(&text::claim_error(error), &sign_in_again) }
                }
                { form_buttons(&props.on_close, text::CLAIM_SUBMIT, false, is_busy) }
            </form>
        </Dialog>
    }
}
