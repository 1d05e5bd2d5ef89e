//! Numbers and dates in the browser's locale, and plurals.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;

/// In characters.
const LABEL_LENGTH: usize = 80;

thread_local! {
    // Creating a formatter takes far longer than using it.
    static NUMBER: Function = Intl::NumberFormat::new(&Array::new(), &Object::new()).format();
    static DATE: Function = date_format(&[("dateStyle", "medium")]);
    static DATE_TIME: Function = date_format(&[("dateStyle", "medium"), ("timeStyle", "short")]);
}

fn date_format(style: &[(&str, &str)]) -> Function {
    let options = Object::new();
    for (key, value) in style {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn apply(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

pub fn number(n: u64) -> String {
    NUMBER
        .with(|format| apply(format, &JsValue::from(n)))
        .unwrap_or_else(|| n.to_string())
}

/// Stands behind the first items of a list.
pub fn and_more(rest: u64) -> String {
    format!("and {} more", number(rest))
}

/// The date in the time zone of the browser.
pub fn date(at: Timestamp) -> String {
    in_words(&DATE, at)
}

pub fn date_time(at: Timestamp) -> String {
    in_words(&DATE_TIME, at)
}

fn in_words(format: &'static std::thread::LocalKey<Function>, at: Timestamp) -> String {
    let stamp = at.to_rfc3339();
    let date = Date::new(&JsValue::from_str(&stamp));
    format.with(|format| apply(format, &date)).unwrap_or(stamp)
}

pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

pub fn traits(n: u64) -> String {
    count(n, "trait", "traits")
}

pub fn collections(n: u64) -> String {
    count(n, "collection", "collections")
}

/// Lower case without accents, for searching and sorting. The browser converts text that is not
/// ASCII, because the tables that Rust needs for it would add 5 kB to the page; in native tests
/// accents stay.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    let folded = {
        let decomposed = js_sys::JsString::from(text).normalize("NFD");
        let lower_case = String::from(decomposed.to_lower_case());
        // Combining diacritical marks.
        lower_case.replace(|mark: char| ('\u{300}'..='\u{36f}').contains(&mark), "")
    };
    #[cfg(not(target_arch = "wasm32"))]
    let folded = text.to_lowercase();
    folded
}

/// A name cut to the length of a label or window title.
pub fn short(name: &str) -> String {
    let name = name.trim();
    match name.char_indices().nth(LABEL_LENGTH) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
