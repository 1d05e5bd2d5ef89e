//! Two connections to the database at once, as two tabs have them.

use super::*;
use crate::support::watch::watch;
use client::edit::CollectionDiff;
use futures_util::future::{join, join_all};
use std::iter;

#[wasm_bindgen_test]
async fn concurrent_edits_of_two_tabs_are_all_stored() {
    let name = unique_name();
    let (one, two) = (open(&name).await, open(&name).await);
    store(&one, create("1", "Liver", &[])).await;
    let databases = iter::repeat_n([&one, &two], 20).flatten();
    let members: Vec<String> = (0..40).map(|number| format!("{number}:D")).collect();
    let writes = databases
        .zip(&members)
        .map(|(database, member)| async move {
            assert_eq!(store(database, add("1", &[member])).await, 1);
        });
    join_all(writes).await;
    assert_eq!(only_record(&one).await.collection.members.len(), 40);
    assert_eq!(one.history("1").await.expect("readable").len(), 20);
}

#[wasm_bindgen_test]
async fn rename_in_one_tab_and_addition_in_another_are_both_stored() {
    let name = unique_name();
    let (one, two) = (open(&name).await, open(&name).await);
    store(&one, create("1", "Liver", &["a:D"])).await;
    join(
        store(&one, rename("1", "Liver", "Leber")),
        store(&two, add("1", &["b:D"])),
    )
    .await;
    let both = only_record(&one).await.collection;
    assert_eq!(
        (both.name.as_str(), both.members),
        ("Leber", texts(&["a:D", "b:D"]))
    );
}

#[wasm_bindgen_test]
async fn second_of_two_concurrent_renames_is_refused() {
    let name = unique_name();
    let (one, two) = (open(&name).await, open(&name).await);
    store(&one, create("1", "Liver", &[])).await;
    let (first, second) = join(
        one.apply(rename("1", "Liver", "Leber")),
        two.apply(rename("1", "Liver", "Foie")),
    )
    .await;
    let conflict = CollectionDiff {
        renamed: Some(only_record(&one).await.collection.name),
        ..CollectionDiff::default()
    };
    let errors = [first, second].into_iter().filter_map(Result::err);
    assert_eq!(errors.collect::<Vec<_>>(), [EditError::Conflict(conflict)]);
}

#[wasm_bindgen_test]
async fn edit_of_a_collection_that_another_tab_deleted_is_refused() {
    let name = unique_name();
    let (one, two) = (open(&name).await, open(&name).await);
    store(&one, create("1", "Liver", &["a:D"])).await;
    store(&one, edit("1", CollectionEdit::Delete)).await;
    let refused = two.apply(add("1", &["b:D"])).await;
    assert_eq!(refused, Err(EditError::Gone));
    store(&one, local_edit(&["1"], LocalEditKind::Restore)).await;
    assert_eq!(only_record(&one).await.collection.members, texts(&["a:D"]));
}

#[wasm_bindgen_test]
async fn other_tab_is_told_after_an_edit_is_stored() {
    let name = unique_name();
    let (on_event, mut events) = watch();
    let other = open_with_events(&name, move |event| on_event.emit(event)).await;
    let database = open(&name).await;
    store(&database, create("1", "Liver", &[])).await;
    events
        .until(|event| *event == DatabaseEvent::ChangedByOtherTab)
        .await;
    assert_eq!(records(&other).await.len(), 1);
}
