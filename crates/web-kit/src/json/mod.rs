//! JSON of every type that serde knows. In a page the browser's own `JSON` reads and writes the text: a parser of its own makes a
//! program much larger, and so do errors that say where they are, as those of `serde-wasm-bindgen` do. In other programs, such as
//! unit tests, `serde_json` does the same.
//!
//! Numbers are those of JavaScript: integers beyond 2⁵³ lose their last digits, `NaN` and infinity become null.

#[cfg(target_arch = "wasm32")]
mod read;
#[cfg(target_arch = "wasm32")]
mod write;

use serde::{Serialize, de::DeserializeOwned};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue;

/// A text is not JSON or does not have the form of its type, or a value has no form in JSON.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("this is not JSON of the expected form")]
pub struct JsonError;

/// Reads a value from JSON text. Fields that the type does not have are ignored.
///
/// # Errors
///
/// When the text is not JSON, or does not have the form of this type.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JSON::parse(text).map_err(|_| JsonError).and_then(from_js);
    #[cfg(not(target_arch = "wasm32"))]
    return serde_json::from_str(text).map_err(|_| JsonError);
}

/// Writes a value as JSON text.
///
/// # Errors
///
/// When the type has no form in JSON: bytes, and maps whose keys are not texts.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, JsonError> {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JSON::stringify(&to_js(value)?).map(String::from).map_err(|_| JsonError);
    #[cfg(not(target_arch = "wasm32"))]
    return serde_json::to_string(value).map_err(|_| JsonError);
}

/// Reads a value from the object that its JSON stands for.
#[cfg(target_arch = "wasm32")]
fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsonError> {
    T::deserialize(read::Json(value))
}

/// Writes a value as the object that its JSON stands for.
#[cfg(target_arch = "wasm32")]
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsonError> {
    value.serialize(write::Writer)
}
