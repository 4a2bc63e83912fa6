//! What the example pages share: the log on the page, clicks, the page's address.

use calling_extensions::codec::js;
use calling_extensions::guest::{Flow, Traffic};
use calling_extensions::message::Message;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, HtmlTextAreaElement, UrlSearchParams};

/// What is longer is cut in the log.
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

/// What the text area holds, as JSON; the reason when it is none.
pub fn json_of(id: &str) -> Result<JsValue, String> {
    let area: HtmlTextAreaElement =
        by_id(id).and_then(|area| area.dyn_into().ok()).ok_or("the page has no such text area")?;
    js_sys::JSON::parse(&area.value()).map_err(|error| format!("not JSON: {error:?}"))
}

/// Runs `act` with the id of every button that is clicked, for the rest of the page's life.
pub fn on_click(mut act: impl FnMut(&str) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) {
            act(&button.id());
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// A line for every message that goes by.
pub fn log_traffic(traffic: &Traffic) {
    let (flow, reason) = match traffic.flow {
        Flow::In => ("in", ""),
        Flow::Out => ("out", ""),
        Flow::Ignored(why) => ("ignored", why.reason()),
    };
    let kind = js_sys::Reflect::get(traffic.message, &"type".into()).ok().and_then(|kind| kind.as_string());
    let text = if reason.is_empty() { json(traffic.message) } else { reason.to_owned() };
    log(flow, &kind.unwrap_or_default(), traffic.origin, &text);
}

/// A message as the program understood it: its fields were read and are written again.
pub fn log_typed(message: &impl Message) {
    let data = message.data().map_or(JsValue::NULL, |data| js::write(&data));
    log("event", message.kind(), "", &json(&data));
}

/// A line on the page: `<li data-flow data-type data-origin>` with the text in it.
pub fn log(flow: &str, kind: &str, origin: &str, text: &str) {
    let (Some(document), Some(list)) = (document(), by_id("log")) else { return };
    let Ok(line) = document.create_element("li") else { return };
    for (name, value) in [("data-flow", flow), ("data-type", kind), ("data-origin", origin)] {
        let _ = line.set_attribute(name, value);
    }
    line.set_text_content(Some(text));
    let _ = list.append_child(&line);
}

fn json(value: &JsValue) -> String {
    match js_sys::JSON::stringify(value) {
        Ok(text) if (text.length() as usize) <= MAX_SHOWN => String::from(text),
        Ok(_) => "(too long to be shown)".to_owned(),
        Err(_) => "(not to be written as JSON)".to_owned(),
    }
}
