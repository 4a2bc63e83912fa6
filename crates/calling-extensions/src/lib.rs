//! HubSpot's Calling Extensions protocol: what a calling widget and HubSpot say to each other through
//! `window.postMessage`, typed, for either side, without a framework.
//!
//! It speaks the wire of the npm package `@hubspot/calling-extensions-sdk` 0.9.7 and is stricter about who may speak: a
//! message is read only when it comes from the expected window and an allowed origin, SYNC included.
//!
//! # Reading order
//!
//! 1. [`message`]: what is said, one table for each direction, one struct for each payload.
//! 2. [`session`]: the handshake and the rules of delivery, without a browser; this is where the protocol lives.
//! 3. [`origin`]: who may speak.
//! 4. [`codec`]: from what was posted to [`codec::Value`] and on to the payloads; bounded, lenient and lossless.
//! 5. `guest` and `host`: the thin rim in a browser (wasm32 only). `guest::CallingExtensions` is what a widget holds,
//!    `host::Host` what the page around it holds.
//!
//! The folder `examples/minimal` is a whole widget of buttons, `examples/host` a page that hosts any widget.
//!
//! # A conversation without a browser
//!
//! ```
//! use calling_extensions::codec::{Map, Value};
//! use calling_extensions::message::{Initialized, GuestMessage, Message};
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
//! // Said before the host is there: it waits.
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
//! let [Output::Post { message: answer, .. }, Output::Post { message: said, .. }, Output::Raise(Event::Ready(_))] =
//!     &outputs[..]
//! else {
//!     return Err("the handshake went wrong".into());
//! };
//! assert_eq!(answer.get("type"), Some(&"SYNC_ACK".into()));
//! assert_eq!(said.get("type"), Some(&"INITIALIZED".into()));
//! # Ok(()) }
//! ```
//!
//! # Features
//!
//! `serde` implements `Serialize` and `Deserialize` for [`codec::Value`], [`codec::Id`], every payload and both message enums,
//! to store them or to send them between frames. The names and the lenient reading are those of the protocol; a message is
//! `{"type": …, "data": …}`. The format must be self-describing, such as JSON. Reading gives back what was written, unknown
//! fields and the form of an id included. JSON sets two limits: it has no `NaN` and no infinity (they become null), and
//! `serde_json` reads the last digit of a fraction exactly only with its feature `float_roundtrip`.
#![warn(missing_docs)]

pub mod codec;
#[cfg(target_arch = "wasm32")]
mod early;
#[cfg(target_arch = "wasm32")]
pub mod guest;
#[cfg(target_arch = "wasm32")]
pub mod host;
pub mod message;
pub mod origin;
pub mod session;
#[cfg(target_arch = "wasm32")]
mod window;
