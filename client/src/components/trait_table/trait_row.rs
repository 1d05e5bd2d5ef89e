//! A row of the trait table.

use super::table_style::TableStyle;
use crate::text::table::{
    BLANK_MEMBER, REMOVE, UNSHOWABLE, UNSHOWABLE_SIGN, remove_named, select_named,
};
use js_sys::encode_uri_component;
use shared::edit::check::is_showable;
use yew::prelude::*;

/// Renders a row. `row` counts from 0, without the heading; `member` is as stored, normally
/// `trait:dataset`.
pub(super) fn trait_row(row: usize, member: &str, style: &TableStyle<'_>) -> Html {
    let (name, dataset) = member.split_once(':').unwrap_or((member, ""));
    let name = if name.trim().is_empty() {
        BLANK_MEMBER
    } else {
        name
    };
    let template = style.table.trait_url.as_deref();
    let url = template.and_then(|template| trait_url(template, member));
    let (role, tabindex) = (style.cell_role(), style.tabindex());
    let is_selected = style.table.selection.contains(member);
    let class = classes!(
        "members__row",
        is_selected.then_some("members__row--chosen"),
        (style.active == Some(row)).then_some("members__row--active"),
    );
    html! {
        <div
            key={row}
            id={row_id(row)}
            {class}
            role="row"
            aria-rowindex={(row + 2).to_string()}
            aria-selected={style.is_grid.then(|| is_selected.to_string())}
            data-place={row.to_string()}
        >
            <div {role} class="members__pick">
                <input
                    type="checkbox"
                    aria-label={select_named(member)}
                    data-act="pick"
                    checked={is_selected}
                    {tabindex}
                />
            </div>
            <div {role} class="members__trait">
                if !is_showable(member) {
                    <span class="members__sign" role="img" aria-label={UNSHOWABLE} title={UNSHOWABLE}>
                        { UNSHOWABLE_SIGN }
                    </span>
                }
                if let Some(url) = url {
                    <a href={url} {tabindex}><bdi translate="no">{ name }</bdi></a>
                } else {
                    <bdi translate="no">{ name }</bdi>
                }
            </div>
            <div {role} class="members__dataset"><bdi translate="no">{ dataset }</bdi></div>
            if style.table.is_removable {
                <div {role} class="members__act">
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

pub(super) fn row_id(row: usize) -> String {
    format!("member-{row}")
}

/// Returns the address of a trait on GeneNetwork; `None` for a member that GeneNetwork cannot show,
/// for a computed trait, which has no page, and for a template that makes no web address.
pub fn trait_url(template: &str, member: &str) -> Option<String> {
    let (name, dataset) = member.split_once(':')?;
    if !is_showable(member) || dataset == "Temp" {
        return None;
    }
    if !(template.starts_with("https://") || template.starts_with("http://")) {
        return None;
    }
    let encode = |part: &str| String::from(encode_uri_component(part));
    // The template is split, not replaced twice: the name of the trait may itself hold `{dataset}`.
    let parts: Vec<String> = template
        .split("{trait}")
        .map(|part| part.replace("{dataset}", &encode(dataset)))
        .collect();
    Some(parts.join(&encode(name)))
}
