//! HubSpot's Calling Extensions protocol, guest and host side.
#![warn(missing_docs)]

pub mod codec;
pub mod message;
