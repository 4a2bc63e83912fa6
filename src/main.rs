//! Mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<demo_app_rust::app::App>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: run `trunk serve`, or `cargo xtask serve`, which installs what is missing");
}
