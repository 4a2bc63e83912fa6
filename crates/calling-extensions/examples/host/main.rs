//! A page that hosts any widget: `?guest=URL` is the widget's address. What HubSpot says is typed in; what the widget says
//! stands in the log.

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
#[path = "../shared/page.rs"]
mod page;

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::start();
}
