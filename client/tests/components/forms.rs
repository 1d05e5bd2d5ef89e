//! Creating and renaming collections, and adding traits.

use crate::render::{dispatch, recorder, render};
use client::components::add_traits::{AddTraits, AddTraitsProps};
use client::components::new_collection_dialog::{
    NewCollection, NewCollectionDialog, NewCollectionDialogProps,
};
use client::components::rename_form::{RenameForm, RenameFormProps};
use client::state::destination::Destination;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::{Callback, Html};

fn dialog_props(destinations: &'static [Destination]) -> NewCollectionDialogProps {
    NewCollectionDialogProps {
        destinations,
        is_busy: false,
        error: None,
        error_action: Html::default(),
        on_create: Callback::noop(),
        on_cancel: Callback::noop(),
    }
}

#[wasm_bindgen_test]
async fn a_new_collection_needs_a_name() {
    let (on_create, created) = recorder();
    let props = NewCollectionDialogProps {
        on_create,
        ..dialog_props(&[Destination::Account, Destination::Browser])
    };
    let page = render::<NewCollectionDialog>(props).await;
    let dialog = page.one("dialog[open]");
    let label = dialog.get_attribute("aria-labelledby").expect("a label");
    assert_eq!(page.text_of(&format!("#{label}")), "New collection");

    page.press("Create").await;
    assert!(created.borrow().is_empty());
    assert_eq!(
        page.text_of("[role=alert]"),
        "Please give the collection a name."
    );

    page.type_into("#new-name", "  Liver ").await;
    page.type_into("#new-traits", "a:D, b:D\nnonsense").await;
    page.assert_text("Line 2: “nonsense”: dataset missing, for example nonsense:HC_M2_0606_P");
    page.press("Create").await;
    let in_account = NewCollection {
        destination: Destination::Account,
        name: "Liver".to_owned(),
        members: vec!["a:D".to_owned(), "b:D".to_owned()],
    };
    let in_browser = NewCollection {
        destination: Destination::Browser,
        ..in_account.clone()
    };
    dispatch(&page.all("[type=radio]")[1], "change").await;
    page.press("Create").await;
    assert_eq!(*created.borrow(), [in_account, in_browser]);
}

#[wasm_bindgen_test]
async fn escape_cancels_a_dialog_and_restores_the_focus() {
    let (on_cancel, cancelled) = recorder();
    let before = gloo_utils::document()
        .create_element("button")
        .expect("an element");
    gloo_utils::body()
        .append_child(&before)
        .expect("the body takes elements");
    let _ = wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&before).focus();
    let props = NewCollectionDialogProps {
        on_cancel,
        ..dialog_props(&[Destination::Browser])
    };
    let page = render::<NewCollectionDialog>(props).await;
    let inside = gloo_utils::document().active_element().expect("a focus");
    assert!(page.one("dialog").contains(Some(&inside)));
    dispatch(&page.one("dialog"), "cancel").await;
    assert_eq!(cancelled.borrow().len(), 1);
    drop(page);
    yew::scheduler::flush().await;
    assert_eq!(
        gloo_utils::document().active_element(),
        Some(before.clone())
    );
    before.remove();
}

#[wasm_bindgen_test]
async fn a_collection_is_renamed_in_place() {
    let (on_save, saved) = recorder();
    let props = RenameFormProps {
        name: "Old".into(),
        on_save,
        on_cancel: Callback::noop(),
    };
    let page = render::<RenameForm>(props).await;
    assert_eq!(page.value("#rename"), "Old");
    page.type_into("#rename", " ").await;
    assert!(page.button("Save").has_attribute("disabled"));
    page.type_into("#rename", " New ").await;
    page.press("Save").await;
    assert_eq!(*saved.borrow(), ["New"]);
}

#[wasm_bindgen_test]
async fn traits_are_reported_before_they_are_added_and_cleared_afterwards() {
    let (on_add, added) = recorder();
    let props = |members: &[&str]| AddTraitsProps {
        members: members.iter().map(ToString::to_string).collect(),
        is_busy: false,
        on_add: on_add.clone(),
    };
    let mut page = render::<AddTraits>(props(&["a:D"])).await;
    assert!(page.one("[type=submit]").has_attribute("aria-disabled"));
    page.type_into("textarea", "a:D b:D c:D x").await;
    page.assert_text(
        "2 traits will be added · 1 already in the collection or repeated · 1 left out",
    );
    assert!(added.borrow().is_empty());
    page.press("Add 2 traits").await;
    assert_eq!(*added.borrow(), [["b:D".to_owned(), "c:D".to_owned()]]);
    // The text stays until its traits are stored, even if other traits are stored meanwhile.
    page.update(props(&["a:D", "b:D", "other:D"])).await;
    assert_eq!(page.value("textarea"), "a:D b:D c:D x");
    page.update(props(&["a:D", "b:D", "c:D"])).await;
    assert_eq!(page.value("textarea"), "");
}
