//! Numbers and dates in the browser's locale, and plurals.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;

/// How much of a name a label or a window title carries, in characters.
const LABEL_LENGTH: usize = 80;

thread_local! {
    // Making a formatter takes far longer than using it.
    static NUMBER: Function = Intl::NumberFormat::new(&Array::new(), &Object::new()).format();
    static DATE: Function = date_format(&[("dateStyle", "medium")]);
    static DATE_TIME: Function = date_format(&[("dateStyle", "medium"), ("timeStyle", "short")]);
}

fn date_format(style: &[(&str, &str)]) -> Function {
    let options = Object::new();
    for (key, value) in style {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn apply(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// A count with the separators of the browser's locale.
pub fn number(n: u64) -> String {
    NUMBER
        .with(|format| apply(format, &JsValue::from(n)))
        .unwrap_or_else(|| n.to_string())
}

/// The day of a point in time, in the browser's time zone.
pub fn date(at: Timestamp) -> String {
    in_words(&DATE, at)
}

/// The day and minute of a point in time, in the browser's time zone.
pub fn date_time(at: Timestamp) -> String {
    in_words(&DATE_TIME, at)
}

fn in_words(format: &'static std::thread::LocalKey<Function>, at: Timestamp) -> String {
    let stamp = at.to_rfc3339();
    let date = Date::new(&JsValue::from_str(&stamp));
    format.with(|format| apply(format, &date)).unwrap_or(stamp)
}

/// A count with its noun: `1 trait`, `2 traits`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// So many traits.
pub fn traits(n: u64) -> String {
    count(n, "trait", "traits")
}

/// So many collections.
pub fn collections(n: u64) -> String {
    count(n, "collection", "collections")
}

/// A text without regard to case, to search and sort by. The browser folds what is not ASCII: Rust's tables for that
/// would add 5 kB to the page.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    return text.to_lowercase();
}

/// A name short enough for a label or a window title.
pub fn short(name: &str) -> String {
    let name = name.trim();
    match name.char_indices().nth(LABEL_LENGTH) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
