//! One trait of a collection.

use crate::text::collection::{BLANK_MEMBER, REMOVE, remove_named};
use js_sys::encode_uri_component;
use yew::prelude::*;

/// A row of the table: trait, dataset, and the button that takes it out, where that is possible.
///
/// `index` is its place in the whole table, from 0 without the heading; `member` is as stored, normally
/// `trait:dataset`; `template` is that of a trait's address.
pub fn member_row(
    index: usize,
    member: &str,
    template: Option<&str>,
    on_remove: Option<&Callback<String>>,
) -> Html {
    let (name, dataset) = member.split_once(':').unwrap_or((member, ""));
    let shown = if name.trim().is_empty() {
        BLANK_MEMBER
    } else {
        name
    };
    let url = template.and_then(|template| trait_url(template, member));
    html! {
        <tr key={index} aria-rowindex={(index + 2).to_string()}>
            <td>
                if let Some(url) = url {
                    <a href={url}><bdi>{ shown }</bdi></a>
                } else {
                    <bdi>{ shown }</bdi>
                }
            </td>
            <td><bdi>{ dataset }</bdi></td>
            if let Some(on_remove) = on_remove {
                <td class="cell-action">
                    <button
                        type="button"
                        class="button button--quiet"
                        aria-label={remove_named(member)}
                        onclick={{
                            let member = member.to_string();
                            on_remove.reform(move |_| member.clone())
                        }}
                    >
                        { REMOVE }
                    </button>
                </td>
            }
        </tr>
    }
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
