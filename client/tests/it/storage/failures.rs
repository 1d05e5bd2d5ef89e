//! A browser that fails to store edits. The tests throw what browsers throw; everything else is the
//! browser's own.

use super::*;
use js_sys::{Function, Reflect};

/// Replaces a method of the browser's database until this value drops.
struct ReplacedMethod {
    class: JsValue,
    method: &'static str,
    original: JsValue,
}

impl ReplacedMethod {
    /// Replaces the method by this JavaScript function body, in which `original` is the original
    /// method.
    fn new(class: &str, method: &'static str, body: &str) -> Self {
        let class = Reflect::get(&js_sys::global(), &class.into()).expect("a class");
        let class = Reflect::get(&class, &"prototype".into()).expect("a prototype");
        let original = Reflect::get(&class, &method.into()).expect("a method");
        let make = Function::new_with_args("original", &format!("return function () {{ {body} }}"));
        let replacement = make.call1(&JsValue::NULL, &original).expect("a function");
        Reflect::set(&class, &method.into(), &replacement).expect("replaced");
        Self {
            class,
            method,
            original,
        }
    }
}

impl Drop for ReplacedMethod {
    fn drop(&mut self) {
        Reflect::set(&self.class, &self.method.into(), &self.original).expect("restored");
    }
}

/// Leaves the page's own database alone.
const ONLY_TESTS: &str =
    "if (!this.transaction.db.name.startsWith('test-')) return original.apply(this, arguments);";

#[wasm_bindgen_test]
async fn edit_waits_while_the_disk_is_full_and_is_stored_later() {
    let name = unique_name();
    let database = open(&name).await;
    store(&database, create("1", "Liver", &["a:D"])).await;
    let before = only_record(&database).await;
    {
        let full = format!("{ONLY_TESTS} throw new DOMException('full', 'QuotaExceededError');");
        let _full = ReplacedMethod::new("IDBObjectStore", "put", &full);
        for edit in [add("1", &["b:D"]), rename("1", "Liver", "Leber")] {
            expect_unsaved(&database, edit, StorageError::Full).await;
        }
        assert_eq!(database.apply_pending().await, Err(StorageError::Full));
        assert_eq!(
            only_record(&database).await,
            before,
            "nothing is half written"
        );
    }
    database.apply_pending().await.expect("stored");
    let after = only_record(&open(&name).await).await.collection;
    assert_eq!(
        (after.name.as_str(), after.members),
        ("Leber", texts(&["a:D", "b:D"]))
    );
}

#[wasm_bindgen_test]
async fn waiting_edit_is_stored_before_the_next_edit() {
    let database = open(&unique_name()).await;
    {
        let full = format!("{ONLY_TESTS} throw new DOMException('full', 'QuotaExceededError');");
        let _full = ReplacedMethod::new("IDBObjectStore", "put", &full);
        expect_unsaved(
            &database,
            create("1", "Liver", &["a:D"]),
            StorageError::Full,
        )
        .await;
    }
    assert_eq!(store(&database, add("1", &["b:D"])).await, 1);
    assert_eq!(
        only_record(&database).await.collection.members,
        texts(&["a:D", "b:D"])
    );
    assert_eq!(database.apply_pending().await, Ok(()));
    assert_eq!(records(&database).await.len(), 1, "created once");
}

#[wasm_bindgen_test]
async fn edit_of_an_aborted_transaction_is_not_reported_as_stored() {
    let name = unique_name();
    let database = open(&name).await;
    store(&database, create("1", "Liver", &["a:D"])).await;
    {
        // The browser accepts the value and aborts afterwards, as it does when the disk becomes
        // full.
        let late = format!(
            "{ONLY_TESTS} const request = original.apply(this, arguments), transaction = this.transaction;
             request.onsuccess = () => transaction.abort();
             return request;"
        );
        let _late = ReplacedMethod::new("IDBObjectStore", "put", &late);
        expect_unsaved(&database, add("1", &["b:D"]), StorageError::Full).await;
    }
    assert_eq!(
        only_record(&database).await.collection.members,
        texts(&["a:D"])
    );
    database.apply_pending().await.expect("stored");
    assert_eq!(
        only_record(&database).await.collection.members,
        texts(&["a:D", "b:D"])
    );
}

#[wasm_bindgen_test]
async fn transaction_of_an_edit_asks_for_strict_durability() {
    let database = open(&unique_name()).await;
    let asked = js_sys::Array::new();
    Reflect::set(&js_sys::global(), &"durabilities".into(), &asked).expect("set");
    {
        let note = "const transaction = original.apply(this, arguments);
                    durabilities.push(transaction.durability);
                    return transaction;";
        let _spy = ReplacedMethod::new("IDBDatabase", "transaction", note);
        store(&database, create("1", "Liver", &[])).await;
    }
    assert_eq!(asked.join(" "), "strict");
}

#[wasm_bindgen_test]
async fn edit_waits_until_the_browser_has_a_database() {
    let name = unique_name();
    let database = LocalDatabase::new(&name, |_| ());
    {
        let refuse = "throw new DOMException('private window', 'SecurityError');";
        let _refused = ReplacedMethod::new("IDBFactory", "open", refuse);
        assert_eq!(database.open().await, Err(StorageError::Unavailable));
        let create = create("1", "Liver", &["a:D"]);
        expect_unsaved(&database, create, StorageError::Unavailable).await;
    }
    database.open().await.expect("a database");
    database.apply_pending().await.expect("stored");
    assert_eq!(
        only_record(&open(&name).await).await.collection.name,
        "Liver"
    );
}

#[wasm_bindgen_test]
async fn edit_of_a_missing_collection_is_refused_even_while_others_wait() {
    let database = LocalDatabase::new(&unique_name(), |_| ());
    database
        .apply(create("1", "Liver", &[]))
        .await
        .expect("waits");
    database.open().await.expect("a database");
    let missing = database.apply(rename("no such", "", "Name")).await;
    assert_eq!(missing, Err(EditError::Gone));
    database.apply_pending().await.expect("stored");
    assert_eq!(only_record(&database).await.collection.name, "Liver");
}
