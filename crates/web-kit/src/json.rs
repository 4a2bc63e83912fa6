//! JSON of every type that serde knows. In a page the browser's own `JSON` reads and writes the text, as a parser in the program
//! is much larger; elsewhere, as in unit tests, `serde_json` does the same.
//!
//! Numbers are those of JavaScript: integers beyond 2⁵³ lose their last digits, `NaN` and infinity become null.

use serde::{Serialize, de::DeserializeOwned};

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
    return js_sys::JSON::parse(text)
        .map_err(|_| JsonError)
        .and_then(|value| serde_wasm_bindgen::from_value(value).map_err(|_| JsonError));
    #[cfg(not(target_arch = "wasm32"))]
    return serde_json::from_str(text).map_err(|_| JsonError);
}

/// Writes a value as JSON text.
///
/// # Errors
///
/// When the type has no form in JSON, as maps whose keys are not texts.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, JsonError> {
    #[cfg(target_arch = "wasm32")]
    return value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|_| JsonError)
        .and_then(|value| js_sys::JSON::stringify(&value).map_err(|_| JsonError))
        .map(String::from);
    #[cfg(not(target_arch = "wasm32"))]
    return serde_json::to_string(value).map_err(|_| JsonError);
}
