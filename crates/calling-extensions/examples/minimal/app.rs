use crate::{
    page,
    state::{State, page_url},
};
use calling_extensions::{
    codec::{Value, js},
    guest::{CallingExtensions, Event, Options},
    message::*,
};
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, HtmlButtonElement, MessageEvent};

/// The channel on which a calling window sends the ids of clicked buttons to the remote frame.
const CHANNEL: &str = "calling-extensions-demo";
/// The buttons whose messages the remote frame sends for a calling window.
const CALL_BUTTONS: [&str; 5] = ["incomingcall", "answercall", "endcall", "completecall", "transfercall"];

pub fn start() {
    let app = Rc::new(App { cti: OnceCell::new(), state: RefCell::new(State::from_address()) });
    let for_events = Rc::downgrade(&app);
    let connected = Options::new().debug_mode(true).observer(page::log_traffic).connect(move |event| {
        if let Some(app) = for_events.upgrade() {
            app.handle(event);
        }
    });
    match connected {
        Ok(cti) => _ = app.cti.set(cti),
        Err(error) => page::log("error", "", "", &error.to_string()),
    }
    show_console_line();
    app.enable(&["initialize", "login", "senderror", "resizewidget"]);
    page::on_click(move |id| app.click(id));
}

/// Shows the line for the console of a HubSpot tab. It adds this page to the calling apps, in that browser only.
fn show_console_line() {
    let (Some(element), Some(url)) = (page::by_id("override"), page_url()) else { return };
    let line = format!(
        r#"localStorage.setItem("LocalSettings:Calling:CallingExtensions", JSON.stringify({{isReady: true, name: "Minimal calling widget", url: "{url}", width: 400, height: 650, supportsCustomObjects: true}}))"#
    );
    element.set_text_content(Some(&line));
}

struct App {
    cti: OnceCell<CallingExtensions>,
    state: RefCell<State>,
}

impl App {
    fn handle(self: &Rc<Self>, event: Event) {
        match event {
            Event::Ready(ready) => self.ready(ready),
            Event::Message(message) => {
                page::log_typed(&message);
                self.message(message);
            }
            Event::Failed { kind, .. } => page::log("event", &kind, "", "failed"),
            Event::Unknown { kind, .. } => page::log("event", &kind, "", "unknown"),
        }
    }

    fn ready(self: &Rc<Self>, ready: Ready) {
        page::log("event", "READY", ready.host_url.as_deref().unwrap_or_default(), "ready");
        self.click("initialize");
        let mut state = self.state.borrow_mut();
        state.location = ready.iframe_location.unwrap_or(state.location);
        state.uses_calling_window = ready.uses_calling_window.unwrap_or(state.uses_calling_window);
        state.record.portal_id = ready.portal_id.clone();
        if state.uses_calling_window {
            return;
        }
        if let (Some(host), Some(portal), Some(link)) = (ready.host_url, ready.portal_id, page::by_id("openwindow")) {
            let url = format!("{host}/calling-integration-popup-ui/{}?usesCallingWindow=false", portal.text());
            let _ = link.set_attribute("href", &url);
            let _ = link.remove_attribute("hidden");
        }
        if state.location == IframeLocation::Remote && state.channel.is_none() {
            state.channel = self.listen_to_calling_window();
        }
    }

    fn message(&self, message: HostMessage) {
        let mut state = self.state.borrow_mut();
        match message {
            HostMessage::DialNumber(dial) => {
                state.dialing_context = dial.context;
                if let Some(number) = dial.phone_number {
                    state.to_number = number;
                }
            }
            HostMessage::EngagementCreated(engagement)
            | HostMessage::CreateEngagementSucceeded(engagement)
            | HostMessage::UpdateEngagementSucceeded(engagement) => {
                state.engagement = engagement.engagement_id.or(state.engagement.take());
            }
            HostMessage::CallerIdMatchSucceeded(found) => {
                if let Some(record) = found.caller_id_matches.into_iter().find_map(|found| found.object_coordinates) {
                    state.record = record;
                }
            }
            HostMessage::EndCall(_) => {
                drop(state);
                self.click("endcall");
            }
            _ => {}
        }
    }

    fn click(&self, id: &str) {
        let forward = {
            let state = self.state.borrow();
            CALL_BUTTONS.contains(&id) && !state.uses_calling_window && state.location == IframeLocation::Window
        };
        if forward {
            if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
                let _ = channel.post_message(&id.into());
            }
            return;
        }
        let Some(cti) = self.cti.get() else { return };
        let sent = match id {
            "sendmessage" => self.send_any(cti),
            _ => match self.state.borrow_mut().message(id) {
                Some(message) => cti.send(&message).map_err(|error| error.to_string()),
                None => return,
            },
        };
        if let Err(error) = sent {
            page::log("error", "", "", &error);
        }
        self.enable_next(id);
    }

    /// Sends the message in the text area: `{"type": …, "data": …}`.
    fn send_any(&self, cti: &CallingExtensions) -> Result<(), String> {
        let message = js::read(&page::json_of("message")?).map_err(|error| error.to_string())?;
        let kind = message.get("type").and_then(Value::as_text).ok_or("a message needs a type")?;
        cti.send_message(kind, message.get("data").cloned()).map_err(|error| error.to_string())
    }

    /// Enables the buttons that make sense after this one.
    fn enable_next(&self, clicked: &str) {
        let available = self.state.borrow().available;
        let idle: &[&str] = if available {
            &["logout", "outgoingcall", "incomingcall", "userunavailable"]
        } else {
            &["logout", "outgoingcall", "useravailable"]
        };
        match clicked {
            "initialize" | "logout" => self.enable(&["login"]),
            "login" | "useravailable" | "userunavailable" | "transfercall" | "completecall" => self.enable(idle),
            "incomingcall" => self.enable(&["logout", "answercall", "endcall", "transfercall", "calldata"]),
            "outgoingcall" => self.enable(&["logout", "answercall", "endcall", "calldata"]),
            "answercall" => self.enable(&["logout", "endcall", "transfercall", "calldata", "navigatetorecord"]),
            "endcall" => self.enable(&["logout", "completecall", "finalizeengagement", "publishtochannel"]),
            _ => {}
        }
    }

    /// With `enforceButtonsOrder=true`: enables these buttons and those that always make sense, and disables the others.
    fn enable(&self, ids: &[&str]) {
        const ALWAYS: [&str; 4] = ["senderror", "resizewidget", "setwidgeturl", "sendmessage"];
        if !self.state.borrow().enforce_order {
            return;
        }
        let Some(buttons) = page::document().and_then(|page| page.query_selector_all("button").ok()) else { return };
        for index in 0..buttons.length() {
            let button = buttons.get(index).and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
            if let Some(button) = button {
                let id = button.id();
                button.set_disabled(!ids.contains(&id.as_str()) && !ALWAYS.contains(&id.as_str()));
            }
        }
    }

    /// In the remote frame: sends the messages for the buttons that are clicked in the calling window.
    fn listen_to_calling_window(self: &Rc<Self>) -> Option<BroadcastChannel> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let app = Rc::clone(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(id) = event.data().as_string().filter(|id| CALL_BUTTONS.contains(&id.as_str())) {
                app.click(&id);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget(); // Once for each page: the channel stays open until the page is closed.
        Some(channel)
    }
}
