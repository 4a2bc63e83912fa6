//! Mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    demo_app_rust::app::start(demo_app_rust::providers::Providers::new());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: run `trunk serve`, or `cargo xtask serve`, which installs what is missing");
}
