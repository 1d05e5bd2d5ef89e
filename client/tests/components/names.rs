//! Names of any content are shown as text.

use crate::render::{render, render_html};
use client::components::page::PageProps;
use client::components::{Page, isolated_name, text_with_name};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Html;

const HOSTILE: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>";

#[wasm_bindgen_test]
async fn html_in_a_name_is_shown_as_text() {
    let page = render_html(isolated_name(HOSTILE)).await;
    assert_eq!(page.text(), HOSTILE);
    assert!(page.all("img, script").is_empty());
}

#[wasm_bindgen_test]
async fn a_blank_name_has_a_placeholder() {
    let page = render_html(isolated_name(" \t")).await;
    assert_eq!(page.text(), "(no name)");
}

#[wasm_bindgen_test]
async fn a_name_in_a_sentence_is_isolated_and_shortened() {
    let filled = |name: &str| text_with_name("{name} was restored.", Some(name));
    let page = render_html(filled("عنوان {name}")).await;
    assert_eq!(page.text(), "عنوان {name} was restored.");
    assert_eq!(page.text_of("bdi"), "عنوان {name}");

    let long = render_html(filled(&"é".repeat(100_000))).await;
    assert_eq!(long.text(), format!("{}… was restored.", "é".repeat(80)));
}

#[wasm_bindgen_test]
async fn the_heading_is_the_title_of_the_window() {
    let props = PageProps {
        title: HOSTILE.into(),
        is_name: true,
        heading_hidden: false,
        lead: Html::default(),
        aside: Html::default(),
        children: Html::default(),
    };
    let page = render::<Page>(props).await;
    assert_eq!(page.text_of("h1"), HOSTILE);
    assert!(gloo_utils::document().title().starts_with("<img src=x"));
    // The first page of a visit leaves the focus where the browser puts it.
    let focused = gloo_utils::document().active_element();
    assert!(focused.is_none_or(|element| element.tag_name() != "H1"));
}
