//! One JSON object as its fields in stored order, each value as the text it was.

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

/// Why a text cannot be read as an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnObject {
    /// Another kind of JSON value.
    #[error("it is not an object")]
    OtherKind,
    /// Begins like an object but is not JSON.
    #[error("it is not valid JSON")]
    Malformed,
}

impl<'a> Object<'a> {
    /// Reads the fields of an object; their values are checked to be JSON but not looked into.
    ///
    /// # Errors
    /// [`NotAnObject`] when `raw` is not exactly one JSON object.
    pub fn parse(raw: &'a str) -> Result<Self, NotAnObject> {
        if !raw.trim_start().starts_with('{') {
            return Err(NotAnObject::OtherKind);
        }
        serde_json::from_str::<Fields<'a>>(raw)
            .map(|fields| Self { fields: fields.0 })
            .map_err(|_| NotAnObject::Malformed)
    }

    /// The text of a field's value. Of a repeated field the last one counts, as in Python.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .rfind(|(field, _)| field == name)
            .map(|(_, value)| value.as_ref())
    }

    /// The value of a field as a slice of the original text; `None` also when it was set since.
    pub fn stored(&self, name: &str) -> Option<&'a str> {
        match self.fields.iter().rfind(|(field, _)| field == name)?.1 {
            Cow::Borrowed(value) => Some(value),
            Cow::Owned(_) => None,
        }
    }

    /// Sets a field to a JSON text, where it stood or else at the end; repetitions go.
    pub fn set(&mut self, name: &str, json: String) {
        self.rename_and_set(name, name, json);
    }

    /// Sets the field `name` to a JSON text; if only `old_name` is there, it takes that one's place.
    pub fn rename_and_set(&mut self, old_name: &str, name: &str, json: String) {
        let place = |wanted: &str| self.fields.iter().position(|(field, _)| field == wanted);
        let Some(place) = place(name).or_else(|| place(old_name)) else {
            self.fields
                .push((Cow::Owned(name.to_owned()), Cow::Owned(json)));
            return;
        };
        self.fields[place] = (Cow::Owned(name.to_owned()), Cow::Owned(json));
        let mut position = 0;
        self.fields.retain(|(field, _)| {
            let keep = position == place || (field != name && field != old_name);
            position += 1;
            keep
        });
    }

    /// The object as text, with the separators that Python writes.
    pub fn to_json(&self) -> String {
        let bytes = |(name, value): &(Cow<'_, str>, Cow<'_, str>)| name.len() + value.len() + 8;
        let bytes: usize = self.fields.iter().map(bytes).sum();
        let mut json = String::with_capacity(bytes + 2);
        json.push('{');
        for (position, (name, value)) in self.fields.iter().enumerate() {
            if position > 0 {
                json.push_str(", ");
            }
            json.push_str(&quoted(name));
            json.push_str(": ");
            json.push_str(value);
        }
        json.push('}');
        json
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Fields<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

/// A name; without escapes it is a slice of the text.
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
    fn values_come_through_with_the_same_digits_and_spaces() {
        let raw =
            r#"{"big": 12345678901234567890123, "tiny": 0.0, "deep": {"a": [1,  {"b": null}]}}"#;
        let object = Object::parse(raw).expect("an object");
        assert_eq!(object.to_json(), raw);
        assert_eq!(object.get("tiny"), Some("0.0"));
    }

    #[test]
    fn a_field_is_set_in_its_place() {
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
    fn a_repeated_field_counts_once_and_the_last_one_wins() {
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
    fn other_values_are_refused() {
        assert_eq!(Object::parse("[]"), Err(NotAnObject::OtherKind));
        assert_eq!(Object::parse("null"), Err(NotAnObject::OtherKind));
        assert_eq!(Object::parse(r#"{"a": NaN}"#), Err(NotAnObject::Malformed));
        assert_eq!(Object::parse(r#"{"a": 1} x"#), Err(NotAnObject::Malformed));
    }
}
