//! One trait of a collection.

use super::Look;
use crate::text::table::{BLANK_MEMBER, REMOVE, remove_named, select_named};
use js_sys::encode_uri_component;
use yew::prelude::*;

/// A row of the table: the box that selects it, trait, dataset, and the button that takes it out.
///
/// `place` counts the rows of the table from 0, without the heading; `member` is as stored, normally
/// `trait:dataset`.
pub(super) fn member_row(place: usize, member: &str, look: &Look<'_>) -> Html {
    let (name, dataset) = member.split_once(':').unwrap_or((member, ""));
    let shown = if name.trim().is_empty() {
        BLANK_MEMBER
    } else {
        name
    };
    let url = look
        .trait_url
        .and_then(|template| trait_url(template, member));
    let (cell, tabindex) = (look.cell(), look.tabindex());
    let chosen = look.selection.has(member);
    let mut class = classes!("members__row");
    if chosen {
        class.push("members__row--chosen");
    }
    if look.active == Some(place) {
        class.push("members__row--active");
    }
    html! {
        <div
            key={place}
            id={row_id(place)}
            {class}
            role="row"
            aria-rowindex={(place + 2).to_string()}
            aria-selected={look.is_grid.then_some(if chosen { "true" } else { "false" })}
            data-place={place.to_string()}
        >
            <div role={cell} class="members__pick">
                <input
                    type="checkbox"
                    aria-label={select_named(member)}
                    data-act="pick"
                    checked={chosen}
                    {tabindex}
                />
            </div>
            <div role={cell} class="members__trait">
                if let Some(url) = url {
                    <a href={url} {tabindex}><bdi>{ shown }</bdi></a>
                } else {
                    <bdi>{ shown }</bdi>
                }
            </div>
            <div role={cell} class="members__dataset"><bdi>{ dataset }</bdi></div>
            if look.removable {
                <div role={cell} class="members__act">
                    <button
                        type="button"
                        class="button button--quiet"
                        aria-label={remove_named(member)}
                        data-act="remove"
                        {tabindex}
                    >
                        { REMOVE }
                    </button>
                </div>
            }
        </div>
    }
}

/// The id of a row.
pub(super) fn row_id(place: usize) -> String {
    format!("member-{place}")
}

/// The address of a trait on GeneNetwork; `None` for a member without a dataset, for a computed trait,
/// which has no page, and for a template that does not make a web address.
pub fn trait_url(template: &str, member: &str) -> Option<String> {
    let (name, dataset) = member.split_once(':')?;
    if name.is_empty() || dataset.is_empty() || member.ends_with(":Temp") {
        return None;
    }
    if !(template.starts_with("https://") || template.starts_with("http://")) {
        return None;
    }
    let encoded = |part: &str| String::from(encode_uri_component(part));
    // The trait's name may itself hold `{dataset}`: the template is cut, not replaced twice.
    let filled: Vec<String> = template
        .split("{trait}")
        .map(|part| part.replace("{dataset}", &encoded(dataset)))
        .collect();
    Some(filled.join(&encoded(name)))
}
