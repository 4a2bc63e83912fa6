//! The HubSpot Simulator as one program, for widgets in any language: its page is inside.
//!
//! # Reading order
//!
//! 1. [`cli`]: the command line.
//! 2. [`pages`] and [`server`]: the built pages, and how they and a widget's folder are served. [`reload`]: when the page is built
//!    again meanwhile.
//! 3. [`browser`]: Chromium with its driver. [`frame`]: what a user does in a frame of the page.
//! 4. [`selectors`]: where to click in a widget, or how to do the same with the keyboard alone. [`simulator_page`]: runs one scenario in the page.
//! 5. [`run`], [`artifacts`] and [`report`]: all scenarios, what a failure leaves behind, and the reports.

pub mod artifacts;
pub mod browser;
pub mod choice;
pub mod cli;
pub mod error;
pub mod frame;
mod keyboard;
pub mod pages;
pub mod reload;
pub mod report;
pub mod run;
pub mod selectors;
pub mod serve;
pub mod server;
pub mod simulator_page;
pub mod wait;
pub mod widget;
