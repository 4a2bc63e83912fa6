//! The components in a real browser.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod icon;
mod menu;
mod page;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
