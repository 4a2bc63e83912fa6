#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
//! # Modules
//!
//! 1. [`message`]: the messages, one enum for each direction, and one struct for each payload.
//! 2. [`session`]: the handshake and the rules of delivery, without a browser. The protocol is implemented here.
//! 3. [`origin`]: which pages are accepted as the host.
//! 4. [`codec`]: conversion of posted values to [`codec::Value`] and to the payloads.
//! 5. `guest` and `host` (only for wasm32): the connection to the browser. A widget uses `guest::CallingExtensions`, and a page
//!    that embeds widgets uses `host::Host`.
//!
//! # A session without a browser
//!
//! ```
//! use calling_extensions::codec::{Map, Value};
//! use calling_extensions::message::{GuestMessage, Initialized, Message};
//! use calling_extensions::origin::AllowedOrigins;
//! use calling_extensions::session::{Event, GuestConfig, GuestSession, Incoming, Output};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let own_origin = "https://widget.example";
//! let mut session = GuestSession::new(GuestConfig {
//!     seed: "1".into(),
//!     own_origin: own_origin.into(),
//!     allowed: AllowedOrigins::for_widget_at(own_origin),
//!     debug_mode: false,
//!     framed: true,
//! });
//! // A message that is sent before the handshake waits for it.
//! let initialized = GuestMessage::Initialized(Initialized { is_logged_in: Some(true), ..Default::default() });
//! assert!(session.send(initialized.kind(), initialized.data())?.is_empty());
//!
//! let mut sync = Map::new();
//! sync.set("type", "SYNC");
//! sync.set("messageId", "1700000000000_1700000000001");
//! sync.set("hostUrl", "https://app.hubspot.com");
//! let outputs = session.receive(&Incoming {
//!     origin: "https://app.hubspot.com",
//!     from_peer: true,
//!     read: &|| Ok(Value::Map(sync.clone())),
//! });
//! let [Output::Post { message: answer, .. }, Output::Post { message: first, .. }, Output::Raise(Event::Ready(_))] =
//!     &outputs[..]
//! else {
//!     return Err("unexpected outputs".into());
//! };
//! assert_eq!(answer.get("type"), Some(&"SYNC_ACK".into()));
//! assert_eq!(first.get("type"), Some(&"INITIALIZED".into()));
//! # Ok(()) }
//! ```
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
