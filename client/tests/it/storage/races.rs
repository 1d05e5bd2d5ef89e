//! Two connections at once, as two tabs have them.

use super::*;
use crate::support::watch::watch;
use futures_util::future::{join, join_all};
use std::iter;

#[wasm_bindgen_test]
async fn two_tabs_that_write_at_once_lose_nothing() {
    let name = fresh_name();
    let (one, two) = (open(&name).await, open(&name).await);
    stored(&one, "1", create("Liver", &[])).await;
    let stores = iter::repeat_n([&one, &two], 20).flatten();
    let members: Vec<String> = (0..40).map(|number| format!("{number}:D")).collect();
    let writes = stores.zip(&members).map(|(store, member)| async move {
        assert_eq!(stored(store, "1", add(&[member])).await, 1);
    });
    join_all(writes).await;
    assert_eq!(only(&one).await.collection.members.len(), 40);
    assert_eq!(one.history("1").await.expect("readable").len(), 20);
}

#[wasm_bindgen_test]
async fn a_new_name_from_one_tab_and_a_member_from_the_other_are_both_kept() {
    let name = fresh_name();
    let (one, two) = (open(&name).await, open(&name).await);
    stored(&one, "1", create("Liver", &["a:D"])).await;
    join(
        stored(&one, "1", rename("Liver", "Leber")),
        stored(&two, "1", add(&["b:D"])),
    )
    .await;
    let both = only(&one).await.collection;
    assert_eq!(
        (both.name.as_str(), both.members),
        ("Leber", texts(&["a:D", "b:D"]))
    );
}

#[wasm_bindgen_test]
async fn of_two_new_names_the_later_one_is_told_and_overwrites_nothing() {
    let name = fresh_name();
    let (one, two) = (open(&name).await, open(&name).await);
    stored(&one, "1", create("Liver", &[])).await;
    let (first, second) = join(
        change(&one, "1", rename("Liver", "Leber")),
        change(&two, "1", rename("Liver", "Foie")),
    )
    .await;
    let kept = only(&one).await.collection.name;
    let told = [first, second].into_iter().filter_map(Result::err);
    assert_eq!(told.collect::<Vec<_>>(), [StorageError::Renamed(kept)]);
}

#[wasm_bindgen_test]
async fn whoever_changes_what_the_other_tab_deleted_is_told() {
    let name = fresh_name();
    let (one, two) = (open(&name).await, open(&name).await);
    stored(&one, "1", create("Liver", &["a:D"])).await;
    stored(&one, "1", What::Delete).await;
    let told = change(&two, "1", add(&["b:D"])).await;
    assert_eq!(told, Err(StorageError::NotFound));
    stored(&one, "1", What::Restore).await;
    assert_eq!(only(&one).await.collection.members, texts(&["a:D"]));
}

#[wasm_bindgen_test]
async fn the_other_tab_hears_of_a_change_after_it_is_stored() {
    let name = fresh_name();
    let (tell, mut heard) = watch();
    let other = open_and_hear(&name, move |news| tell.emit(news)).await;
    let store = open(&name).await;
    stored(&store, "1", create("Liver", &[])).await;
    heard.until(|news| *news == News::Changed).await;
    assert_eq!(records(&other).await.len(), 1);
}
