//! Makes the phone and mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    use demo_app_rust::{app, world};
    yew::Renderer::<app::App>::with_props(app::Props { cti: world::start() }).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: run `cargo xtask serve`");
}
