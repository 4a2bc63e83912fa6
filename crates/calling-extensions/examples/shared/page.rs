//! Functions that both example pages use: the log, clicks, and parameters of the page's address.

use calling_extensions::codec::js;
use calling_extensions::guest::{Flow, Traffic};
use calling_extensions::message::Message;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, HtmlTextAreaElement, UrlSearchParams};

/// Longer messages, in UTF-16 code units, are not shown in the log.
const MAX_SHOWN: usize = 20_000;

pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// A parameter of the page's address.
pub fn parameter(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// Parses the content of a text area as JSON. The error is a text for the log.
pub fn json_of(id: &str) -> Result<JsValue, String> {
    let area: HtmlTextAreaElement =
        by_id(id).and_then(|area| area.dyn_into().ok()).ok_or("the page has no such text area")?;
    js_sys::JSON::parse(&area.value()).map_err(|error| format!("invalid JSON: {error:?}"))
}

/// Calls `handler` with the id of every button that is clicked, until the page is closed.
pub fn on_click(mut handler: impl FnMut(&str) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) {
            handler(&button.id());
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// Logs a message that was sent or received, in the form in which it was posted.
pub fn log_traffic(traffic: &Traffic) {
    let (flow, reason) = match traffic.flow {
        Flow::In => ("in", ""),
        Flow::Out => ("out", ""),
        Flow::Ignored(reason) => ("ignored", reason.reason()),
    };
    let kind = js_sys::Reflect::get(traffic.message, &"type".into()).ok().and_then(|kind| kind.as_string());
    let text = if reason.is_empty() { json(traffic.message) } else { reason.to_owned() };
    log(flow, &kind.unwrap_or_default(), traffic.origin, &text);
}

/// Logs a received message as the SDK has read it: the typed payload is written as JSON.
pub fn log_typed(message: &impl Message) {
    let data = message.data().map_or(JsValue::NULL, |data| js::write(&data));
    log("event", message.kind(), "", &json(&data));
}

/// Adds an entry to the log: `<li data-flow data-type data-origin>` with the text as its content.
pub fn log(flow: &str, kind: &str, origin: &str, text: &str) {
    let (Some(document), Some(list)) = (document(), by_id("log")) else { return };
    let Ok(entry) = document.create_element("li") else { return };
    for (name, value) in [("data-flow", flow), ("data-type", kind), ("data-origin", origin)] {
        let _ = entry.set_attribute(name, value);
    }
    entry.set_text_content(Some(text));
    let _ = list.append_child(&entry);
}

/// What the SDK reads of a value, as JSON. The value itself may be huge, such as a buffer, whose every byte would be written.
fn json(value: &JsValue) -> String {
    match js::read(value).map(|value| js_sys::JSON::stringify(&js::write(&value)).unwrap_or_default()) {
        Ok(text) if (text.length() as usize) <= MAX_SHOWN => String::from(text),
        Ok(_) => "(too long to show)".to_owned(),
        Err(_) => "(cannot be shown as JSON)".to_owned(),
    }
}
