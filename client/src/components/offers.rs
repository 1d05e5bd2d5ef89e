//! The offer above the list of collections: earlier collections, or those of this browser.

use crate::components::Dialog;
use crate::hooks::light::use_state;
use crate::text::general::CANCEL;
use crate::text::offers as text;
use yew::prelude::*;

/// "We found 13 collections (561 traits) from your earlier GeneNetwork account": those that would be brought
/// over by default, with the members they have together. The user may want to see them.
pub fn legacy_offer(items: u64, members: u64, on_migrate: &Callback<()>) -> Html {
    html! {
        <section class="offer" aria-labelledby="offer-title">
            <h2 id="offer-title">{ text::legacy(items, members) }</h2>
            <p>{ text::MIGRATE_BODY }</p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    onclick={on_migrate.reform(|_| ())}
                >
                    { text::MIGRATE }
                </button>
            </div>
        </section>
    }
}

/// "You made 2 collections (14 traits) on GeneNetwork without signing in". The user may want to see them, or to
/// leave them where they are.
pub fn session_offer(
    items: u64,
    members: u64,
    on_import: &Callback<()>,
    on_leave: &Callback<()>,
) -> Html {
    html! {
        <section class="offer" aria-labelledby="offer-title">
            <h2 id="offer-title">{ text::session(items, members) }</h2>
            <p>{ text::SESSION_BODY }</p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    onclick={on_import.reform(|_| ())}
                >
                    { text::IMPORT }
                </button>
                <button type="button" class="button" onclick={on_leave.reform(|_| ())}>
                    { text::LEAVE_THERE }
                </button>
            </div>
        </section>
    }
}

/// Properties of [`LocalOffer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LocalOfferProps {
    /// Collections in this browser that are neither imported nor empty.
    pub items: u64,
    /// The user wants to import them.
    pub on_import: Callback<()>,
    /// The user wants to leave them where they are.
    pub on_keep: Callback<()>,
    /// The user wants to be rid of them, and has said so twice.
    pub on_delete: Callback<()>,
}

/// "You made 2 collections before signing in".
#[component]
pub fn LocalOffer(props: &LocalOfferProps) -> Html {
    let asking = use_state(|| false);
    let ask = {
        let asking = asking.setter();
        move |open: bool| {
            let asking = asking.clone();
            Callback::from(move |_: MouseEvent| asking.set(open))
        }
    };
    let on_cancel = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <section class="offer" aria-labelledby="offer-title">
            <h2 id="offer-title">{ text::local(props.items) }</h2>
            <p>{ text::LOCAL_BODY }</p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    onclick={props.on_import.reform(|_| ())}
                >
                    { text::IMPORT }
                </button>
                <button type="button" class="button" onclick={props.on_keep.reform(|_| ())}>
                    { text::KEEP_HERE }
                </button>
                <button type="button" class="button button--danger" onclick={ask(true)}>
                    { text::DELETE }
                </button>
            </div>
            if *asking {
                <Dialog title={text::delete_ask_title(props.items)} {on_cancel}>
                    <p>{ text::DELETE_ASK }</p>
                    <div class="dialog__actions">
                        <button type="button" class="button" onclick={ask(false)}>{ CANCEL }</button>
                        <button
                            type="button"
                            class="button button--danger"
                            onclick={props.on_delete.reform(|_| ())}
                        >
                            { text::DELETE }
                        </button>
                    </div>
                </Dialog>
            }
        </section>
    }
}
