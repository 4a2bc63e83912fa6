use crate::page;
use calling_extensions::{
    codec::{Payload, Value, js},
    host::{Host, HostEvent, Options},
    message::{GuestMessage, Size, Sync},
};
use std::{cell::OnceCell, rc::Rc};

pub fn start() {
    let host = Rc::new(OnceCell::new());
    match open(&host) {
        Ok(opened) => _ = host.set(opened),
        Err(error) => page::log("error", "", "", &error),
    }
    page::on_click(move |id| {
        let Some(host) = host.get() else { return };
        if let Err(error) = click(host, id) {
            page::log("error", "", "", &error);
        }
    });
}

fn open(host: &Rc<OnceCell<Host>>) -> Result<Host, String> {
    let url = page::parameter("guest").ok_or("the address needs the URL of a widget: ?guest=https://…")?;
    let container = page::by_id("widget").ok_or("the page has no element for the widget")?;
    let for_events = Rc::downgrade(host);
    Options::new()
        .debug_mode(true)
        .sync(sync())
        .observer(page::log_traffic)
        .open(&container, &url, &Size::new(400.0, 650.0), move |event| {
            let host = for_events.upgrade();
            handle(host.as_ref().and_then(|host| host.get()), event);
        })
        .map_err(|error| error.to_string())
}

/// The further fields of SYNC, from `?sync={"portalId": …}`.
fn sync() -> Sync {
    let json = page::parameter("sync").and_then(|json| js_sys::JSON::parse(&json).ok());
    match json.and_then(|json| js::read(&json).ok()) {
        Some(Value::Map(fields)) => Sync::from_map(&fields),
        _ => Sync::default(),
    }
}

fn handle(host: Option<&Host>, event: HostEvent) {
    match event {
        HostEvent::Ready { version, .. } => page::log("event", "READY", "", &version.unwrap_or_default()),
        HostEvent::Message(message) => {
            if let (GuestMessage::ResizeWidget(size), Some(host)) = (&message, host) {
                host.resize(size);
            }
            page::log_typed(&message);
        }
        HostEvent::Unknown { kind, .. } => page::log("event", &kind, "", "unknown"),
        HostEvent::SyncAckFailed => page::log("event", "SYNC_ACK_FAILED", "", "the widget did not answer"),
        HostEvent::Lost => page::log("event", "LOST", "", "the session with the widget has ended"),
        HostEvent::Moves { url } => page::log("event", "MOVES", "", &url),
    }
}

fn click(host: &Host, id: &str) -> Result<(), String> {
    let message = page::json_of("message")?;
    if id == "sendraw" {
        host.send_raw(&message);
        return Ok(());
    }
    let message = js::read(&message).map_err(|error| error.to_string())?;
    let kind = message.get("type").and_then(Value::as_text).ok_or("a message needs a type")?;
    host.send_message(kind, message.get("data").cloned()).map_err(|error| error.to_string())
}
