//! HubSpot's Calling Extensions protocol, guest and host side.
#![warn(missing_docs)]

pub mod codec;
#[cfg(target_arch = "wasm32")]
pub mod guest;
#[cfg(target_arch = "wasm32")]
pub mod host;
pub mod message;
pub mod origin;
pub mod session;
#[cfg(target_arch = "wasm32")]
mod window;
