//! Every message of the protocol in both directions: our guest with the npm host, the npm guest with our host.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, Frame, GUEST, Host, TestHarness, Value, encode, json, run};

/// The messages of HubSpot, with every known field, and with unknown fields.
fn host_messages() -> Vec<(&'static str, Value)> {
    let coordinates = json!({"portalId": 62515, "objectId": 51, "objectTypeId": "0-1"});
    vec![
        (
            "DIAL_NUMBER",
            json!({
                "phoneNumber": "+442073238298", "ownerId": "4242", "subjectId": 51, "objectId": 0, "objectType": "CONTACT",
                "portalId": 62515, "countryCode": "GB", "calleeInfo": {"calleeId": 51, "calleeObjectTypeId": "0-1"},
                "startTimestamp": 1_795_212_000_123_u64, "toPhoneNumberSrc": "phone", "threadId": null, "newer": [{}],
            }),
        ),
        ("ENGAGEMENT_CREATED", json!({"engagementId": 499})),
        ("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 500, "externalCallId": "call-1"})),
        ("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "no such contact"}})),
        ("UPDATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 500})),
        ("UPDATE_ENGAGEMENT_FAILED", json!({"error": {"message": "too late"}})),
        ("FINALIZE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 500, "externalCallId": "call-1"})),
        ("FINALIZE_ENGAGEMENT_FAILED", json!({"engagementId": 500, "externalCallId": "call-1"})),
        ("PUBLISH_TO_CHANNEL_SUCCEEDED", json!({"engagementId": 500, "externalCallId": "call-1"})),
        ("PUBLISH_TO_CHANNEL_FAILED", json!({"engagementId": 500, "externalCallId": "call-1"})),
        ("NAVIGATE_TO_RECORD_FAILED", json!({"engagementId": 500, "objectCoordinates": coordinates})),
        (
            "CALLER_ID_MATCH_SUCCEEDED",
            json!({"callerIdMatches": [
                {"callerIdType": "CONTACT", "objectCoordinates": coordinates, "firstName": "Ada", "lastName": null, "email": "a@b.example"},
                {"callerIdType": "COMPANY", "objectCoordinates": coordinates, "name": "Engines"},
            ]}),
        ),
        ("CALLER_ID_MATCH_FAILED", json!({"error": {"message": "nobody"}})),
        ("VISIBILITY_CHANGED", json!({"isMinimized": true, "isHidden": false})),
        ("SET_CALL_STATE", json!({"any": {"thing": [1]}})),
        ("INITIATE_CALL_ID_SUCCEEDED", json!({"callId": 9})),
        ("INITIATE_CALL_ID_FAILED", json!({"callId": 9})),
        ("SET_WIDGET_URL_FAILED", json!({"iFrameUrl": "https://widget.example"})),
        ("FAILED", json!({"error": {"message": "just so"}})),
        ("UNLOADING", json!({"any": "thing"})),
        ("END_CALL", json!({"any": "thing"})),
    ]
}

#[test]
fn our_guest_receives_every_message_of_the_npm_host() {
    run(async |harness| {
        let host = harness.guest_at("/minimal/").open(harness).await;
        let guest = host.guest();
        host.initialized().await;
        for (kind, data) in host_messages() {
            host.send(kind, data.clone()).await;
            let received = guest.see_log(1, "in", kind).await.remove(0);
            assert_eq!(received.origin, harness.host_origin());
            assert_eq!(received.message()["data"], data, "{kind}");
            let typed = guest.see_log(1, "event", kind).await.remove(0);
            assert_eq!(typed.message(), data, "{kind}: read into types and written again");
            if kind.ends_with("FAILED") {
                let raised = guest.see_log(1, "event", kind).await;
                assert!(raised.iter().any(|line| line.text == "failed"), "{kind} has no catch-all: {raised:?}");
            }
        }
        let log = guest.log().await;
        let unknown: Vec<_> = log.iter().filter(|line| line.text == "unknown").collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        host.next("CALL_ENDED").await; // the page's answer to END_CALL
        host.nothing_more().await;
    });
}

#[test]
fn our_guest_sends_every_message_to_the_npm_host() {
    run(async |harness| {
        let mut page = harness.guest_at("/minimal/");
        page.sync = json!({"portalId": 62515});
        let host = page.open(harness).await;
        let initialized = json!({"isLoggedIn": false, "isAvailable": false, "sizeInfo": {"width": 400, "height": 650}});
        assert_eq!(host.initialized().await["data"], initialized);
        for (button, kind) in
            [("#login", "LOGGED_IN"), ("#useravailable", "USER_AVAILABLE"), ("#userunavailable", "USER_UNAVAILABLE")]
        {
            assert_eq!(click(&host, button, kind).await, Value::Null);
        }

        let dialed = host_messages().remove(0).1;
        host.send("DIAL_NUMBER", dialed.clone()).await;
        host.guest().see_log(1, "in", "DIAL_NUMBER").await;
        let started = click(&host, "#outgoingcall", "OUTGOING_CALL_STARTED").await;
        let call = started["externalCallId"].clone();
        assert!(call.is_string() && started["callStartTime"].is_u64(), "{started}");
        assert_eq!(
            started,
            json!({
                "externalCallId": call, "toNumber": "+442073238298", "fromNumber": "+18884827768",
                "callStartTime": started["callStartTime"], "createEngagement": true, "dialingContext": dialed,
            })
        );
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 500})).await;
        host.guest().see_log(1, "in", "CREATE_ENGAGEMENT_SUCCEEDED").await;

        let of_call = json!({"externalCallId": call, "engagementId": 500});
        assert_eq!(click(&host, "#answercall", "CALL_ANSWERED").await, json!({"externalCallId": call}));
        assert_eq!(click(&host, "#calldata", "CALL_DATA").await, json!({"externalCallId": call, "quality": 4.5}));
        host.send("CALLER_ID_MATCH_SUCCEEDED", host_messages()[11].1.clone()).await;
        host.guest().see_log(1, "in", "CALLER_ID_MATCH_SUCCEEDED").await;
        assert_eq!(
            click(&host, "#navigatetorecord", "NAVIGATE_TO_RECORD").await,
            json!({
                "engagementId": 500, "openIn": "NEW_TAB",
                "objectCoordinates": {"portalId": 62515, "objectId": 51, "objectTypeId": "0-1"},
            })
        );
        assert_eq!(
            click(&host, "#endcall", "CALL_ENDED").await,
            json!({"externalCallId": call, "engagementId": 500, "callEndStatus": "COMPLETED"})
        );
        assert_eq!(click(&host, "#finalizeengagement", "FINALIZE_ENGAGEMENT").await, of_call);
        assert_eq!(click(&host, "#publishtochannel", "PUBLISH_TO_CHANNEL").await, of_call);
        let completed = click(&host, "#completecall", "CALL_COMPLETED").await;
        assert_eq!(
            completed,
            json!({
                "externalCallId": call, "engagementId": 500, "hideWidget": false,
                "engagementProperties": {
                    "hs_timestamp": completed["engagementProperties"]["hs_timestamp"],
                    "hs_call_title": "Demo call", "hs_call_body": "Resolved issue", "hs_call_duration": "61000",
                    "hs_call_status": "COMPLETED", "hs_call_direction": "OUTBOUND",
                    "hs_call_from_number": "+18884827768", "hs_call_to_number": "+442073238298",
                },
            })
        );

        let incoming = click(&host, "#incomingcall", "INCOMING_CALL").await;
        let second = incoming["externalCallId"].clone();
        assert_ne!(second, call);
        assert_eq!(
            incoming,
            json!({
                "externalCallId": second, "fromNumber": "+18884827768", "toNumber": "+442073238298",
                "callStartTime": incoming["callStartTime"], "createEngagement": true,
            })
        );
        assert_eq!(click(&host, "#transfercall", "CALL_TRANSFERRED").await, json!({"externalCallId": second}));
        assert_eq!(
            click(&host, "#senderror", "ERROR").await,
            json!({"message": "This is an error alert shown in the HubSpot UI"})
        );
        host.guest().click("#resizewidget").await;
        let resized = host.wait_for(1, Direction::Handled, "RESIZE_WIDGET").await;
        assert_eq!(resized[0].message["data"], json!({"width": 420, "height": 670}));
        let sent = json!({"type": "NEWER_THAN_THIS_SDK", "data": {"a": [1, null]}});
        host.guest().send_message(&sent).await;
        assert_eq!(host.next("NEWER_THAN_THIS_SDK").await["data"], sent["data"]);
        assert_eq!(click(&host, "#logout", "LOGGED_OUT").await, Value::Null);

        // The npm host does not pass this message to its handler. It raises READY, and stays at the old address.
        host.guest().click("#setwidgeturl").await;
        let moved = host.wait_for(1, Direction::Received, "SET_WIDGET_URL").await;
        assert_eq!(
            moved[0].message["data"],
            json!({"iFrameUrl": format!("{}/minimal/?moved=true", harness.guest_origin())})
        );
        assert_eq!(moved[0].message.get("iFrameUrl"), None);
        host.next("READY").await;
        host.nothing_more().await;
    });
}

#[test]
fn the_npm_guest_receives_every_message_of_our_host() {
    run(async |harness| {
        let (host, guest) = our_host(harness, "/pages/npm-guest.html", json!({"portalId": 62515, "userId": 7})).await;
        let ready = handled(&guest, "READY").await;
        assert_eq!(ready["handler"], "onReady");
        assert_eq!(ready["message"]["data"], json!({"portalId": 62515, "userId": 7, "hostUrl": harness.host_origin()}));
        for (kind, data) in host_messages() {
            host.send_message(&json!({"type": kind, "data": data})).await;
            let received = handled(&guest, kind).await;
            assert_eq!(received["message"]["data"], data, "{kind}");
        }
        // The npm guest answers unknown messages with ERROR, which our host does not answer.
        host.send_message(&json!({"type": "NEWER_THAN_THE_NPM_SDK", "data": {"a": 1}})).await;
        let errors = host.see_log(2, "in", "ERROR").await;
        let refused: Vec<_> =
            errors.iter().map(|line| line.message()["data"]["data"]["originalMessage"]["type"].clone()).collect();
        assert_eq!(refused, ["UNLOADING", "NEWER_THAN_THE_NPM_SDK"]);
        let log = host.log().await;
        let answers = log.iter().filter(|line| line.flow == "out" && line.kind == "ERROR").count();
        assert_eq!(answers, 0, "{log:?}");
    });
}

#[test]
fn the_npm_guest_sends_every_message_to_our_host() {
    run(async |harness| {
        let (host, guest) = our_host(harness, "/pages/npm-guest.html", json!({})).await;
        handled(&guest, "READY").await;
        let coordinates = json!({"portalId": 1, "objectId": 2, "objectTypeId": "0-2"});
        let rows = [
            (
                "initialized",
                json!({"isLoggedIn": true, "isAvailable": false, "engagementId": 5, "sizeInfo": {"width": 400, "height": 650}, "iframeLocation": "widget"}),
                "INITIALIZED",
            ),
            ("userAvailable", Value::Null, "USER_AVAILABLE"),
            ("userUnavailable", Value::Null, "USER_UNAVAILABLE"),
            ("userLoggedIn", Value::Null, "LOGGED_IN"),
            (
                "incomingCall",
                json!({"externalCallId": "a", "fromNumber": "+1", "toNumber": "+2", "callStartTime": 3, "createEngagement": true}),
                "INCOMING_CALL",
            ),
            (
                "outgoingCall",
                json!({"externalCallId": "b", "fromNumber": "+1", "toNumber": "+2", "callStartTime": 3, "createEngagement": true, "dialingContext": {"x": [null]}}),
                "OUTGOING_CALL_STARTED",
            ),
            ("callAnswered", json!({"externalCallId": "b"}), "CALL_ANSWERED"),
            ("callTransferred", json!({"externalCallId": "b"}), "CALL_TRANSFERRED"),
            (
                "navigateToRecord",
                json!({"engagementId": 5, "objectCoordinates": coordinates, "openIn": "NEW_TAB"}),
                "NAVIGATE_TO_RECORD",
            ),
            ("callData", json!({"any": {"thing": 1}}), "CALL_DATA"),
            (
                "callEnded",
                json!({"externalCallId": "b", "engagementId": 5, "callEndStatus": "NO_ANSWER"}),
                "CALL_ENDED",
            ),
            (
                "callCompleted",
                json!({"externalCallId": "b", "engagementId": "5", "hideWidget": false, "engagementProperties": {"hs_timestamp": "3", "own_property": "kept"}}),
                "CALL_COMPLETED",
            ),
            ("publishToChannel", json!({"externalCallId": "b", "engagementId": 5}), "PUBLISH_TO_CHANNEL"),
            ("finalizeEngagement", json!({"externalCallId": "b", "engagementId": 5}), "FINALIZE_ENGAGEMENT"),
            ("resizeWidget", json!({"width": 410, "height": 640}), "RESIZE_WIDGET"),
            ("sendError", json!({"message": "shown to the user"}), "ERROR"),
            ("userLoggedOut", Value::Null, "LOGGED_OUT"),
        ];
        for (method, payload, kind) in rows {
            call(&guest, method, &payload).await;
            let received = host.see_log(1, "in", kind).await.remove(0);
            assert_eq!(received.origin, harness.guest_origin());
            assert_eq!(received.message()["data"], payload, "{method}");
            let typed = host.see_log(1, "event", kind).await.remove(0);
            assert_eq!(typed.message(), payload, "{method}: read into types and written again");
        }
        // The form that widgets sent to older hosts.
        call(&guest, "outgoingCall", &json!({"externalCallId": "c", "phoneNumber": "+2"})).await;
        let typed = host.see_log(2, "event", "OUTGOING_CALL_STARTED").await.remove(1);
        assert_eq!(typed.message(), json!({"externalCallId": "c", "toNumber": "+2"}));
        let log = host.log().await;
        let unknown: Vec<_> = log.iter().filter(|line| line.flow == "event" && line.text == "unknown").collect();
        assert!(unknown.is_empty(), "{unknown:?}");

        let script = "cti.sendMessage({type: 'NEWER_THAN_OUR_SDK', data: {a: 1}});";
        guest.run(script, vec![]).await;
        host.see_log(1, "in", "NEWER_THAN_OUR_SDK").await;
        let answer = handled(&guest, "ERROR").await["message"]["data"].clone();
        assert_eq!(answer["type"], "UNKNOWN_MESSAGE_TYPE");
        assert_eq!(answer["data"]["originalMessage"]["data"], json!({"a": 1}));
    });
}

#[test]
fn our_host_follows_the_npm_guest_to_another_address() {
    run(async |harness| {
        let (host, guest) = our_host(harness, "/pages/npm-guest.html", json!({})).await;
        handled(&guest, "READY").await;
        let url = format!("{}/pages/npm-guest.html?moved", harness.guest_origin());
        call(&guest, "setWidgetUrl", &json!({"iFrameUrl": url})).await;
        host.see_log(2, "event", "READY").await; // after the handshake with the new address
        assert_eq!(guest.run("return location.href;", vec![]).await, json!(url));
        host.send_message(&json!({"type": "END_CALL"})).await;
        handled(&guest, "END_CALL").await;
    });
}

#[test]
fn our_guest_and_our_host_work_together() {
    run(async |harness| {
        let (host, guest) = our_host(harness, "/minimal/", json!({"portalId": 1})).await;
        host.see_log(1, "in", "INITIALIZED").await;
        host.send_message(&json!({"type": "UNKNOWN_TYPE", "data": {}})).await;
        host.see_log(1, "in", "ERROR").await;
        guest.send_message(&json!({"type": "UNKNOWN_TO_THE_HOST"})).await;
        guest.see_log(1, "in", "ERROR").await;
        guest.click("#login").await;
        host.see_log(1, "in", "LOGGED_IN").await;
        // An ERROR is never answered with an ERROR: there is one in each direction.
        for side in [&host, &guest] {
            let log = side.log().await;
            assert_eq!(log.iter().filter(|line| line.flow == "in" && line.kind == "ERROR").count(), 1, "{log:?}");
        }
    });
}

/// Clicks a button of the minimal guest, and returns the payload of the next message at the npm host.
async fn click(host: &Host<'_>, button: &str, kind: &str) -> Value {
    host.guest().click(button).await;
    let message = host.next(kind).await;
    assert!(
        message
            .as_object()
            .is_some_and(|fields| fields.keys().all(|key| ["type", "messageId", "data"].contains(&key.as_str()))),
        "{message}"
    );
    message["data"].clone()
}

/// The SDK's host example with a guest in its frame.
async fn our_host<'a>(harness: &'a TestHarness, guest: &str, sync: Value) -> (Frame<'a>, Frame<'a>) {
    let url = format!(
        "{}/host/?guest={}&sync={}",
        harness.host_origin(),
        encode(&format!("{}{guest}", harness.guest_origin())),
        encode(&sync.to_string())
    );
    harness.driver().goto(url).await.unwrap();
    let host = harness.page();
    host.see_log(1, "event", "READY").await;
    (host, harness.frame(GUEST))
}

/// Waits until the npm guest's handler has received a message of this type, and returns its line of the transcript.
async fn handled(guest: &Frame<'_>, kind: &str) -> Value {
    e2e::until(&format!("{kind} at the npm guest"), e2e::DEFAULT_TIMEOUT, async || {
        let script = "return JSON.stringify(transcript.filter(line => line.direction === 'handled'));";
        let lines = guest.try_run(script, vec![]).await?;
        let lines: Vec<Value> = serde_json::from_str(lines.as_str().unwrap_or("[]")).unwrap();
        let found = lines.iter().find(|line| line["message"]["type"] == kind).cloned();
        found.ok_or_else(|| format!("it has received {lines:?}"))
    })
    .await
}

/// Calls a method of the npm guest.
async fn call(guest: &Frame<'_>, method: &str, payload: &Value) {
    let script = "cti[arguments[0]](...(arguments[1] === 'null' ? [] : [JSON.parse(arguments[1])]));";
    guest.run(script, vec![json!(method), json!(payload.to_string())]).await;
}
