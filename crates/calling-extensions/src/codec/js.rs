//! Conversion between `JsValue` and [`Value`].

use super::{MAX_DEPTH, MAX_TEXT, MAX_VALUES, Map, Unreadable, Value};
use js_sys::{Array, BigInt, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a posted value. Sizes are checked before anything is copied, so a huge message takes no time.
///
/// The value must be the result of structured cloning, as `event.data` is: it has no getters, so reading it runs no foreign code.
///
/// # Errors
/// [`Unreadable`] when a limit is exceeded or the value refers to itself.
pub fn read(value: &JsValue) -> Result<Value, Unreadable> {
    PLAIN
        .with(|plain| Reader { values: MAX_VALUES, text: MAX_TEXT, plain }.value(value, MAX_DEPTH))
        .map(Option::unwrap_or_default)
}

thread_local! {
    /// The prototype of plain objects.
    static PLAIN: Object = Object::get_prototype_of(&Object::new());
}

struct Reader<'a> {
    /// The number of values that may follow.
    values: usize,
    /// The length of text that may follow, in UTF-16 code units.
    text: usize,
    /// The prototype of plain objects.
    plain: &'a Object,
}

impl Reader<'_> {
    /// `None` for undefined.
    fn value(&mut self, value: &JsValue, depth: usize) -> Result<Option<Value>, Unreadable> {
        self.values = self.values.checked_sub(1).ok_or(Unreadable::TooLarge)?;
        // The most frequent types first, as each question is a call into JavaScript.
        Ok(Some(if let Some(text) = value.dyn_ref::<JsString>() {
            Value::Text(self.text(text)?)
        } else if value.is_object() {
            if Array::is_array(value) {
                self.list(value.unchecked_ref(), depth)?
            } else {
                self.map(value.unchecked_ref(), depth)?
            }
        } else if let Some(number) = value.as_f64() {
            Value::Number(number)
        } else if let Some(bool) = value.as_bool() {
            Value::Bool(bool)
        } else if value.is_bigint() {
            big_int(value)
        } else if value.is_undefined() {
            return Ok(None);
        } else {
            Value::Null
        }))
    }

    fn text(&mut self, text: &JsString) -> Result<String, Unreadable> {
        self.text = self.text.checked_sub(text.length() as usize).ok_or(Unreadable::TooLarge)?;
        Ok(String::from(text))
    }

    fn list(&mut self, list: &Array, depth: usize) -> Result<Value, Unreadable> {
        let depth = depth.checked_sub(1).ok_or(Unreadable::TooDeep)?;
        if list.length() as usize > self.values {
            return Err(Unreadable::TooLarge);
        }
        let values: Result<_, _> =
            list.iter().map(|value| self.value(&value, depth).map(Option::unwrap_or_default)).collect();
        values.map(Value::List)
    }

    fn map(&mut self, object: &Object, depth: usize) -> Result<Value, Unreadable> {
        if Object::get_prototype_of(object) != *self.plain {
            return Ok(Value::Null); // A Date, a Map or a buffer: the protocol has no such values.
        }
        let depth = depth.checked_sub(1).ok_or(Unreadable::TooDeep)?;
        let names = Object::keys(object);
        if names.length() as usize > self.values {
            return Err(Unreadable::TooLarge);
        }
        let mut map = Vec::with_capacity(names.length() as usize);
        for name in names.iter() {
            if let Some(value) = self.value(&Reflect::get(object, &name).unwrap_or_default(), depth)? {
                map.push((self.text(name.unchecked_ref())?, value));
            }
        }
        Ok(Value::Map(Map::from_pairs(map)))
    }
}

/// The digits of a BigInt that fits in 64 bits, otherwise null: converting a huge one to text would take seconds.
fn big_int(value: &JsValue) -> Value {
    let number = value.unchecked_ref::<BigInt>();
    if JsValue::from(BigInt::as_int_n(64.0, number)) != *value {
        return Value::Null;
    }
    number.to_string(10).map_or(Value::Null, |digits| Value::Text(String::from(digits)))
}

/// Converts a value for `postMessage`.
pub fn write(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(bool) => JsValue::from_bool(*bool),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(list) => list.iter().map(write).collect::<Array>().into(),
        Value::Map(map) => {
            let pairs: Array =
                map.iter().map(|(name, value)| Array::of2(&JsValue::from_str(name), &write(value))).collect();
            // `Reflect::set` would set the prototype for a field named `__proto__`.
            Object::from_entries(&pairs).map_or(JsValue::NULL, JsValue::from)
        }
    }
}
