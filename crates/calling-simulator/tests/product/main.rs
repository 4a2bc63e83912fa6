//! The program as its users start it. It must have been built with the simulator's pages inside, as `cargo xtask test` does.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod page;
mod program;
mod support;
// The steps are shell scripts for Linux.
#[cfg(target_os = "linux")]
mod workflow;
