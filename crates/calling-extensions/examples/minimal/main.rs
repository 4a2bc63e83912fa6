//! A widget with a button for each message of the protocol, without a phone and without a framework.
//!
//! `cargo xtask build` builds this program and its page, `index.html`, into `dist/minimal/`. Parameters of the page's address:
//! `enforceButtonsOrder=true` enables only the buttons that make sense next. `usesCallingWindow` and `iframeLocation` are used
//! until the host has sent its own values.

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
#[path = "../shared/page.rs"]
mod page;
#[cfg(target_arch = "wasm32")]
mod state;

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::start();
}
