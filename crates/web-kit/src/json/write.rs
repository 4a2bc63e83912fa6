use js_sys::{Array, Object};
use serde::ser::{self, Serialize, Serializer};
use std::fmt::Display;
use wasm_bindgen::JsValue;

use super::{JsonError, to_js};

impl ser::Error for JsonError {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Writes one value.
pub struct Writer;

/// A list that is being written.
pub struct ListWriter {
    list: Array,
    variant: Option<&'static str>,
}

/// An object that is being written.
pub struct ObjectWriter {
    /// Pairs of name and value.
    fields: Array,
    /// The name of the field of a map whose value comes next.
    name: JsValue,
    variant: Option<&'static str>,
}

impl ListWriter {
    fn new(variant: Option<&'static str>) -> Self {
        Self { list: Array::new(), variant }
    }
}

impl ObjectWriter {
    fn new(variant: Option<&'static str>) -> Self {
        Self { fields: Array::new(), name: JsValue::UNDEFINED, variant }
    }

    fn finish(self) -> Result<JsValue, JsonError> {
        with_variant(self.variant, object(&self.fields)?)
    }
}

/// The content of an enum's variant as an object of one field; outside enums the content itself.
fn with_variant(variant: Option<&'static str>, content: JsValue) -> Result<JsValue, JsonError> {
    match variant {
        Some(name) => object(&Array::of1(&Array::of2(&name.into(), &content))),
        None => Ok(content),
    }
}

/// `Reflect::set` would set the prototype for a field named `__proto__`.
fn object(fields: &Array) -> Result<JsValue, JsonError> {
    Object::from_entries(fields).map(JsValue::from).map_err(|_| JsonError)
}

macro_rules! numbers {
    ($($method:ident $type:ty,)*) => {
        $(fn $method(self, number: $type) -> Result<JsValue, JsonError> {
            Ok(JsValue::from_f64(number as f64))
        })*
    };
}

impl Serializer for Writer {
    type Ok = JsValue;
    type Error = JsonError;
    type SerializeSeq = ListWriter;
    type SerializeTuple = ListWriter;
    type SerializeTupleStruct = ListWriter;
    type SerializeTupleVariant = ListWriter;
    type SerializeMap = ObjectWriter;
    type SerializeStruct = ObjectWriter;
    type SerializeStructVariant = ObjectWriter;

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_f32 f32, serialize_f64 f64,
    }

    fn serialize_bool(self, bool: bool) -> Result<JsValue, JsonError> {
        Ok(JsValue::from_bool(bool))
    }

    fn serialize_char(self, character: char) -> Result<JsValue, JsonError> {
        Ok(JsValue::from(String::from(character)))
    }

    fn serialize_str(self, text: &str) -> Result<JsValue, JsonError> {
        Ok(JsValue::from_str(text))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<JsValue, JsonError> {
        Err(JsonError)
    }

    fn serialize_none(self) -> Result<JsValue, JsonError> {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, data: &T) -> Result<JsValue, JsonError> {
        data.serialize(self)
    }

    fn serialize_unit(self) -> Result<JsValue, JsonError> {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<JsValue, JsonError> {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<JsValue, JsonError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, data: &T) -> Result<JsValue, JsonError> {
        data.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        data: &T,
    ) -> Result<JsValue, JsonError> {
        with_variant(Some(variant), data.serialize(self)?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListWriter, JsonError> {
        Ok(ListWriter::new(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWriter, JsonError> {
        Ok(ListWriter::new(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWriter, JsonError> {
        Ok(ListWriter::new(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ListWriter, JsonError> {
        Ok(ListWriter::new(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectWriter, JsonError> {
        Ok(ObjectWriter::new(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectWriter, JsonError> {
        Ok(ObjectWriter::new(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ObjectWriter, JsonError> {
        Ok(ObjectWriter::new(Some(variant)))
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident,)*) => {
        $(impl ser::$trait for ListWriter {
            type Ok = JsValue;
            type Error = JsonError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
                self.list.push(&to_js(value)?);
                Ok(())
            }

            fn end(self) -> Result<JsValue, JsonError> {
                with_variant(self.variant, self.list.into())
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! objects {
    ($($trait:ident)*) => {
        $(impl ser::$trait for ObjectWriter {
            type Ok = JsValue;
            type Error = JsonError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), JsonError> {
                self.fields.push(&Array::of2(&name.into(), &to_js(value)?));
                Ok(())
            }

            fn end(self) -> Result<JsValue, JsonError> {
                self.finish()
            }
        })*
    };
}

objects! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for ObjectWriter {
    type Ok = JsValue;
    type Error = JsonError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), JsonError> {
        self.name = to_js(name)?;
        if self.name.is_string() { Ok(()) } else { Err(JsonError) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.fields.push(&Array::of2(&self.name, &to_js(value)?));
        Ok(())
    }

    fn end(self) -> Result<JsValue, JsonError> {
        self.finish()
    }
}
