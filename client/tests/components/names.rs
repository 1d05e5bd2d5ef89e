//! Whatever a name holds, it is shown as text and disturbs nothing.

use crate::draw::draw;
use client::components::page::PageProps;
use client::components::sentence::{NameProps, SentenceProps};
use client::components::{Name, Page, Sentence};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Html;

const HOSTILE: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>";

#[wasm_bindgen_test]
async fn html_in_a_name_is_text() {
    let drawn = draw::<Name>(NameProps {
        value: HOSTILE.into(),
    })
    .await;
    assert_eq!(drawn.text(), HOSTILE);
    assert!(drawn.all("img, script").is_empty());
}

#[wasm_bindgen_test]
async fn a_blank_name_is_said_to_be_missing() {
    let drawn = draw::<Name>(NameProps {
        value: " \t".into(),
    })
    .await;
    assert_eq!(drawn.text(), "(no name)");
}

#[wasm_bindgen_test]
async fn a_sentence_keeps_a_name_apart_and_short() {
    let props = |name: String| SentenceProps {
        text: "{name} is back.".into(),
        name: Some(name.into()),
    };
    let drawn = draw::<Sentence>(props("عنوان {name}".to_owned())).await;
    assert_eq!(drawn.text(), "عنوان {name} is back.");
    assert_eq!(
        drawn.one("bdi").text_content().as_deref(),
        Some("عنوان {name}")
    );

    let long = draw::<Sentence>(props("é".repeat(100_000))).await;
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
