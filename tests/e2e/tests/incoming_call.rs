//! Presence and incoming calls, under the npm package as host.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{COUNTRY_PREFIX, Control, Direction, Host, RING_TIME, Target, Value, fill, json, own_number, run, tour};

const CALLER: &str = "+16175550142";

#[test]
fn availability_is_reported_and_ends_with_the_log_out() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.click(Control::Availability).await;
        for (choice, message) in [(Control::Available, "USER_AVAILABLE"), (Control::Unavailable, "USER_UNAVAILABLE")] {
            widget.click(choice).await;
            assert_eq!(host.next(message).await.get("data"), None);
            widget.click(choice).await; // no change
            host.nothing_more().await;
        }
        widget.click(Control::Available).await;
        host.next("USER_AVAILABLE").await;
        widget.click(Control::LogOut).await;
        host.next("USER_UNAVAILABLE").await;
        host.next("LOGGED_OUT").await;
        widget.click(Control::LogIn).await;
        host.next("LOGGED_IN").await;
        widget.click(Control::Availability).await;
        widget.see_attribute(Control::Unavailable, "aria-checked", Some("true")).await;
        host.nothing_more().await;
    });
}

#[test]
fn an_answered_call_is_saved() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        let call = ring(&host).await;
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 9, "externalCallId": call})).await;
        let coordinates = json!({"portalId": 62515, "objectId": 51, "objectTypeId": "0-1", "newer": true});
        let ada =
            json!({"callerIdType": "CONTACT", "objectCoordinates": coordinates, "firstName": "Ada", "lastName": null});
        host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [ada]})).await;
        widget.see("//h1[normalize-space(.)='Ada']").await; // not "Ada null"
        let new_tab = fill(widget.texts().open_in_tab, "Ada");
        for (name, place) in [(widget.texts().open_record, "CURRENT_TAB"), (&new_tab, "NEW_TAB")] {
            widget.click(Target::Button(name)).await;
            let navigate = host.next("NAVIGATE_TO_RECORD").await;
            assert_eq!(navigate["data"], json!({"engagementId": 9, "objectCoordinates": coordinates, "openIn": place}));
        }
        widget.click(Control::Answer).await;
        assert_eq!(host.next("CALL_ANSWERED").await["data"], json!({"externalCallId": call}));
        widget.type_into(Control::Notes, "called back").await;
        widget.click(Control::EndCall).await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "engagementId": 9, "callEndStatus": "COMPLETED"}));
        widget.click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(
            *properties,
            json!({
                "hs_timestamp": properties["hs_timestamp"], "hs_call_body": "called back",
                "hs_call_duration": properties["hs_call_duration"], "hs_call_status": "COMPLETED",
                "hs_call_direction": "INBOUND", "hs_call_from_number": CALLER, "hs_call_to_number": own_number(1),
            })
        );
        host.nothing_more().await;
    });
}

#[test]
fn a_declined_call_is_rejected() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = ring(&host).await;
        host.guest().click(Control::EndCall).await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": "REJECTED"}));
        host.guest().click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        // REJECTED is an end status, but no status of an engagement.
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_status"], "CANCELED");
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_direction"], "INBOUND");
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_duration"], "0");
        host.nothing_more().await;
    });
}

#[test]
fn an_unanswered_call_is_transferred() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = ring(&host).await;
        let transferred = host.next("CALL_TRANSFERRED").await;
        assert_eq!(transferred["data"], json!({"externalCallId": call}));
        // Not from the arrival of INCOMING_CALL, which a busy machine may delay.
        let incoming = host.wait_for(1, Direction::Handled, "INCOMING_CALL").await.remove(0);
        let started_at = incoming.message["data"]["callStartTime"].as_f64().unwrap();
        let rang = host.received_at("CALL_TRANSFERRED").await - started_at;
        assert!(
            (RING_TIME - 100.0..RING_TIME + 2_000.0).contains(&rang),
            "it rings for {RING_TIME} ms, not for {rang} ms"
        );
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        host.nothing_more().await; // no CALL_ENDED or CALL_COMPLETED
    });
}

#[test]
fn no_call_can_be_simulated_while_unavailable() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.click(Control::Availability).await;
        widget.see(Control::Available).await;
        if widget.has(Control::TriggerIncoming).await {
            assert!(!widget.is_enabled(Control::TriggerIncoming).await);
        }
        assert!(!widget.has(Control::IncomingNumber).await, "the form is not in the page");
        host.nothing_more().await;
    });
}

/// The timer and the reported duration begin with the answer.
#[test]
fn the_time_counts_from_the_answer() {
    run(async |harness| {
        let host = harness.logged_in().await;
        ring(&host).await;
        let rang_at = host.received_at("INCOMING_CALL").await;
        host.wait_until(rang_at + 2_000.0).await;
        host.guest().click_twice_at_once(Control::Answer).await;
        host.next("CALL_ANSWERED").await;
        host.guest().see_text("[role=timer]", "0:0").await;
        let answered_at = host.received_at("CALL_ANSWERED").await;
        host.wait_until(answered_at + 1_000.0).await;
        let completed = host.hang_up_and_save().await;
        let duration = completed["data"]["engagementProperties"]["hs_call_duration"].as_str().unwrap();
        let talked = host.received_at("CALL_ENDED").await - answered_at;
        assert!((duration.parse::<f64>().unwrap() - talked).abs() < 500.0, "{talked} ms, and {duration} reported");
        host.nothing_more().await;
    });
}

/// The title shows the name that HubSpot finds for the number.
#[test]
fn the_title_is_the_name_of_a_single_match() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let contact = |first: Value, last: Value, email: Value| {
            json!({"callerIdType": "CONTACT", "objectCoordinates": coordinates(1), "firstName": first, "lastName": last,
                   "email": email})
        };
        let company =
            |name: Value| json!({"callerIdType": "COMPANY", "objectCoordinates": coordinates(2), "name": name});
        let number = "+1 (617) 555-0142";
        let rows = [
            (json!([contact(json!("Ada"), json!("Lovelace"), Value::Null)]), "Ada Lovelace"),
            (json!([contact(json!("Ada"), Value::Null, Value::Null)]), "Ada"),
            (json!([contact(Value::Null, json!("Lovelace"), json!("ada@example.com"))]), "Lovelace"),
            (json!([contact(Value::Null, Value::Null, json!("ada@example.com"))]), "ada@example.com"),
            (json!([contact(Value::Null, Value::Null, Value::Null)]), number),
            (json!([company(json!("Engines Ltd."))]), "Engines Ltd."),
            (json!([company(Value::Null)]), number),
            (json!([null, {}]), number),
            (json!([]), number),
            (Value::Null, number),
        ];
        ring(&host).await;
        host.guest().click(Control::Answer).await;
        host.next("CALL_ANSWERED").await;
        for (matches, name) in rows {
            // First a name that is in no row, so that the change is visible.
            let nobody = json!([company(json!("Nobody Inc."))]);
            host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": nobody})).await;
            host.guest().see("//h1[contains(., 'Nobody Inc.')]").await;
            host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": matches})).await;
            let title = title(&host).await;
            assert!(title.ends_with(name), "{matches} shows {title:?}");
            assert!(!title.contains("null") && !title.contains("undefined"), "{title}");
        }
        host.send("CALLER_ID_MATCH_FAILED", json!({"error": {"message": "no"}})).await;
        assert!(title(&host).await.ends_with(number));
        host.nothing_more().await;
    });
}

/// With several matches each record can be opened, and the title stays the number.
#[test]
fn several_matches_are_listed() {
    run(async |harness| {
        let host = harness.logged_in().await;
        ring(&host).await;
        let matches = json!([
            {"callerIdType": "CONTACT", "objectCoordinates": coordinates(1), "firstName": "Ada", "lastName": null},
            {"callerIdType": "CONTACT", "objectCoordinates": coordinates(2), "firstName": null, "lastName": null},
            {"callerIdType": "COMPANY", "objectCoordinates": coordinates(3), "name": "Engines Ltd."},
        ]);
        host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": matches})).await;
        host.guest().click(Target::Button("Engines Ltd.")).await;
        let navigate = host.next("NAVIGATE_TO_RECORD").await;
        assert_eq!(navigate["data"]["objectCoordinates"], coordinates(3), "{navigate}");
        assert!(title(&host).await.contains("555-0142"));
        host.send("NAVIGATE_TO_RECORD_FAILED", json!({"objectCoordinates": coordinates(3)})).await;
        host.guest().see_text("[role=alert]", harness.texts().record_not_shown).await;
        host.guest().click(Control::Answer).await;
        host.next("CALL_ANSWERED").await;
        host.guest().see_text("[role=alert]", harness.texts().record_not_shown).await;
        host.nothing_more().await;
    });
}

/// The user ends the call in HubSpot: while it rings, and after the answer.
#[test]
fn hubspot_ends_the_call() {
    run(async |harness| {
        let host = harness.logged_in().await;
        for (answered, status, saved_as) in [(false, "REJECTED", "CANCELED"), (true, "COMPLETED", "COMPLETED")] {
            if answered {
                host.guest().click(Control::Availability).await;
                host.guest().click(Control::Unavailable).await;
                host.next("USER_UNAVAILABLE").await;
                host.guest().press(e2e::Key::Escape).await;
            }
            let call = ring(&host).await;
            if answered {
                host.guest().click(Control::Answer).await;
                host.next("CALL_ANSWERED").await;
            }
            host.send("END_CALL", Value::Null).await;
            let ended = host.next("CALL_ENDED").await;
            assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": status}));
            host.send("END_CALL", Value::Null).await; // it is over
            host.guest().click(Control::SaveCall).await;
            let completed = host.next("CALL_COMPLETED").await;
            assert_eq!(completed["data"]["engagementProperties"]["hs_call_status"], saved_as);
            host.guest().see(Control::DialNumber).await;
            host.nothing_more().await;
        }
    });
}

/// HubSpot could not create an engagement: the user gets a notice, the call continues, and the notes stay.
#[test]
fn a_failed_engagement_loses_no_notes() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        let call = ring(&host).await;
        widget.click(Control::Answer).await;
        host.next("CALL_ANSWERED").await;
        widget.type_into(Control::Notes, "before").await;
        host.send("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "The contact was deleted."}})).await;
        widget.see_text("[role=alert]", "The contact was deleted.").await;
        widget.see_value(Control::Notes, "before").await;
        widget.type_into(Control::Notes, " and after").await;
        widget.click(Control::CloseNotice).await;
        widget.click(Control::EndCall).await;
        assert_eq!(
            host.next("CALL_ENDED").await["data"],
            json!({"externalCallId": call, "callEndStatus": "COMPLETED"})
        );
        widget.see_value(Control::Notes, "before and after").await;
        widget.click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"].get("engagementId"), None, "{completed}");
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "before and after");

        host.send("UPDATE_ENGAGEMENT_FAILED", json!({"error": {"message": "Too late."}})).await;
        widget.see_text("[role=alert]", "Too late.").await;
        widget.see_text("[role=alert]", "before and after").await; // to be copied: they are stored nowhere else
        widget.click(Control::CloseNotice).await;
        widget.see_none("[role=alert]").await;
        host.nothing_more().await;
    });
}

/// Simulates an incoming call, and returns its id.
async fn ring(host: &Host<'_>) -> Value {
    tour::simulate_incoming(&host.guest(), async || ()).await;
    host.next("USER_AVAILABLE").await;
    let incoming = host.next("INCOMING_CALL").await;
    let call = incoming["data"]["externalCallId"].clone();
    assert!(call.is_string() && incoming["data"]["callStartTime"].is_u64(), "{incoming}");
    assert_eq!(
        incoming["data"],
        json!({
            "externalCallId": call, "fromNumber": CALLER, "toNumber": own_number(1),
            "callStartTime": incoming["data"]["callStartTime"], "createEngagement": true,
        })
    );
    host.guest().see(Control::Answer).await;
    call
}

fn coordinates(object: u32) -> Value {
    json!({"portalId": 62515, "objectId": object, "objectTypeId": "0-1"})
}

/// The title, after the widget has processed all messages.
async fn title(host: &Host<'_>) -> String {
    host.nothing_more().await;
    let title = host.guest().run("return document.querySelector('h1').textContent;", vec![]).await;
    title.as_str().unwrap().to_owned()
}
