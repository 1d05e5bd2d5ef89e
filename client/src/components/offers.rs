//! The offer above the list of collections: to migrate or import earlier collections.

use crate::components::button;
use crate::text::offers as text;
use yew::prelude::*;

/// Offers the collections of earlier accounts that a migration transfers by default. `notes` tell
/// of earlier transfers.
pub fn legacy_offer(
    num_items: u64,
    num_members: u64,
    notes: &[String],
    on_migrate: &Callback<()>,
) -> Html {
    let buttons = button("button--primary", text::MIGRATE, on_migrate);
    let title = text::legacy_title(num_items, num_members);
    offer(title, text::MIGRATE_BODY, notes, buttons)
}

/// Offers the collections that GN2 keeps for the anonymous session of this browser.
pub fn session_offer(
    num_items: u64,
    num_members: u64,
    on_import: &Callback<()>,
    on_decline: &Callback<()>,
) -> Html {
    let buttons = html! {
        <>
            { button("button--primary", text::IMPORT, on_import) }
            { button("", text::LEAVE_SESSION, on_decline) }
        </>
    };
    offer(
        text::session_title(num_items, num_members),
        text::SESSION_BODY,
        &[],
        buttons,
    )
}

/// Offers the collections of this browser that are neither imported nor empty.
pub fn local_offer(
    num_items: u64,
    on_import: &Callback<()>,
    on_decline: &Callback<()>,
    on_delete: &Callback<()>,
) -> Html {
    let buttons = html! {
        <>
            { button("button--primary", text::IMPORT, on_import) }
            { button("", text::KEEP_HERE, on_decline) }
            { button("button--danger", text::DELETE, on_delete) }
        </>
    };
    offer(text::local_title(num_items), text::LOCAL_BODY, &[], buttons)
}

fn offer(title: String, body: &'static str, notes: &[String], buttons: Html) -> Html {
    html! {
        <section class="offer" aria-labelledby="offer-title">
            <h2 id="offer-title">{ title }</h2>
            <p>{ body }</p>
            for note in notes {
                <p>{ note }</p>
            }
            <div class="actions">{ buttons }</div>
        </section>
    }
}
