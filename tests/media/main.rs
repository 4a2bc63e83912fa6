//! The sound of calls in a real browser, with microphones and speakers that it makes up, and with calls between two connections of
//! the page.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod call;
mod devices;
mod pair;
mod source;
mod stubs;

use std::time::Duration;
use yew::platform::time::sleep;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// How long a test waits, in milliseconds.
const DEADLINE: f64 = 20_000.0;

/// Waits for something to become true; false when the deadline has passed.
async fn becomes_true(mut holds: impl FnMut() -> bool) -> bool {
    let start = js_sys::Date::now();
    while !holds() {
        if js_sys::Date::now() - start > DEADLINE {
            stubs::restore_all();
            return false;
        }
        sleep(Duration::from_millis(10)).await;
    }
    true
}
