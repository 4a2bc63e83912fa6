use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::json::{JsonError, from_str, to_string};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Point,
    Circle(f64),
    Rectangle(f64, f64),
    Named { name: String, note: Option<String> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Id(String);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    id: Id,
    on: bool,
    letter: char,
    small: i8,
    large: u64,
    fraction: f64,
    nothing: Option<u32>,
    something: Option<u32>,
    unit: (),
    pair: (u8, String),
    shapes: Vec<Shape>,
    by_name: BTreeMap<String, Option<bool>>,
}

fn everything() -> Everything {
    Everything {
        id: Id("a\"\\\u{0}\u{2028}é😀".into()),
        on: true,
        letter: '#',
        small: -128,
        large: 1 << 53,
        fraction: -0.1,
        nothing: None,
        something: Some(0),
        unit: (),
        pair: (255, String::new()),
        shapes: vec![
            Shape::Point,
            Shape::Circle(1e300),
            Shape::Rectangle(1.0, 2.5),
            Shape::Named { name: "n".into(), note: None },
        ],
        by_name: [("__proto__".into(), Some(true)), (String::new(), None)].into(),
    }
}

#[track_caller]
fn assert_same_as_serde_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = to_string(value).unwrap();
    assert_eq!(&from_str::<T>(&text).unwrap(), value, "{text}");
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    let other = serde_json::to_string(value).unwrap();
    assert_eq!(&from_str::<T>(&other).unwrap(), value, "{other}");
}

#[test]
fn what_is_written_is_read_again_and_by_serde_json_too() {
    assert_same_as_serde_json(&everything());
    assert_same_as_serde_json(&Vec::<String>::new());
    assert_same_as_serde_json(&Some(Shape::Point));
    assert_same_as_serde_json(&"text".to_owned());
    assert_same_as_serde_json(&serde_json::json!({ "a": [null, true, 0.5, "b", { "__proto__": {} }], "": [] }));
}

#[test]
fn the_text_is_that_of_serde_json() {
    let shapes = everything().shapes;
    assert_eq!(
        to_string(&shapes).unwrap(),
        r#"["Point",{"Circle":1e+300},{"Rectangle":[1,2.5]},{"Named":{"name":"n","note":null}}]"#
    );
    assert_eq!(to_string(&f64::NAN).unwrap(), "null");
}

#[test]
fn unknown_fields_are_ignored_and_optional_ones_may_be_absent() {
    assert_eq!(
        from_str::<Shape>(r#"{"Named":{"later":[1,{}],"name":"n"}}"#),
        Ok(Shape::Named { name: "n".into(), note: None })
    );
}

#[test]
fn another_form_is_an_error() {
    for text in [
        "",
        "{",
        "null",
        "5",
        "[]",
        "{}",
        "\"Line\"",
        r#"{"Circle":null}"#,
        r#"{"Circle":"1"}"#,
        r#"{"Circle":1,"Point":2}"#,
        r#"{"Rectangle":[1]}"#,
        r#"{"Named":{}}"#,
        r#"{"Named":{"name":1}}"#,
    ] {
        assert_eq!(from_str::<Shape>(text), Err(JsonError), "{text}");
    }
    for text in ["-1", "256", "1.5", "true", "\"1\""] {
        assert_eq!(from_str::<u8>(text), Err(JsonError), "{text}");
    }
    assert_eq!(from_str::<char>("\"ab\""), Err(JsonError));
    assert_eq!(from_str::<Vec<u8>>(r#"{"0":1}"#), Err(JsonError));
}

#[test]
fn a_map_with_other_keys_than_texts_has_no_json() {
    assert_eq!(to_string(&BTreeMap::from([((1, 2), 3)])), Err(JsonError));
}
