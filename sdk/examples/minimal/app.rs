use crate::page;
use calling_extensions::{
    codec::{Id, Map, Value, js},
    guest::{CallingExtensions, Event, Options},
    message::*,
};
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, HtmlButtonElement, MessageEvent};

/// Where a calling window tells the remote frame what was clicked in it.
const CHANNEL: &str = "calling-extensions-demo";
/// The buttons whose messages the remote frame sends for a calling window.
const OF_A_CALL: [&str; 5] = ["incomingcall", "answercall", "endcall", "completecall", "transfercall"];

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
    app.offer(&["initialize", "login", "senderror", "resizewidget"]);
    page::on_click(move |id| app.click(id));
}

struct App {
    cti: OnceCell<CallingExtensions>,
    state: RefCell<State>,
}

struct State {
    call: String,
    calls: u32,
    engagement: Option<Id>,
    from_number: String,
    to_number: String,
    dialing_context: Option<Value>,
    record: ObjectCoordinates,
    available: bool,
    size: (f64, f64),
    enforce_order: bool,
    uses_calling_window: bool,
    location: IframeLocation,
    channel: Option<BroadcastChannel>,
}

impl State {
    fn from_address() -> Self {
        let location = page::parameter("iframeLocation").unwrap_or_default();
        State {
            call: String::new(),
            calls: 0,
            engagement: None,
            from_number: "+18884827768".into(),
            to_number: "+442073238299".into(),
            dialing_context: None,
            record: ObjectCoordinates { object_type_id: Some("0-1".into()), ..Default::default() },
            available: false,
            size: (400.0, 650.0),
            enforce_order: page::parameter("enforceButtonsOrder").as_deref() == Some("true"),
            uses_calling_window: page::parameter("usesCallingWindow").as_deref() != Some("false"),
            location: Value::from(location).read().unwrap_or(IframeLocation::Widget),
            channel: None,
        }
    }

    fn begin_call(&mut self) {
        self.calls += 1;
        self.engagement = None;
        self.call = format!("call-{}-{}", js_sys::Date::now(), self.calls);
    }

    fn of_call(&self) -> EngagementOfCall {
        EngagementOfCall {
            external_call_id: self.call.clone(),
            engagement_id: self.engagement.clone(),
            ..Default::default()
        }
    }
}

impl App {
    fn handle(self: &Rc<Self>, event: Event) {
        match event {
            Event::Ready(ready) => self.ready(ready),
            Event::Message(message) => self.hear(message),
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

    fn hear(&self, message: HostMessage) {
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
            OF_A_CALL.contains(&id) && !state.uses_calling_window && state.location == IframeLocation::Window
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
            _ => match self.message(id) {
                Some(message) => cti.send(&message).map_err(|error| error.to_string()),
                None => return,
            },
        };
        if let Err(error) = sent {
            page::log("error", "", "", &error);
        }
        self.offer_next(id);
    }

    /// What a button says: one line of the protocol each.
    fn message(&self, id: &str) -> Option<GuestMessage> {
        let mut state = self.state.borrow_mut();
        let now = js_sys::Date::now();
        Some(match id {
            "initialize" => GuestMessage::Initialized(Initialized {
                is_logged_in: Some(false),
                is_available: Some(false),
                engagement_id: state.engagement.clone(),
                size_info: Some(Size::new(state.size.0, state.size.1)),
                ..Default::default()
            }),
            "login" => GuestMessage::LoggedIn,
            "logout" => GuestMessage::LoggedOut,
            "useravailable" | "userunavailable" => {
                state.available = id == "useravailable";
                if state.available { GuestMessage::UserAvailable } else { GuestMessage::UserUnavailable }
            }
            "incomingcall" => {
                state.begin_call();
                GuestMessage::IncomingCall(IncomingCall {
                    external_call_id: state.call.clone(),
                    from_number: state.from_number.clone(),
                    to_number: state.to_number.clone(),
                    call_start_time: Some(now),
                    create_engagement: Some(true),
                    ..Default::default()
                })
            }
            "outgoingcall" => {
                state.begin_call();
                GuestMessage::OutgoingCall(OutgoingCall {
                    external_call_id: state.call.clone(),
                    to_number: Some(state.to_number.clone()),
                    from_number: Some(state.from_number.clone()),
                    call_start_time: Some(now),
                    create_engagement: Some(true),
                    dialing_context: state.dialing_context.take(),
                    ..Default::default()
                })
            }
            "answercall" => GuestMessage::CallAnswered(CallOnly::new(state.call.clone())),
            "transfercall" => GuestMessage::CallTransferred(CallOnly::new(state.call.clone())),
            "endcall" => GuestMessage::CallEnded(CallEnded {
                external_call_id: state.call.clone(),
                engagement_id: state.engagement.clone(),
                call_end_status: Some(EndStatus::Completed),
                ..Default::default()
            }),
            "completecall" => GuestMessage::CallCompleted(CallCompleted {
                external_call_id: state.call.clone(),
                engagement_id: state.engagement.clone(),
                hide_widget: Some(false),
                engagement_properties: Some(EngagementProperties {
                    hs_timestamp: Some((now as u64).to_string()),
                    hs_call_title: Some("Demo call".into()),
                    hs_call_body: Some("Resolved issue".into()),
                    hs_call_duration: Some("61000".into()),
                    hs_call_status: Some(EndStatus::Completed),
                    hs_call_direction: Some(Direction::Outbound),
                    hs_call_from_number: Some(state.from_number.clone()),
                    hs_call_to_number: Some(state.to_number.clone()),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            "finalizeengagement" => GuestMessage::FinalizeEngagement(state.of_call()),
            "publishtochannel" => GuestMessage::PublishToChannel(state.of_call()),
            "navigatetorecord" => GuestMessage::NavigateToRecord(NavigateToRecord {
                engagement_id: state.engagement.clone(),
                object_coordinates: state.record.clone(),
                open_in: Some(OpenIn::NewTab),
                ..Default::default()
            }),
            "calldata" => {
                let mut data = Map::new();
                data.set("externalCallId", state.call.as_str());
                data.set("quality", 4.5);
                GuestMessage::CallData(data.into())
            }
            "senderror" => GuestMessage::Error(ErrorMessage {
                message: Some("This is an error alert shown in the HubSpot UI".into()),
                ..Default::default()
            }),
            "resizewidget" => {
                state.size = (state.size.0 + 20.0, state.size.1 + 20.0);
                GuestMessage::ResizeWidget(Size::new(state.size.0, state.size.1))
            }
            "setwidgeturl" => GuestMessage::SetWidgetUrl(WidgetUrl {
                i_frame_url: format!("{}?moved=true", address_of_this_page()?),
                ..Default::default()
            }),
            _ => return None,
        })
    }

    /// Whatever is in the text area: `{"type": …, "data": …}`.
    fn send_any(&self, cti: &CallingExtensions) -> Result<(), String> {
        let message = js::read(&page::json_of("message")?).map_err(|error| error.to_string())?;
        let kind = message.get("type").and_then(Value::as_text).ok_or("a message needs a type")?;
        cti.send_message(kind, message.get("data").cloned()).map_err(|error| error.to_string())
    }

    /// Which buttons make sense after this one.
    fn offer_next(&self, clicked: &str) {
        let available = self.state.borrow().available;
        let idle: &[&str] = if available {
            &["logout", "outgoingcall", "incomingcall", "userunavailable"]
        } else {
            &["logout", "outgoingcall", "useravailable"]
        };
        match clicked {
            "initialize" | "logout" => self.offer(&["login"]),
            "login" | "useravailable" | "userunavailable" | "transfercall" | "completecall" => self.offer(idle),
            "incomingcall" => self.offer(&["logout", "answercall", "endcall", "transfercall", "calldata"]),
            "outgoingcall" => self.offer(&["logout", "answercall", "endcall", "calldata"]),
            "answercall" => self.offer(&["logout", "endcall", "transfercall", "calldata", "navigatetorecord"]),
            "endcall" => self.offer(&["logout", "completecall", "finalizeengagement", "publishtochannel"]),
            _ => {}
        }
    }

    /// Enables these buttons and those that always make sense, and disables the rest, when the page's address asks for it.
    fn offer(&self, ids: &[&str]) {
        const ALWAYS: [&str; 4] = ["senderror", "resizewidget", "setwidgeturl", "sendmessage"];
        if !self.state.borrow().enforce_order {
            return;
        }
        let Some(buttons) = page::document().and_then(|page| page.query_selector_all("button").ok()) else { return };
        for place in 0..buttons.length() {
            let button = buttons.get(place).and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
            if let Some(button) = button {
                let id = button.id();
                button.set_disabled(!ids.contains(&id.as_str()) && !ALWAYS.contains(&id.as_str()));
            }
        }
    }

    /// In the remote frame: does what is clicked in the calling window.
    fn listen_to_calling_window(self: &Rc<Self>) -> Option<BroadcastChannel> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let app = Rc::clone(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(id) = event.data().as_string().filter(|id| OF_A_CALL.contains(&id.as_str())) {
                app.click(&id);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        Some(channel)
    }
}

fn address_of_this_page() -> Option<String> {
    let location = web_sys::window()?.location();
    let (origin, path): (Result<String, JsValue>, _) = (location.origin(), location.pathname());
    Some(origin.ok()? + &path.ok()?)
}
