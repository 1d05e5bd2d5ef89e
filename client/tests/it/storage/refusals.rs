//! A browser that does not store what it should. What it throws is what browsers throw; all else is its own.

use super::*;
use js_sys::{Function, Reflect};

/// Breaks a method of the browser's database until it drops.
struct Broken {
    class: JsValue,
    method: &'static str,
    whole: JsValue,
}

impl Broken {
    /// `body` is what the method does instead; `whole` in it is the method as it was.
    fn new(class: &str, method: &'static str, body: &str) -> Self {
        let class = Reflect::get(&js_sys::global(), &class.into()).expect("a class");
        let class = Reflect::get(&class, &"prototype".into()).expect("a prototype");
        let whole = Reflect::get(&class, &method.into()).expect("a method");
        let make = Function::new_with_args("whole", &format!("return function () {{ {body} }}"));
        let broken = make.call1(&JsValue::NULL, &whole).expect("a function");
        Reflect::set(&class, &method.into(), &broken).expect("replaced");
        Self {
            class,
            method,
            whole,
        }
    }
}

impl Drop for Broken {
    fn drop(&mut self) {
        Reflect::set(&self.class, &self.method.into(), &self.whole).expect("mended");
    }
}

/// Other tests run at other times, but the page's own database must not be hit.
const ONLY_TESTS: &str =
    "if (!this.transaction.db.name.startsWith('test-')) return whole.apply(this, arguments);";

#[wasm_bindgen_test]
async fn a_full_disk_keeps_the_change_and_stores_it_later() {
    let name = fresh_name();
    let store = open(&name).await;
    stored(&store, "1", create("Liver", &["a:D"])).await;
    let before = only(&store).await;
    {
        let full = format!("{ONLY_TESTS} throw new DOMException('full', 'QuotaExceededError');");
        let _full = Broken::new("IDBObjectStore", "put", &full);
        for what in [add(&["b:D"]), rename("Liver", "Leber")] {
            let answer = change(&store, "1", what).await;
            assert_eq!(answer, Ok(Done::Waits(StorageError::Full)));
        }
        assert_eq!(store.save().await, Err(StorageError::Full));
        assert_eq!(only(&store).await, before, "nothing half written");
    }
    store.save().await.expect("stored");
    let after = only(&open(&name).await).await.collection;
    assert_eq!(
        (after.name.as_str(), after.members),
        ("Leber", texts(&["a:D", "b:D"]))
    );
}

#[wasm_bindgen_test]
async fn what_waits_goes_first_with_the_next_change() {
    let store = open(&fresh_name()).await;
    {
        let full = format!("{ONLY_TESTS} throw new DOMException('full', 'QuotaExceededError');");
        let _full = Broken::new("IDBObjectStore", "put", &full);
        let answer = change(&store, "1", create("Liver", &["a:D"])).await;
        assert_eq!(answer, Ok(Done::Waits(StorageError::Full)));
    }
    assert_eq!(stored(&store, "1", add(&["b:D"])).await, 1);
    assert_eq!(
        only(&store).await.collection.members,
        texts(&["a:D", "b:D"])
    );
    assert!(matches!(store.save().await, Ok(Done::Stored { .. })));
    assert_eq!(records(&store).await.len(), 1, "made once");
}

#[wasm_bindgen_test]
async fn a_transaction_that_the_browser_gives_up_is_not_reported_as_stored() {
    let name = fresh_name();
    let store = open(&name).await;
    stored(&store, "1", create("Liver", &["a:D"])).await;
    {
        // It takes the value, and aborts afterwards, as it does when the disk is full at the end.
        let late = format!(
            "{ONLY_TESTS} const request = whole.apply(this, arguments), transaction = this.transaction;
             request.onsuccess = () => transaction.abort();
             return request;"
        );
        let _late = Broken::new("IDBObjectStore", "put", &late);
        let answer = change(&store, "1", add(&["b:D"])).await;
        assert_eq!(answer, Ok(Done::Waits(StorageError::Full)));
    }
    assert_eq!(only(&store).await.collection.members, texts(&["a:D"]));
    store.save().await.expect("stored");
    assert_eq!(
        only(&store).await.collection.members,
        texts(&["a:D", "b:D"])
    );
}

#[wasm_bindgen_test]
async fn every_change_asks_for_strict_durability() {
    let store = open(&fresh_name()).await;
    let asked = js_sys::Array::new();
    Reflect::set(&js_sys::global(), &"durabilities".into(), &asked).expect("set");
    {
        let note = "const transaction = whole.apply(this, arguments);
                    durabilities.push(transaction.durability);
                    return transaction;";
        let _noted = Broken::new("IDBDatabase", "transaction", note);
        stored(&store, "1", create("Liver", &[])).await;
    }
    assert_eq!(asked.join(" "), "strict");
}

#[wasm_bindgen_test]
async fn a_browser_without_a_database_keeps_changes_until_it_has_one() {
    let name = fresh_name();
    let store = Store::new(&name, |_| ());
    {
        let refuse = "throw new DOMException('private window', 'SecurityError');";
        let _refused = Broken::new("IDBFactory", "open", refuse);
        assert_eq!(store.open().await, Err(StorageError::Unavailable));
        let answer = change(&store, "1", create("Liver", &["a:D"])).await;
        assert_eq!(answer, Ok(Done::Waits(StorageError::Unavailable)));
    }
    store.open().await.expect("a database");
    store.save().await.expect("stored");
    assert_eq!(only(&open(&name).await).await.collection.name, "Liver");
}

#[wasm_bindgen_test]
async fn a_change_of_nothing_is_refused_even_when_others_wait() {
    let store = Store::new(&fresh_name(), |_| ());
    change(&store, "1", create("Liver", &[]))
        .await
        .expect("waits");
    store.open().await.expect("a database");
    let missing = change(&store, "no such", rename("", "Name")).await;
    assert_eq!(missing, Err(StorageError::NotFound));
    store.save().await.expect("stored");
    assert_eq!(only(&store).await.collection.name, "Liver");
}
