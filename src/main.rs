//! Makes the phone and mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    use demo_app_rust::{account::mock, app, screens::Choices, world};
    let choices = Choices { own_numbers: mock::OWN_NUMBERS, dispositions: mock::DISPOSITIONS };
    yew::Renderer::<app::App>::with_props(app::AppProps { cti: world::start(), choices }).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a web page: run `cargo xtask serve`");
}
