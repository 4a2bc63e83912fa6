//! A user of the widget in the simulator.

use crate::audio::Audio;
use e2e::{Control, DEFAULT_TIMEOUT, Frame, Host, HostPage, TestHarness, Value, json, until};
use sip_exchange::{Account, Exchange, sessions::BackEnd};
use std::time::Duration;
use thirtyfour::WindowHandle;

/// Wide enough for the simulator's records and the widget beside each other.
const WINDOW: (u32, u32) = (1400, 900);

/// The open page, and the back end of the widget in it.
pub struct Caller<'a> {
    pub host: Host<'a>,
    pub back_end: BackEnd,
    account: Account,
    harness: &'a TestHarness,
    window: WindowHandle,
}

/// What HubSpot knows of a call.
#[derive(Clone, Debug)]
pub struct CallRecord {
    pub direction: &'static str,
    /// The whole data of the message that began it.
    pub started: Value,
    pub from: String,
    pub to: String,
}

impl<'a> Caller<'a> {
    pub(crate) async fn open(harness: &'a TestHarness, back_end: BackEnd, account: Account, port: u16) -> Self {
        let driver = harness.driver();
        driver.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await.expect("a window of that size");
        let widget = format!("{}/", back_end.url());
        let page = format!("http://localhost:{port}/simulator/?widget={}", e2e::encode(&widget));
        driver.goto(page).await.expect("the simulator opens");
        harness.page().click("call-button").await;
        let host = HostPage { guest: widget, ..harness.guest_at("/") }.opened(harness);
        let initialized = host.next("INITIALIZED").await;
        assert_eq!(initialized["data"]["isLoggedIn"], false, "{initialized}");
        let window = driver.window().await.expect("a window");
        Self { host, back_end, account, harness, window }
    }

    pub(crate) async fn open_with_npm_host(harness: &'a TestHarness, back_end: BackEnd, account: Account) -> Self {
        let guest = format!("{}/", back_end.url());
        let host = HostPage { guest, ..harness.guest_at("/") }.open(harness).await;
        host.initialized().await;
        let window = harness.driver().window().await.expect("a window");
        Self { host, back_end, account, harness, window }
    }

    /// The user logs in at the back end, becomes available, and is registered at the exchange.
    pub async fn log_in(&self, exchange: &Exchange) {
        let registrations = self.registrations(exchange);
        self.enter(self.account.password).await;
        self.host.next("LOGGED_IN").await;
        self.is_available().await;
        self.registers_again(exchange, registrations).await;
    }

    /// Fills in the log-in.
    pub async fn enter(&self, password: &str) {
        let widget = self.widget().await;
        widget.type_over(Control::UserName, self.account.user).await;
        widget.type_over(Control::Password, password).await;
        widget.click(Control::LogIn).await;
    }

    /// Becomes available.
    pub async fn is_available(&self) {
        let widget = self.widget().await;
        widget.click(Control::Availability).await;
        widget.click(Control::Available).await;
        self.host.next("USER_AVAILABLE").await;
    }

    /// The widget, in the window of this user.
    pub async fn widget(&self) -> Frame<'a> {
        self.harness.driver().switch_to_window(self.window.clone()).await.expect("the window is open");
        self.host.guest()
    }

    /// Calls a number: OUTGOING_CALL_STARTED in every field.
    pub async fn dial(&self, number: &str) -> CallRecord {
        self.widget().await;
        let before = self.host.now().await;
        let started = self.host.dial(number).await;
        let (call, at) = (&started["externalCallId"], &started["callStartTime"]);
        assert!(call.as_str().is_some_and(|id| !id.is_empty()), "{started}");
        assert!(at.as_f64().is_some_and(|at| at >= before - 20.0), "{started}");
        assert_eq!(
            started,
            json!({
                "externalCallId": call, "toNumber": number, "fromNumber": self.account.number, "callStartTime": at,
                "createEngagement": true,
            })
        );
        CallRecord { direction: "OUTBOUND", from: self.account.number.into(), to: number.into(), started }
    }

    /// A call rings: INCOMING_CALL in every field.
    pub async fn rings(&self, from: &str) -> CallRecord {
        self.widget().await;
        let incoming = self.host.next("INCOMING_CALL").await["data"].clone();
        let (call, at) = (&incoming["externalCallId"], &incoming["callStartTime"]);
        assert!(call.as_str().is_some_and(|id| !id.is_empty()), "{incoming}");
        assert!(at.is_number(), "{incoming}");
        assert_eq!(
            incoming,
            json!({
                "externalCallId": call, "fromNumber": from, "toNumber": self.account.number, "callStartTime": at,
                "createEngagement": true,
            })
        );
        CallRecord { direction: "INBOUND", from: from.into(), to: self.account.number.into(), started: incoming }
    }

    /// Answers the call that rings.
    pub async fn answer(&self, call: &CallRecord) {
        self.widget().await.click(Control::Answer).await;
        self.is_answered(call).await;
    }

    /// CALL_ANSWERED in every field.
    pub async fn is_answered(&self, call: &CallRecord) {
        self.widget().await;
        let answered = self.host.next("CALL_ANSWERED").await;
        assert_eq!(answered["data"], json!({"externalCallId": call.id()}));
    }

    /// The user ends the call in the widget.
    pub async fn hang_up(&self) {
        self.widget().await.click(Control::EndCall).await;
    }

    /// CALL_ENDED in every field. Returns the engagement that the simulator made for the call.
    pub async fn is_ended(&self, call: &CallRecord, status: &str) -> Value {
        self.widget().await;
        let ended = self.host.next_within("CALL_ENDED", Duration::from_secs(60)).await;
        let engagement = ended["data"]["engagementId"].clone();
        let mut expected = json!({"externalCallId": call.id(), "callEndStatus": status});
        if !engagement.is_null() {
            expected["engagementId"] = engagement.clone();
        }
        assert_eq!(ended["data"], expected);
        engagement
    }

    /// The call has ended, and the user saves it: CALL_ENDED and CALL_COMPLETED in every field, and no message after them.
    pub async fn saves(&self, call: &CallRecord, status: &str, saved_as: &str, talked: bool) {
        let engagement = self.is_ended(call, status).await;
        self.widget().await.click(Control::SaveCall).await;
        let completed = self.host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        let duration: f64 = properties["hs_call_duration"].as_str().expect("a text").parse().expect("a number");
        assert_eq!(duration > 0.0, talked, "{completed}");
        let mut expected = json!({
            "externalCallId": call.id(), "hideWidget": false,
            "engagementProperties": {
                "hs_timestamp": call.started["callStartTime"].to_string(),
                "hs_call_body": "",
                "hs_call_duration": properties["hs_call_duration"],
                "hs_call_status": saved_as,
                "hs_call_direction": call.direction,
                "hs_call_from_number": call.from,
                "hs_call_to_number": call.to,
            },
        });
        if !engagement.is_null() {
            expected["engagementId"] = engagement;
        }
        assert_eq!(completed["data"], expected);
        self.host.nothing_more().await;
    }

    /// Presses keys of the keypad in a call.
    pub async fn press(&self, keys: &str) {
        let widget = self.widget().await;
        widget.click(Control::Keypad).await;
        for key in keys.chars() {
            widget.click_key(key).await;
        }
        widget.click(Control::Keypad).await;
    }

    /// Switches a control of the call on or off, and waits until it shows that.
    pub async fn toggle(&self, control: Control, on: bool) {
        let widget = self.widget().await;
        widget.click(control).await;
        widget.see_attribute(control, "aria-pressed", Some(if on { "true" } else { "false" })).await;
    }

    /// Asks for a transfer to another number.
    pub async fn transfer(&self, number: &str) {
        let widget = self.widget().await;
        widget.click(Control::Transfer).await;
        widget.type_over(Control::TransferNumber, number).await;
        widget.click(Control::TransferCall).await;
    }

    /// Calls somebody to ask them before the call is transferred.
    pub async fn asks(&self, number: &str) {
        let widget = self.widget().await;
        widget.click(Control::Transfer).await;
        widget.click("ask-first").await;
        widget.type_over(Control::TransferNumber, number).await;
        widget.click("transfer-call").await;
    }

    /// Transfers the call to the person who was asked.
    pub async fn transfers_now(&self) {
        self.widget().await.click("#transfer-now").await;
    }

    /// CALL_TRANSFERRED in every field.
    pub async fn is_transferred(&self, call: &CallRecord) {
        self.widget().await;
        let transferred = self.host.next("CALL_TRANSFERRED").await;
        assert_eq!(transferred["data"], json!({"externalCallId": call.id()}));
    }

    /// How often this user has registered so far.
    pub fn registrations(&self, exchange: &Exchange) -> usize {
        exchange.log().matches(&format!("REGISTERED {}\n", self.account.user)).count()
    }

    /// Waits until this user has registered once more.
    pub async fn registers_again(&self, exchange: &Exchange, before: usize) {
        until("another registration", Duration::from_secs(40), async || {
            let now = self.registrations(exchange);
            if now > before { Ok(()) } else { Err(format!("there were {now}")) }
        })
        .await;
    }

    /// Waits until the widget shows this text in a notice or in the screen.
    pub async fn sees(&self, text: &str) {
        let widget = self.widget().await;
        let page = "return document.body.innerText";
        until(&format!("{text:?} in the widget"), DEFAULT_TIMEOUT, async || {
            let shown = widget.run(page, vec![]).await;
            if shown.as_str().is_some_and(|shown| shown.contains(text)) { Ok(()) } else { Err(shown.to_string()) }
        })
        .await;
    }

    /// Waits until the widget no longer shows this text.
    pub async fn no_longer_sees(&self, text: &str) {
        let widget = self.widget().await;
        until(&format!("{text:?} gone from the widget"), DEFAULT_TIMEOUT, async || {
            let shown = widget.run("return document.body.innerText", vec![]).await;
            if shown.as_str().is_some_and(|shown| !shown.contains(text)) { Ok(()) } else { Err(shown.to_string()) }
        })
        .await;
    }

    /// The audio of the current call.
    pub async fn audio(&self) -> Audio<'a> {
        Audio::of(self.widget().await)
    }

    /// The browser waits, as a person would.
    pub async fn wait(&self, milliseconds: f64) {
        self.widget().await;
        let now = self.host.now().await;
        self.host.wait_until(now + milliseconds).await;
    }
}

impl CallRecord {
    pub fn id(&self) -> &Value {
        &self.started["externalCallId"]
    }
}
