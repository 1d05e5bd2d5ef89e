//! The order of names as people expect it: "Liver 2" before "Liver 10", and "Étude" beside "Etude".

use js_sys::{Array, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::JsValue;

/// Sorts by names in the order of the browser's language. Equal names keep their order.
pub fn sort_by_name<T>(items: &mut Vec<T>, name: impl Fn(&T) -> &str) {
    let compare = comparison();
    let mut keyed: Vec<(JsValue, T)> = std::mem::take(items)
        .into_iter()
        .map(|item| (JsString::from(name(&item)).into(), item))
        .collect();
    keyed.sort_by(|(one, _), (other, _)| {
        let order = compare.call2(&JsValue::UNDEFINED, one, other);
        let order = order.ok().and_then(|order| order.as_f64());
        order.unwrap_or_default().total_cmp(&0.0)
    });
    items.extend(keyed.into_iter().map(|(_, item)| item));
}

/// Returns the browser's function that compares two texts, with numbers in them by their value.
fn comparison() -> Function {
    let options = Object::new();
    // Setting a property of a new object cannot fail.
    let _ = Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
    Intl::Collator::new(&Array::new(), &options).compare()
}
