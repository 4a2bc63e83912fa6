//! HubSpot's Calling Extensions protocol: the messages that a calling widget (the guest) and HubSpot (the host) exchange through
//! `window.postMessage`. Both sides are implemented, with typed messages and without a framework.
//!
//! The protocol is that of the npm package `@hubspot/calling-extensions-sdk` 0.9.7. This crate is stricter about the sender: a
//! message is read only if it comes from the expected window and an allowed origin, SYNC included.
//!
//! # Modules
//!
//! 1. [`message`]: the messages, one enum for each direction, and one struct for each payload.
//! 2. [`session`]: the handshake and the rules of delivery, without a browser. The protocol is implemented here.
//! 3. [`origin`]: which pages are accepted as the host.
//! 4. [`codec`]: conversion of posted values to [`codec::Value`] and to the payloads.
//! 5. `guest` and `host` (only for wasm32): the connection to the browser. A widget uses `guest::CallingExtensions`, and a page
//!    that embeds widgets uses `host::Host`.
//!
//! `examples/minimal` is a widget with a button for each message, and `examples/host` a page that embeds any widget.
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
//!
//! # Features
//!
//! `serde` implements `Serialize` and `Deserialize` for [`codec::Value`], [`codec::Id`], every payload and both message enums,
//! to store them or to send them between frames. Field names and lenient reading are those of the protocol; a message is
//! `{"type": …, "data": …}`. In addition, DIAL_NUMBER stores its whole original payload as `$context`. The format must be
//! self-describing, such as JSON. What was written is read without loss, unknown fields and the form of an id included. JSON has
//! two limits: `NaN` and infinity become null, and `serde_json` may change the last bit of a fraction unless its feature
//! `float_roundtrip` is enabled.
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
