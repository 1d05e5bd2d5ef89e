//! JSON, and the JavaScript values that JSON can express.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Parses a text. `None` when it is not JSON or does not fit the type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_value(JSON::parse(text).ok()?)
}

/// Writes a value as JSON. `None` only for types that JSON cannot express.
pub fn write(value: &impl Serialize) -> Option<String> {
    JSON::stringify(&to_value(value)?).ok()?.as_string()
}

/// Writes a value as JSON for people: one line per value, indented by two spaces.
pub fn write_readable(value: &impl Serialize) -> Option<String> {
    let indent = JsValue::from_f64(2.0);
    let text = JSON::stringify_with_replacer_and_space(&to_value(value)?, &JsValue::NULL, &indent);
    text.ok()?.as_string()
}

/// Reads a value that [`to_value`] wrote. `None` when it does not fit the type.
pub fn from_value<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

/// Converts a value to plain objects, arrays, strings, numbers and `null`.
pub fn to_value(value: &impl Serialize) -> Option<JsValue> {
    value.serialize(&Serializer::json_compatible()).ok()
}
