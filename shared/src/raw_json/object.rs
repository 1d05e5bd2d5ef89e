//! A JSON object as its fields in stored order, each value as the text it was.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An object whose values are slices of the original text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object<'a> {
    fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// The reason why a text is not an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidObject {
    /// The text is another kind of value.
    #[error("it is not an object")]
    OtherKind,
    /// The text begins like an object but is not JSON.
    #[error("it is not valid JSON")]
    Malformed,
}

impl<'a> Object<'a> {
    /// Reads the fields of an object. Their values are checked to be JSON but not parsed.
    ///
    /// # Errors
    /// [`InvalidObject`] when `raw` is not exactly one JSON object.
    pub fn parse(raw: &'a str) -> Result<Self, InvalidObject> {
        if !raw.trim_start().starts_with('{') {
            return Err(InvalidObject::OtherKind);
        }
        serde_json::from_str::<Fields<'a>>(raw)
            .map(|fields| Self { fields: fields.0 })
            .map_err(|_| InvalidObject::Malformed)
    }

    /// The text of a field's value. The last of repeated fields counts, as in Python.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .rfind(|(field, _)| field == name)
            .map(|(_, value)| value.as_ref())
    }

    /// The value of a field as a slice of the original text, or `None` if the value was set since.
    pub fn stored(&self, name: &str) -> Option<&'a str> {
        match self.fields.iter().rfind(|(field, _)| field == name)?.1 {
            Cow::Borrowed(value) => Some(value),
            Cow::Owned(_) => None,
        }
    }

    /// Sets a field to a JSON text, in its old place or else at the end. Repetitions are removed.
    pub fn set(&mut self, name: &str, json: String) {
        self.rename_and_set(name, name, json);
    }

    /// Sets the field `name` to a JSON text. If only `old_name` exists, `name` replaces it.
    pub fn rename_and_set(&mut self, old_name: &str, name: &str, json: String) {
        let find = |name: &str| self.fields.iter().position(|(field, _)| field == name);
        let Some(set_position) = find(name).or_else(|| find(old_name)) else {
            self.fields
                .push((Cow::Owned(name.to_owned()), Cow::Owned(json)));
            return;
        };
        self.fields[set_position] = (Cow::Owned(name.to_owned()), Cow::Owned(json));
        let mut position = 0;
        self.fields.retain(|(field, _)| {
            let keep = position == set_position || (field != name && field != old_name);
            position += 1;
            keep
        });
    }

    /// Removes every field of this name.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|(field, _)| field != name);
    }

    /// The object as text, with Python's separators.
    pub fn to_json(&self) -> String {
        let fields = self.fields.iter().map(|(name, value)| {
            let name = serde_json::Value::from(name.as_ref());
            format!("{name}: {value}")
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
    }
}

struct Fields<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

/// A field name. Without escapes it is a slice of the text.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    fields.push((name.0, Cow::Borrowed(value.get())));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_digits_and_spaces() {
        let raw =
            r#"{"big": 12345678901234567890123, "tiny": 0.0, "deep": {"a": [1,  {"b": null}]}}"#;
        let object = Object::parse(raw).expect("an object");
        assert_eq!(object.to_json(), raw);
        assert_eq!(object.get("tiny"), Some("0.0"));
    }

    #[test]
    fn field_is_set_in_its_place() {
        let mut object =
            Object::parse(r#"{"a": 1, "created_timestamp": 2, "b": 3}"#).expect("an object");
        object.rename_and_set("created_timestamp", "created", "9".to_owned());
        object.set("a", "8".to_owned());
        object.set("new", "7".to_owned());
        assert_eq!(
            object.to_json(),
            r#"{"a": 8, "created": 9, "b": 3, "new": 7}"#
        );
    }

    #[test]
    fn last_of_repeated_fields_wins() {
        let mut object = Object::parse(
            r#"{"created_timestamp": 0, "n": 1, "created": 2, "n": 3, "created": 4}"#,
        )
        .expect("an object");
        assert_eq!(object.get("n"), Some("3"));
        object.set("n", "5".to_owned());
        object.rename_and_set("created_timestamp", "created", "6".to_owned());
        assert_eq!(object.to_json(), r#"{"n": 5, "created": 6}"#);
    }

    #[test]
    fn value_that_is_no_object_is_refused() {
        assert_eq!(Object::parse("[]"), Err(InvalidObject::OtherKind));
        assert_eq!(Object::parse("null"), Err(InvalidObject::OtherKind));
        assert_eq!(
            Object::parse(r#"{"a": NaN}"#),
            Err(InvalidObject::Malformed)
        );
        assert_eq!(
            Object::parse(r#"{"a": 1} x"#),
            Err(InvalidObject::Malformed)
        );
    }
}
