//! An outbound call from log-in to the saved call, under the npm package as host on another origin: every message of it,
//! in every field. The answers are those that HubSpot sends.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{COUNTRY_PREFIX, Control, Direction, Host, TestHarness, Value, json, own_number, run};

const CALLEE: &str = "+16175550100";

/// How much the clocks of the browser may differ, in milliseconds.
const CLOCKS: f64 = 20.0;

/// The payload of HubSpot, with additional fields that it does not send: all of it must come back.
fn dial_number() -> Value {
    json!({
        "phoneNumber": CALLEE, "ownerId": "4242", "subjectId": 51, "objectId": 0, "objectType": "CONTACT",
        "portalId": 62515, "countryCode": "US", "calleeInfo": {"calleeId": 51, "calleeObjectTypeId": "0-1"},
        "startTimestamp": 1_795_212_000_123_u64, "toPhoneNumberSrc": "phone",
        "threadId": null, "additional": {"list": [1, "2", null, {"deeper": 0.1}], "empty": "", "größe": "½"},
        "00123": "00123",
    })
}

#[test]
fn from_log_in_to_the_saved_call() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isLoggedIn"], false, "{initialized}");

        widget.click(Control::LogIn).await;
        let logged_in = host.next("LOGGED_IN").await;
        assert_eq!(logged_in.get("data"), None, "{logged_in}");
        widget.see_number(Control::DialNumber, COUNTRY_PREFIX).await;

        host.send("DIAL_NUMBER", dial_number()).await;
        widget.see_number(Control::DialNumber, CALLEE).await;

        let before = host.now().await;
        widget.click(Control::Call).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        let call = started["data"]["externalCallId"].clone();
        let start_time = started["data"]["callStartTime"].clone();
        assert!(call.as_str().is_some_and(|id| !id.is_empty()), "{started}");
        assert!(is_between(&start_time, before, host.now().await), "{started}");
        assert_eq!(
            started["data"],
            json!({
                "externalCallId": call, "toNumber": CALLEE, "fromNumber": own_number(1), "callStartTime": start_time,
                "createEngagement": true, "dialingContext": dial_number(),
            })
        );

        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 8_675_309})).await;
        let answered = host.next("CALL_ANSWERED").await;
        assert_eq!(answered["data"], json!({"externalCallId": call}));
        let answered_at = host.received_at("CALL_ANSWERED").await;
        let rung_until = start_time.as_f64().expect("a time") + 2_500.0;
        assert!(answered_at + CLOCKS >= rung_until, "the mock answers after 2.5 s");

        widget.type_into(Control::Notes, "Wants a quote by \"Friday\" <b>& not later</b>").await;
        for (button, state) in [(Control::Record, "true"), (Control::Mute, "true"), (Control::Mute, "false")] {
            widget.click(button).await;
            widget.see_attribute(button, "aria-pressed", Some(state)).await;
        }
        widget.click(Control::Keypad).await;
        widget.click_key('2').await;
        host.nothing_more().await; // neither a key nor a toggle ends the call or is reported to HubSpot
        let talked_at_least = host.now().await - answered_at;
        widget.click(Control::EndCall).await; // while the keypad is open

        let ended = host.next("CALL_ENDED").await;
        assert_eq!(
            ended["data"],
            json!({"externalCallId": call, "engagementId": 8_675_309, "callEndStatus": "COMPLETED"})
        );

        widget.click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        let talked_at_most = host.received_at("CALL_ENDED").await - rung_until;
        let duration: f64 = properties["hs_call_duration"].as_str().expect("a text").parse().expect("a number");
        let possible = talked_at_least - CLOCKS..=talked_at_most + CLOCKS;
        assert!(possible.contains(&duration), "{duration} ms reported, {possible:?} possible");
        assert_eq!(
            completed["data"],
            json!({
                "externalCallId": call, "engagementId": 8_675_309, "hideWidget": false,
                "engagementProperties": {
                    "hs_timestamp": start_time.to_string(),
                    "hs_call_body": "Wants a quote by \"Friday\" <b>& not later</b>",
                    "hs_call_duration": properties["hs_call_duration"],
                    "hs_call_status": "COMPLETED",
                    "hs_call_direction": "OUTBOUND",
                    "hs_call_from_number": own_number(1),
                    "hs_call_to_number": CALLEE,
                },
            })
        );
        host.send("UPDATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 8_675_309})).await;

        widget.see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        host.nothing_more().await;
        assert_every_message_has_an_id_of_its_own(&host).await;
        if harness.browser().has_console() {
            assert_console_shows_the_call(harness).await;
        }
    });
}

#[test]
fn a_typed_number_has_no_dialing_context_and_the_chosen_number_calls() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        host.send("DIAL_NUMBER", dial_number()).await;
        widget.see_number(Control::DialNumber, CALLEE).await;
        widget.click(Control::FromNumber).await;
        widget.click(Control::OwnNumber(2)).await;
        widget.type_over(Control::DialNumber, "+1617555").await;
        for digit in "01999".chars() {
            widget.click_key(digit).await;
        }
        widget.click(Control::Backspace).await;
        widget.see_number(Control::DialNumber, "+16175550199").await;
        widget.click(Control::Call).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        assert_eq!(started["data"]["toNumber"], "+16175550199");
        assert_eq!(started["data"]["fromNumber"], own_number(2));
        assert_eq!(started["data"].get("dialingContext"), None, "{started}");
    });
}

#[test]
fn double_clicks_count_once() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        host.initialized().await;
        let steps = [
            (Control::LogIn, "LOGGED_IN"),
            (Control::Call, "OUTGOING_CALL_STARTED"),
            (Control::EndCall, "CALL_ENDED"),
            (Control::SaveCall, "CALL_COMPLETED"),
        ];
        for (button, message) in steps {
            if button == Control::Call {
                widget.type_over(Control::DialNumber, CALLEE).await;
            }
            widget.click_twice_at_once(button).await;
            host.next(message).await;
            host.nothing_more().await;
        }
    });
}

#[test]
fn a_number_clicked_during_a_call_is_shown_afterwards() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial(CALLEE).await["externalCallId"].clone();
        host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550177", "objectId": 7})).await;
        host.next("CALL_ANSWERED").await;
        let completed = host.hang_up_and_save().await;
        assert_eq!(completed["data"]["externalCallId"], call);
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_to_number"], CALLEE);
        host.guest().see_number(Control::DialNumber, "+16175550177").await;
        host.guest().click(Control::Call).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        assert_eq!(started["data"]["dialingContext"], json!({"phoneNumber": "+16175550177", "objectId": 7}));
    });
}

#[test]
fn an_engagement_id_is_used_for_one_call_only() {
    run(async |harness| {
        let mut page = harness.widget();
        page.sync = json!({"engagementId": 77});
        let host = page.open(harness).await;
        host.initialized().await;
        host.log_in().await;
        // HubSpot's answer for each call, and the engagement id that the call is saved with.
        let rows = [
            (None, json!(77)), // the id of READY belongs to the first call
            (Some(("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 501}))), json!(501)),
            (Some(("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "no"}}))), Value::Null),
            (Some(("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": "00123"}))), json!("00123")),
            (Some(("ENGAGEMENT_CREATED", json!({"engagementId": 503}))), json!(503)),
        ];
        for (answer, engagement) in rows {
            let call = host.dial(CALLEE).await["externalCallId"].clone();
            if let Some((kind, data)) = answer {
                let mut data = data;
                data["externalCallId"] = call.clone();
                host.send(kind, data).await;
            }
            host.guest().click(Control::EndCall).await;
            let ended = host.next("CALL_ENDED").await;
            assert_eq!(ended["data"]["engagementId"], engagement, "{ended}");
            host.guest().click(Control::SaveCall).await;
            let completed = host.next("CALL_COMPLETED").await;
            assert_eq!(completed["data"]["engagementId"], engagement, "{completed}");
        }
    });
}

#[test]
fn finalizing_waits_for_the_engagement() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        let call = host.dial(CALLEE).await["externalCallId"].clone();
        widget.click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        assert!(!widget.is_enabled(Control::Finalize).await, "there is nothing to finalize yet");
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 8})).await;
        widget.click_twice_at_once(Control::Finalize).await;
        let finalize = host.next("FINALIZE_ENGAGEMENT").await;
        assert_eq!(finalize["data"], json!({"externalCallId": call, "engagementId": 8}));
        host.send("FINALIZE_ENGAGEMENT_SUCCEEDED", json!({"externalCallId": call, "engagementId": 8})).await;
        host.nothing_more().await;
    });
}

async fn assert_every_message_has_an_id_of_its_own(host: &Host<'_>) {
    let lines = host.transcript().await;
    let mut ids: Vec<_> = lines
        .iter()
        .filter(|line| line.direction == Direction::Received && line.kind() != "SYNC_ACK")
        .map(|line| line.message["messageId"].as_str().expect("an id that is text").to_owned())
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert!(all > 5 && ids.len() == all, "{ids:?}");
}

/// The console shows every message, as in HubSpot's demo.
async fn assert_console_shows_the_call(harness: &TestHarness) {
    let console = harness.console().await;
    // Chromium quotes texts.
    let shown: Vec<_> = console
        .iter()
        .map(|line| line.replace('"', ""))
        .filter(|line| line.starts_with("INFO"))
        .filter_map(|line| line.split_once("[calling-extensions-sdk@0.9.7] ").map(|(_, message)| message.to_owned()))
        .filter(|message| !["RESIZE_WIDGET", "PROBE_", "ERROR"].iter().any(|part| message.contains(part)))
        .map(|message| message.split_once(" Object").map_or(message.clone(), |(text, _)| text.to_owned()))
        .collect();
    assert_eq!(
        shown,
        [
            "From HubSpot SYNC",
            "To HubSpot SYNC_ACK",
            "To HubSpot INITIALIZED",
            "To HubSpot LOGGED_IN",
            "From HubSpot DIAL_NUMBER",
            "To HubSpot OUTGOING_CALL_STARTED",
            "From HubSpot CREATE_ENGAGEMENT_SUCCEEDED",
            "To HubSpot CALL_ANSWERED",
            "To HubSpot CALL_ENDED",
            "To HubSpot CALL_COMPLETED",
            "From HubSpot UPDATE_ENGAGEMENT_SUCCEEDED",
        ]
    );
}

fn is_between(value: &Value, earliest: f64, latest: f64) -> bool {
    value.as_f64().is_some_and(|value| (earliest..=latest).contains(&value))
}
