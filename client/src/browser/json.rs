//! JSON by the browser's own reader and writer: one for the Rust side would add 15 kB to the page.

mod reader;

use js_sys::JSON;
use reader::Reader;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Reads a text; `None` when it is not JSON or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_value(JSON::parse(text).ok()?)
}

/// Writes a text. `None` only for types that JSON cannot hold.
pub fn write(value: &impl Serialize) -> Option<String> {
    JSON::stringify(&to_value(value)?).ok()?.as_string()
}

/// Writes a text that people may read too: a line for each value, indented by two spaces.
pub fn write_readable(value: &impl Serialize) -> Option<String> {
    let indent = JsValue::from_f64(2.0);
    let text = JSON::stringify_with_replacer_and_space(&to_value(value)?, &JsValue::NULL, &indent);
    text.ok()?.as_string()
}

/// Reads what [`to_value`] wrote; `None` when it is of another type.
pub fn from_value<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    T::deserialize(Reader(value)).ok()
}

/// The value as JavaScript holds what JSON can say.
pub fn to_value(value: &impl Serialize) -> Option<JsValue> {
    value.serialize(&Serializer::json_compatible()).ok()
}
