//! The widget: a phone in HubSpot.
//!
//! Reading order: the crate `call-model` (what can be true and what can happen), [`app`] (from the state to the screen),
//! [`screens`], [`hooks`] (how components get the state and the verbs), [`runtime`] (the loop behind it). What a fork replaces is in
//! [`telephony`], [`account`], [`providers`] and [`config`].

pub mod account;
pub mod app;
pub mod components;
pub mod config;
pub mod hooks;
pub mod i18n;
pub mod providers;
pub mod runtime;
pub mod screens;
pub mod telephony;
pub mod theme;
mod timers;
