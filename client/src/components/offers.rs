//! The offer above the list of collections: earlier collections, or those of this browser.

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

/// "You made 2 collections before signing in": those that are neither imported nor empty. The user may want to see
/// them, to leave them where they are, or to be rid of them.
pub fn local_offer(
    items: u64,
    on_import: &Callback<()>,
    on_keep: &Callback<()>,
    on_delete: &Callback<()>,
) -> Html {
    html! {
        <section class="offer" aria-labelledby="offer-title">
            <h2 id="offer-title">{ text::local(items) }</h2>
            <p>{ text::LOCAL_BODY }</p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    onclick={on_import.reform(|_| ())}
                >
                    { text::IMPORT }
                </button>
                <button type="button" class="button" onclick={on_keep.reform(|_| ())}>
                    { text::KEEP_HERE }
                </button>
                <button type="button" class="button button--danger" onclick={on_delete.reform(|_| ())}>
                    { text::DELETE }
                </button>
            </div>
        </section>
    }
}
