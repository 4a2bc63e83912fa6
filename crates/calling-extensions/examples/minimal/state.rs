use crate::page;
use calling_extensions::{
    codec::{Id, Map, Value},
    message::*,
};
use web_sys::BroadcastChannel;

/// The state of the page.
pub struct State {
    pub call: String,
    pub calls: u32,
    pub engagement: Option<Id>,
    pub from_number: String,
    pub to_number: String,
    pub dialing_context: Option<Value>,
    pub record: ObjectCoordinates,
    pub available: bool,
    pub size: (f64, f64),
    pub enforce_order: bool,
    pub uses_calling_window: bool,
    pub location: IframeLocation,
    pub channel: Option<BroadcastChannel>,
}

impl State {
    pub fn from_address() -> Self {
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

    /// The message of a button. `None` for a button without a message of its own.
    pub fn message(&mut self, id: &str) -> Option<GuestMessage> {
        let now = js_sys::Date::now();
        Some(match id {
            "initialize" => GuestMessage::Initialized(Initialized {
                is_logged_in: Some(false),
                is_available: Some(false),
                engagement_id: self.engagement.clone(),
                size_info: Some(Size::new(self.size.0, self.size.1)),
                ..Default::default()
            }),
            "login" => GuestMessage::LoggedIn,
            "logout" => GuestMessage::LoggedOut,
            "useravailable" | "userunavailable" => {
                self.available = id == "useravailable";
                if self.available { GuestMessage::UserAvailable } else { GuestMessage::UserUnavailable }
            }
            "incomingcall" => {
                self.start_call();
                GuestMessage::IncomingCall(IncomingCall {
                    external_call_id: self.call.clone(),
                    from_number: self.from_number.clone(),
                    to_number: self.to_number.clone(),
                    call_start_time: Some(now),
                    create_engagement: Some(true),
                    ..Default::default()
                })
            }
            "outgoingcall" => {
                self.start_call();
                GuestMessage::OutgoingCall(OutgoingCall {
                    external_call_id: self.call.clone(),
                    to_number: Some(self.to_number.clone()),
                    from_number: Some(self.from_number.clone()),
                    call_start_time: Some(now),
                    create_engagement: Some(true),
                    dialing_context: self.dialing_context.take(),
                    ..Default::default()
                })
            }
            "answercall" => GuestMessage::CallAnswered(CallOnly::new(self.call.clone())),
            "transfercall" => GuestMessage::CallTransferred(CallOnly::new(self.call.clone())),
            "endcall" => GuestMessage::CallEnded(CallEnded {
                external_call_id: self.call.clone(),
                engagement_id: self.engagement.clone(),
                call_end_status: Some(EndStatus::Completed),
                ..Default::default()
            }),
            "completecall" => GuestMessage::CallCompleted(CallCompleted {
                external_call_id: self.call.clone(),
                engagement_id: self.engagement.clone(),
                hide_widget: Some(false),
                engagement_properties: Some(EngagementProperties {
                    hs_timestamp: Some((now as u64).to_string()),
                    hs_call_title: Some("Demo call".into()),
                    hs_call_body: Some("Resolved issue".into()),
                    hs_call_duration: Some("61000".into()),
                    hs_call_status: Some(EndStatus::Completed),
                    hs_call_direction: Some(Direction::Outbound),
                    hs_call_from_number: Some(self.from_number.clone()),
                    hs_call_to_number: Some(self.to_number.clone()),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            "finalizeengagement" => GuestMessage::FinalizeEngagement(self.call_and_engagement()),
            "publishtochannel" => GuestMessage::PublishToChannel(self.call_and_engagement()),
            "navigatetorecord" => GuestMessage::NavigateToRecord(NavigateToRecord {
                engagement_id: self.engagement.clone(),
                object_coordinates: self.record.clone(),
                open_in: Some(OpenIn::NewTab),
                ..Default::default()
            }),
            "calldata" => {
                let mut data = Map::new();
                data.set("externalCallId", self.call.as_str());
                data.set("quality", 4.5);
                GuestMessage::CallData(data.into())
            }
            "senderror" => GuestMessage::Error(ErrorMessage {
                message: Some("This is an error alert shown in the HubSpot UI".into()),
                ..Default::default()
            }),
            "resizewidget" => {
                self.size = (self.size.0 + 20.0, self.size.1 + 20.0);
                GuestMessage::ResizeWidget(Size::new(self.size.0, self.size.1))
            }
            "setwidgeturl" => GuestMessage::SetWidgetUrl(WidgetUrl {
                i_frame_url: format!("{}?moved=true", page_url()?),
                ..Default::default()
            }),
            _ => return None,
        })
    }

    fn start_call(&mut self) {
        self.calls += 1;
        self.engagement = None;
        self.call = format!("call-{}-{}", js_sys::Date::now(), self.calls);
    }

    fn call_and_engagement(&self) -> EngagementOfCall {
        EngagementOfCall {
            external_call_id: self.call.clone(),
            engagement_id: self.engagement.clone(),
            ..Default::default()
        }
    }
}

/// The URL of this page, without parameters.
pub fn page_url() -> Option<String> {
    let location = web_sys::window()?.location();
    Some(location.origin().ok()? + &location.pathname().ok()?)
}
