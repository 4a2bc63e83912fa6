//! `calling-simulator serve`: the simulator for a person.

use crate::{
    cli::Serve,
    error::Error,
    pages::Files,
    server::{self, DefaultWidget, Listen},
    widget::Widget,
};
use std::convert::Infallible;

/// Prints the addresses, and serves until the future is dropped.
///
/// # Errors
/// When there are no pages or a port is in use.
pub async fn serve(options: &Serve) -> Result<Infallible, Error> {
    let pages = match &options.pages {
        Some(folder) if options.reload => Files::Watched(folder.clone()),
        folder => Files::simulator(folder.clone())?,
    };
    let listen = options.listen.map_or(Listen::Loopback, Listen::Address);
    // `--port` leaves one after it.
    let widget_port = options.port + 1;
    local_machine::check_port(options.port)?;
    if let Some(Widget::Folder(_)) = options.widget {
        local_machine::check_port(widget_port)?;
    }
    let url = match &options.widget {
        Some(widget) => widget.served(listen, widget_port).await?.to_string(),
        None => String::new(),
    };
    let widget = DefaultWidget { name: options.name.clone(), url };
    let port = server::serve_simulator(pages, widget.clone(), listen, options.port).await.map_err(Error::Server)?;
    let simulator = format!("http://localhost:{port}/simulator/");
    println!("{simulator}    HubSpot Simulator");
    if widget.url.is_empty() {
        println!("Add a widget under \"Call from\", or name one with --widget.");
    } else {
        println!("{}    {}", widget.url, widget.name);
    }
    println!("Ctrl+C stops the server.");
    if options.open
        && let Err(error) = local_machine::open_url(&simulator)
    {
        println!("The browser could not be opened ({error}): open {simulator} yourself.");
    }
    std::future::pending().await
}
