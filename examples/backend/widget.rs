//! The widget with the log-in of this back end, and with the mock phone system. The back end serves it, so both have one origin,
//! and the page's policy needs no change. A fork does the same in its `src/providers.rs`.

#[cfg(target_arch = "wasm32")]
fn main() {
    use demo_app_rust::account::FetchAuth;
    use demo_app_rust::providers::Providers;
    use demo_app_rust::telephony::MockTelephony;
    use std::rc::Rc;
    demo_app_rust::app::start(Providers {
        auth: Rc::new(FetchAuth { server: "" }),
        telephony: Rc::new(MockTelephony::default()),
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: build it for wasm32-unknown-unknown");
}
