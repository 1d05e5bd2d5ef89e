//! Pages that a translator of the browser works on.

use crate::render::{HtmlView, Rendered, render_html};
use client::browser::translation;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node, Text};
use yew::{Html, html};

/// How a translator puts the translation in the place of a text node.
#[derive(Debug, Clone, Copy)]
enum Translator {
    ReplacesAtOnce,
    InsertsAndRemoves,
    RemovesAndInserts,
    MovesTheNode,
}

const TRANSLATORS: [Translator; 4] = [
    Translator::ReplacesAtOnce,
    Translator::InsertsAndRemoves,
    Translator::RemovesAndInserts,
    Translator::MovesTheNode,
];

impl Translator {
    /// "Translates" all texts into capital letters.
    async fn translate(self, page: &Rendered<HtmlView>) {
        for text in texts(&page.one("section")) {
            let translated = text.data().to_uppercase();
            let parent = text.parent_node().expect("a parent");
            self.replace(&parent, &text, &translated)
                .expect("a change of the document");
        }
        settle().await;
    }

    fn replace(self, parent: &Node, text: &Text, translated: &str) -> Result<(), JsValue> {
        let document = gloo_utils::document();
        let font = document.create_element("font")?;
        let inner = document.create_element("font")?;
        font.append_child(&inner)?;
        inner.set_text_content(Some(translated));
        match self {
            Self::ReplacesAtOnce => {
                parent.replace_child(&font, text)?;
            }
            Self::InsertsAndRemoves => {
                parent.insert_before(&font, Some(text))?;
                parent.remove_child(text)?;
            }
            Self::RemovesAndInserts => {
                let next = text.next_sibling();
                parent.remove_child(text)?;
                parent.insert_before(&font, next.as_ref())?;
            }
            Self::MovesTheNode => {
                inner.set_text_content(None);
                parent.insert_before(&font, Some(text))?;
                inner.append_child(text)?;
                text.set_data(translated);
            }
        }
        Ok(())
    }
}

/// Returns all text nodes that show something and are not translated.
fn texts(element: &Element) -> Vec<Text> {
    let mut found = Vec::new();
    let children = element.child_nodes();
    for child in (0..children.length()).filter_map(|index| children.item(index)) {
        match child.dyn_into::<Text>() {
            Ok(text) if !text.data().is_empty() => found.push(text),
            Ok(_) => {}
            Err(other) if other.node_name() == "FONT" => {}
            Err(other) => found.extend(other.dyn_ref::<Element>().into_iter().flat_map(texts)),
        }
    }
    found
}

/// Lets the observers of the document run.
async fn settle() {
    yew::scheduler::flush().await;
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL))
        .await
        .expect("a settled promise");
}

/// Renders a view in a section that is watched for translations.
async fn watched(view: Html) -> Rendered<HtmlView> {
    let page = render_html(html! { <section>{ view }</section> }).await;
    translation::watch(&page.one("section"));
    page
}

/// Translates the first view and then renders the second one.
async fn after_translation(translator: Translator, before: Html, after: Html) -> String {
    let mut page = watched(before).await;
    translator.translate(&page).await;
    page.update_html(html! { <section>{ after }</section> })
        .await;
    settle().await;
    page.text()
}

fn counted(number: u64, remark: Option<&'static str>) -> Html {
    html! {
        <>
            <button>{ "Migrate " }{ number }{ " collections" }</button>
            if let Some(remark) = remark {
                { "Note: " }{ remark }
            }
            { "the end" }
        </>
    }
}

#[wasm_bindgen_test]
async fn changed_texts_replace_their_translations() {
    for translator in TRANSLATORS {
        let shown = after_translation(translator, counted(13, None), counted(12, None)).await;
        assert_eq!(shown, "MIGRATE 12 COLLECTIONSTHE END", "{translator:?}");
    }
}

#[wasm_bindgen_test]
async fn texts_that_come_and_go_leave_no_translations() {
    for translator in TRANSLATORS {
        let with_note = || counted(13, Some("a note"));
        let shown = after_translation(translator, with_note(), counted(13, None)).await;
        assert_eq!(shown, "MIGRATE 13 COLLECTIONSTHE END", "{translator:?}");
        let shown = after_translation(translator, counted(13, None), with_note()).await;
        let expected = "MIGRATE 13 COLLECTIONSNote: a noteTHE END";
        assert_eq!(shown, expected, "{translator:?}");
    }
}

#[wasm_bindgen_test]
async fn moved_texts_take_their_translations_or_lose_them() {
    let list = |names: &[&'static str]| -> Html {
        names
            .iter()
            .map(|name| html! { <li key={*name}>{ *name }{ "," }</li> })
            .collect()
    };
    for translator in TRANSLATORS {
        let (before, after) = (list(&["a", "b", "c"]), list(&["c", "x", "a"]));
        let shown = after_translation(translator, before, after).await;
        assert_eq!(shown, "C,x,A,", "{translator:?}");
    }
}

#[wasm_bindgen_test]
async fn texts_are_translated_again_and_again() {
    for translator in TRANSLATORS {
        let mut page = watched(counted(13, None)).await;
        for number in (10..13).rev() {
            translator.translate(&page).await;
            let view = counted(number, None);
            page.update_html(html! { <section>{ view }</section> })
                .await;
            settle().await;
            let expected = format!("MIGRATE {number} COLLECTIONSTHE END");
            assert_eq!(page.text(), expected, "{translator:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_original_texts_return_without_the_translations() {
    // The last one has changed the text itself.
    for translator in &TRANSLATORS[..3] {
        let page = watched(counted(13, None)).await;
        translator.translate(&page).await;
        for font in page.all("section font") {
            font.remove();
        }
        settle().await;
        assert_eq!(
            page.text(),
            "Migrate 13 collectionsthe end",
            "{translator:?}"
        );
    }
}
