//! The components and the browser APIs in a real browser.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod channel;
mod icon;
mod json;
mod locks;
mod menu;
mod page;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
