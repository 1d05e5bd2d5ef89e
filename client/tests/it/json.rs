//! JSON: values survive writing and reading, and values of another type are refused.

use client::browser::json::{read, write};
use serde::{Deserialize, Serialize};
use shared::api::{CollectionDetail, LocalCollection};
use std::collections::BTreeMap;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Kind {
    Plain,
    #[serde(rename = "with-text")]
    Text(String),
    Fields {
        one: i64,
        two: Option<bool>,
    },
    Pair(u8, u8),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    id: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Everything {
    kinds: Vec<Kind>,
    #[serde(flatten)]
    inner: Inner,
    #[serde(default)]
    missing: Vec<u8>,
    half: f64,
    letter: char,
    unit: (),
    map: BTreeMap<String, Option<i32>>,
}

fn sample() -> Everything {
    Everything {
        kinds: vec![
            Kind::Plain,
            Kind::Text("\u{1F9EC} \"quoted\"\n".to_owned()),
            Kind::Fields { one: -7, two: None },
            Kind::Pair(0, 255),
        ],
        inner: Inner { id: u32::MAX },
        missing: Vec::new(),
        half: -0.5,
        letter: 'ß',
        unit: (),
        map: BTreeMap::from([("a".to_owned(), Some(-1)), (String::new(), None)]),
    }
}

#[wasm_bindgen_test]
fn values_survive_writing_and_reading() {
    let text = write(&sample()).expect("JSON");
    assert_eq!(read(&text), Some(sample()));
}

#[wasm_bindgen_test]
fn unknown_fields_are_ignored_and_missing_fields_take_their_default() {
    let text =
        r#"{"id":1,"kinds":[],"half":2,"letter":"x","unit":null,"map":{},"new":{"deep":[1]}}"#;
    let everything: Everything = read(text).expect("it fits");
    assert_eq!((everything.inner.id, everything.half), (1, 2.0));
}

#[wasm_bindgen_test]
fn values_of_another_type_are_refused() {
    assert_eq!(read::<Inner>("{"), None, "no JSON");
    assert_eq!(read::<Inner>("{}"), None, "a field is missing");
    for id in ["\"1\"", "-1", "4294967296", "0.5", "null", "[1]", "true"] {
        assert_eq!(read::<Inner>(&format!("{{\"id\":{id}}}")), None, "{id}");
    }
    for kind in [
        "\"Unknown\"",
        "\"Text\"",
        "{}",
        "{\"Plain\":1}",
        "{\"with-text\":\"a\",\"Plain\":null}",
        "{\"Pair\":[1]}",
        "5",
        "null",
    ] {
        assert_eq!(read::<Kind>(kind), None, "{kind}");
    }
    assert_eq!(read::<Vec<u8>>("[1,256]"), None);
    assert_eq!(read::<BTreeMap<String, i32>>("[1]"), None);
}

#[wasm_bindgen_test]
fn collections_of_the_api_and_the_database_are_read() {
    let text = r#"{"id":"4b1e7c5e-3c2f-4f5e-9f0a-6f6f0c8d2f11","name":"Liver","created":"2019-11-12T15:27:00Z",
        "changed":"2019-11-12T15:27:00Z","num_members":2,"members":["a:D","ß:D"]}"#;
    let detail: CollectionDetail = read(text).expect("it fits");
    assert_eq!((detail.summary.num_members, detail.members.len()), (2, 2));
    assert_eq!(read::<CollectionDetail>(&text.replace("4b1e", "no")), None);
    assert_eq!(read::<CollectionDetail>(&text.replace("2019-", "x")), None);
    let here: LocalCollection = read(text).expect("it fits");
    assert_eq!(here.members, detail.members);
}
