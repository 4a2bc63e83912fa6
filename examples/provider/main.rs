//! A whole provider, as a fork writes it: a phone system with a browser SDK, and the log-in by fetch that the widget has.
//!
//! `sdk.js` stands for the provider's SDK and `sdk.rs` has its types; `telephony.rs` implements the trait of the widget. A fork moves
//! the three files into `src/providers/`, where `demo_app_rust::` becomes `crate::` and the path of `sdk.js` counts from the root of the
//! crate, and declares and names the providers in `src/providers.rs`, as [`providers`] does; here they are passed to the app. The
//! tests in `tests/contract` check both.

#[cfg(target_arch = "wasm32")]
mod sdk;
#[cfg(target_arch = "wasm32")]
mod telephony;

#[cfg(target_arch = "wasm32")]
fn providers() -> demo_app_rust::providers::Providers {
    use std::rc::Rc;
    demo_app_rust::providers::Providers {
        auth: Rc::new(demo_app_rust::account::FetchAuth { server: "https://voice.example.com" }),
        telephony: Rc::new(telephony::VoiceTelephony::new()),
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    demo_app_rust::app::start(providers());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: build it for wasm32-unknown-unknown");
}
