#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
//! # Modules
//!
//! 1. [`message`]: the messages, one enum for each direction, and one struct for each payload.
//! 2. [`session`]: the handshake and the rules of delivery, without a browser. The protocol is implemented here.
//! 3. [`origin`]: which pages are accepted as the host.
//! 4. [`codec`]: conversion of posted values to [`codec::Value`] and to the payloads.
//! 5. `guest` and `host` (only for wasm32): the connection to the browser. A widget uses `guest::CallingExtensions`, and a page
//!    that embeds widgets uses `host::Host`.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs)]

pub mod codec;
#[cfg(all(feature = "guest", target_arch = "wasm32"))]
mod early;
#[cfg(all(feature = "guest", target_arch = "wasm32"))]
pub mod guest;
#[cfg(all(feature = "host", target_arch = "wasm32"))]
pub mod host;
pub mod message;
pub mod origin;
#[cfg(any(feature = "guest", feature = "host"))]
pub mod session;
#[cfg(all(any(feature = "guest", feature = "host"), target_arch = "wasm32"))]
mod window;

/// The examples of the README. Two of them are programs for the browser: they are compiled for wasm32, the others run on this machine.
#[cfg(all(doctest, feature = "guest", feature = "host", feature = "serde"))]
#[doc = include_str!("../README.md")]
mod readme {}
