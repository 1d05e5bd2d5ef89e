//! Whatever a name holds, it is shown as text and disturbs nothing.

use crate::draw::{draw, draw_html};
use client::components::page::PageProps;
use client::components::{Page, isolated_name, sentence};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Html;

const HOSTILE: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>";

#[wasm_bindgen_test]
async fn html_in_a_name_is_text() {
    let drawn = draw_html(isolated_name(HOSTILE)).await;
    assert_eq!(drawn.text(), HOSTILE);
    assert!(drawn.all("img, script").is_empty());
}

#[wasm_bindgen_test]
async fn a_blank_name_is_said_to_be_missing() {
    let drawn = draw_html(isolated_name(" \t")).await;
    assert_eq!(drawn.text(), "(no name)");
}

#[wasm_bindgen_test]
async fn a_sentence_keeps_a_name_apart_and_short() {
    let filled = |name: &str| sentence("{name} is back.", Some(name));
    let drawn = draw_html(filled("عنوان {name}")).await;
    assert_eq!(drawn.text(), "عنوان {name} is back.");
    assert_eq!(
        drawn.one("bdi").text_content().as_deref(),
        Some("عنوان {name}")
    );

    let long = draw_html(filled(&"é".repeat(100_000))).await;
    assert_eq!(long.text(), format!("{}… is back.", "é".repeat(80)));
}

#[wasm_bindgen_test]
async fn a_page_is_titled_by_its_heading() {
    let props = PageProps {
        title: HOSTILE.into(),
        is_name: true,
        heading_hidden: false,
        lead: Html::default(),
        aside: Html::default(),
        children: Html::default(),
    };
    let drawn = draw::<Page>(props).await;
    assert_eq!(drawn.one("h1").text_content().as_deref(), Some(HOSTILE));
    assert!(gloo_utils::document().title().starts_with("<img src=x"));
    // The first page of a visit leaves the focus where the browser puts it.
    let focused = gloo_utils::document().active_element();
    assert!(focused.is_none_or(|element| element.tag_name() != "H1"));
}
