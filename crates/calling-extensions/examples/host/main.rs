//! A page that embeds any widget, as HubSpot does. `?guest=` is the URL of the widget. The user types the messages to the widget;
//! the log shows all messages.

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
#[path = "../shared/page.rs"]
mod page;

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::start();
}
