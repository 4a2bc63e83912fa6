//! The widget: what a person sees, and what touches the browser.
//!
//! Reading order: the `call-model` crate (what can be true and what can happen), then [`runtime`] (how it is worked off),
//! [`hooks`] (how components come by it), [`app`] (from state to screen), [`screens`]. The seams of a fork are
//! [`telephony`] and [`account`]; [`world`] ties them, the bridge to HubSpot and the browser together.

pub mod account;
pub mod app;
pub mod components;
#[cfg(target_arch = "wasm32")]
mod frames;
pub mod hooks;
#[cfg(target_arch = "wasm32")]
mod keeping;
#[cfg(target_arch = "wasm32")]
mod microphone;
pub mod runtime;
pub mod screens;
pub mod sound;
pub mod telephony;
pub mod texts;
pub mod theme;
#[cfg(target_arch = "wasm32")]
pub mod world;
