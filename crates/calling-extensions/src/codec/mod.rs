//! Conversion between posted messages and typed payloads: `JsValue` ⇄ [`Value`] ⇄ payload.
//!
//! Reading is *bounded*: depth and size are checked before anything is copied. It is *lenient*: a number may be sent as text and
//! text as a number, and any field may be null or absent. It is *lossless*: a field that cannot be read is kept and written
//! unchanged.

mod field;
mod id;
#[cfg(all(any(feature = "guest", feature = "host"), target_arch = "wasm32"))]
pub mod js;
mod number;
#[cfg(feature = "serde")]
mod serde_impl;
#[cfg(test)]
mod tests;
mod value;

pub use field::{Field, FieldInfo, Payload};
pub(crate) use field::{FieldReader, payload, put, text_enum};
pub use id::Id;
#[cfg(feature = "serde")]
pub(crate) use serde_impl::{Stored, deserialize_message, put_whole, serialize_message, take_whole};
pub use value::{Map, Value};

/// The maximum nesting depth of a message. A message that is a flat object has depth 1.
pub const MAX_DEPTH: usize = 32;
/// The maximum number of values in a message, nested ones included.
pub const MAX_VALUES: usize = 10_000;
/// The maximum length of all texts and field names of a message together, in UTF-16 code units.
pub const MAX_TEXT: usize = 1 << 20;

/// Why a posted value cannot be read. Such a message is logged and not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is nested more deeply than [`MAX_DEPTH`], or refers to itself.
    #[error("the message is nested more deeply than {MAX_DEPTH} levels or refers to itself")]
    TooDeep,
    /// It has more than [`MAX_VALUES`] values, or more text than [`MAX_TEXT`].
    #[error("the message is larger than {MAX_VALUES} values or {MAX_TEXT} characters")]
    TooLarge,
}
