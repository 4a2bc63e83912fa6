//! Between what a window posts and what a program reads: `JsValue` ⇄ [`Value`] ⇄ typed payloads.
//!
//! Three properties hold throughout. *Bounded*: depth and size are limited before anything is copied. *Lenient*: a number
//! may come as text and text as a number, and any field may be null or absent. *Lossless*: what is not understood is kept
//! and written back as it came.

mod field;
mod id;
#[cfg(target_arch = "wasm32")]
pub mod js;
mod number;
#[cfg(feature = "serde")]
mod serde_impl;
#[cfg(test)]
mod tests;
mod value;

pub use field::{Field, Payload};
pub(crate) use field::{payload, put, take, text_enum};
pub use id::Id;
#[cfg(feature = "serde")]
pub(crate) use serde_impl::{Stored, deserialize_message, put_whole, serialize_message, take_whole};
pub use value::{Map, Value};

/// How deep a message may nest: an object in an object in an object … this many times.
pub const MAX_DEPTH: usize = 32;
/// How many values one message may hold in all.
pub const MAX_VALUES: usize = 10_000;
/// How many UTF-16 units the texts and names of one message may have together.
pub const MAX_TEXT: usize = 1 << 20;

/// Why a value that was posted cannot be read. It is logged and gets no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It nests deeper than [`MAX_DEPTH`], or is cyclic.
    #[error("the message nests deeper than {MAX_DEPTH} levels or refers to itself")]
    TooDeep,
    /// It has more than [`MAX_VALUES`] values or more than [`MAX_TEXT`] of text.
    #[error("the message is larger than {MAX_VALUES} values or {MAX_TEXT} characters")]
    TooLarge,
}
