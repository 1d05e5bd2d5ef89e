//! Making, renaming and filling a collection.

use crate::draw::{dispatch, draw, recorder};
use client::components::add_traits::{AddTraits, AddTraitsProps};
use client::components::new_collection::{Keep, NewCollection, NewCollectionProps, Wanted};
use client::components::rename::{Rename, RenameProps};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::{Callback, Html};

#[wasm_bindgen_test]
async fn a_new_collection_needs_a_name() {
    let (on_create, created) = recorder();
    let props = NewCollectionProps {
        places: &[Keep::InAccount, Keep::InBrowser],
        busy: false,
        failure: None,
        remedy: Html::default(),
        on_create,
        on_cancel: Callback::noop(),
    };
    let drawn = draw::<NewCollection>(props).await;
    let dialog = drawn.one("dialog[open]");
    let label = dialog.get_attribute("aria-labelledby").expect("a label");
    assert_eq!(
        drawn.one(&format!("#{label}")).text_content().as_deref(),
        Some("New collection")
    );

    drawn.press("Create").await;
    assert!(created.borrow().is_empty());
    assert_eq!(
        drawn.one("[role=alert]").text_content().as_deref(),
        Some("Please give the collection a name.")
    );

    drawn.type_into("#new-name", "  Liver ").await;
    drawn.type_into("#new-traits", "a:D, b:D\nnonsense").await;
    assert!(
        drawn
            .text()
            .contains("Line 2: “nonsense” is not written as trait:dataset")
    );
    drawn.press("Create").await;
    let expected = Wanted {
        keep: Keep::InAccount,
        name: "Liver".to_owned(),
        members: vec!["a:D".to_owned(), "b:D".to_owned()],
    };
    let elsewhere = Wanted {
        keep: Keep::InBrowser,
        ..expected.clone()
    };
    dispatch(&drawn.all("[type=radio]")[1], "change").await;
    drawn.press("Create").await;
    assert_eq!(*created.borrow(), [expected, elsewhere]);
}

#[wasm_bindgen_test]
async fn a_dialog_is_left_by_escape_and_gives_the_focus_back() {
    let (on_cancel, cancelled) = recorder();
    let before = gloo_utils::document()
        .create_element("button")
        .expect("an element");
    gloo_utils::body()
        .append_child(&before)
        .expect("a place on the page");
    let _ = wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&before).focus();
    let props = NewCollectionProps {
        places: &[Keep::InBrowser],
        busy: false,
        failure: None,
        remedy: Html::default(),
        on_create: Callback::noop(),
        on_cancel,
    };
    let drawn = draw::<NewCollection>(props).await;
    let inside = gloo_utils::document().active_element().expect("a focus");
    assert!(drawn.one("dialog").contains(Some(&inside)));
    dispatch(&drawn.one("dialog"), "cancel").await;
    assert_eq!(cancelled.borrow().len(), 1);
    drop(drawn);
    yew::scheduler::flush().await;
    assert_eq!(
        gloo_utils::document().active_element(),
        Some(before.clone())
    );
    before.remove();
}

#[wasm_bindgen_test]
async fn a_name_is_changed_in_place() {
    let (on_save, saved) = recorder();
    let props = RenameProps {
        name: "Old".into(),
        on_save,
        on_cancel: Callback::noop(),
    };
    let drawn = draw::<Rename>(props).await;
    assert_eq!(drawn.value("#rename"), "Old");
    drawn.type_into("#rename", " ").await;
    assert!(drawn.button("Save").has_attribute("disabled"));
    drawn.type_into("#rename", " New ").await;
    drawn.press("Save").await;
    assert_eq!(*saved.borrow(), ["New"]);
}

#[wasm_bindgen_test]
async fn traits_are_reported_before_they_are_added_and_the_field_empties_afterwards() {
    let (on_add, added) = recorder();
    let props = |members: &[&str]| AddTraitsProps {
        members: members.iter().map(ToString::to_string).collect(),
        busy: false,
        on_add: on_add.clone(),
    };
    let mut drawn = draw::<AddTraits>(props(&["a:D"])).await;
    assert!(drawn.one("[type=submit]").has_attribute("aria-disabled"));
    drawn.type_into("textarea", "a:D b:D c:D x").await;
    assert!(
        drawn
            .text()
            .contains("2 new · 1 already in the collection or repeated · 1 left out")
    );
    assert!(added.borrow().is_empty());
    drawn.press("Add 2 traits").await;
    assert_eq!(*added.borrow(), [["b:D".to_owned(), "c:D".to_owned()]]);
    // What was written stays until it is stored, whatever others do to the collection meanwhile.
    drawn.update(props(&["a:D", "b:D", "other:D"])).await;
    assert_eq!(drawn.value("textarea"), "a:D b:D c:D x");
    drawn.update(props(&["a:D", "b:D", "c:D"])).await;
    assert_eq!(drawn.value("textarea"), "");
}
