//! The whole protocol on one page of buttons: a widget without a phone and without a framework.
//!
//! `index.html` beside this file is the page; `cargo xtask build` puts both into `dist/minimal/`. In the page's address
//! `enforceButtonsOrder=true` offers only the buttons that make sense next, and `usesCallingWindow` and `iframeLocation` say
//! where the page is shown until the host does.

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
