use crate::{Side, Transcript, WIDGET, load, pass, receive, receive_from, receive_from_other_window, send};
use calling_extensions::message::{GuestMessage, HostMessage, Message};
use serde_json::{Value, json};

const EVIL: &str = "https://evil.example";

/// The transcripts whose differences are listed: what the protocol describes, and what a peer can do that it does not describe.
pub fn transcripts() -> Vec<Transcript> {
    let mut all = guest();
    all.extend(host());
    all
}

fn transcript(side: Side, name: &str, steps: Vec<Value>) -> Transcript {
    let prefix = if side == Side::Guest { "guest" } else { "host" };
    Transcript { name: format!("{prefix}: {name}"), side, steps }
}

fn sync(id: &str) -> Value {
    json!({"type": "SYNC", "messageId": id, "hostUrl": "https://app.hubspot.com"})
}

fn message(kind: &str, data: Value) -> Value {
    json!({"type": kind, "messageId": "100_2", "data": data})
}

/// A guest after the handshake and INITIALIZED.
fn ready(name: &str, steps: Vec<Value>) -> Transcript {
    let mut all = vec![receive(sync("100_1")), send("INITIALIZED", Some(json!({"isLoggedIn": true})))];
    all.extend(steps);
    transcript(Side::Guest, name, all)
}

fn guest() -> Vec<Transcript> {
    let guest = |name, steps| transcript(Side::Guest, name, steps);
    let full = json!({
        "type": "SYNC", "messageId": "100_1", "hostUrl": "https://app.hubspot.com", "portalId": 62515, "userId": 7, "ownerId": 8,
        "engagementId": 500, "iframeLocation": "remote", "usesCallingWindow": false, "later": [1],
    });
    vec![
        guest("the version", vec![receive(sync("100_1"))]),
        guest("handshake with every field", vec![receive(full)]),
        guest("handshake without hostUrl", vec![receive(json!({"type": "SYNC", "messageId": "100_1"}))]),
        guest(
            "handshake without messageId",
            vec![receive(json!({"type": "SYNC", "hostUrl": "https://app.hubspot.com"}))],
        ),
        guest(
            "SYNC again, and of another host instance",
            vec![receive(sync("100_1")), receive(sync("100_3")), receive(sync("200_1"))],
        ),
        guest(
            "SYNC of a page that is not allowed",
            vec![receive_from(EVIL, json!({"type": "SYNC", "messageId": "100_1", "hostUrl": EVIL}))],
        ),
        guest(
            "SYNC with the address of another page",
            vec![receive(json!({"type": "SYNC", "messageId": "100_1", "hostUrl": EVIL}))],
        ),
        guest("SYNC of another window", vec![receive_from_other_window(sync("100_1"))]),
        guest(
            "messages before the handshake",
            vec![
                send("LOGGED_IN", None),
                send("INITIALIZED", Some(json!({"isLoggedIn": false}))),
                send("OUTGOING_CALL_STARTED", Some(json!({"externalCallId": "c"}))),
                receive(message("DIAL_NUMBER", json!({"phoneNumber": "+16175551234"}))),
                receive(sync("100_1")),
            ],
        ),
        guest(
            "messages before INITIALIZED",
            vec![
                receive(sync("100_1")),
                send("USER_AVAILABLE", None),
                send("INCOMING_CALL", Some(json!({"externalCallId": "c", "fromNumber": "1", "toNumber": "2"}))),
                send("INITIALIZED", Some(json!({"isLoggedIn": true}))),
            ],
        ),
        ready("INITIALIZED again", vec![send("USER_AVAILABLE", None), send("INITIALIZED", Some(json!({})))]),
        ready(
            "every message of a host",
            HostMessage::KINDS.iter().map(|kind| receive(message(kind, payload()))).collect(),
        ),
        ready(
            "every message of a host without a payload",
            HostMessage::KINDS.iter().map(|kind| receive(json!({"type": kind, "messageId": "100_2"}))).collect(),
        ),
        ready(
            "every message of a guest",
            GuestMessage::KINDS
                .iter()
                .filter(|kind| **kind != "INITIALIZED")
                .map(|kind| send(kind, has_payload(kind).then(payload)))
                .collect(),
        ),
        ready(
            "types that nobody knows",
            ["NEW_TYPE", "NEW_TYPE_FAILED", "toString", "__proto__", "INITIALIZED", "dial_number"]
                .iter()
                .map(|kind| receive(message(kind, json!({"a": 1}))))
                .collect(),
        ),
        ready(
            "messages of the handshake at the wrong time",
            ["READY", "SYNC_ACK", "SYNC_ACK_FAILED"]
                .iter()
                .map(|kind| receive(message(kind, json!({"engagementId": 1}))))
                .collect(),
        ),
        ready("ERROR", vec![receive(message("ERROR", json!({"message": "no"})))]),
        ready(
            "SET_WIDGET_URL",
            vec![
                receive(json!({"type": "SET_WIDGET_URL", "messageId": "100_2", "iFrameUrl": EVIL})),
                send("CALL_DATA", Some(json!({"secret": 1}))),
            ],
        ),
        ready(
            "values that are no messages",
            vec![
                receive(Value::Null),
                receive(json!(1)),
                receive(json!("END_CALL")),
                receive(json!([])),
                receive(json!({})),
                receive(json!({"type": "END_CALL"})),
                receive(json!({"type": "END_CALL", "messageId": ""})),
                receive(json!({"type": "END_CALL", "messageId": null})),
                receive(json!({"type": "END_CALL", "messageId": {}})),
                receive(json!({"type": "END_CALL", "messageId": 5})),
                receive(json!({"type": 5, "messageId": "100_2"})),
                receive(json!({"type": ["END_CALL"], "messageId": "100_2"})),
                receive(json!({"messageId": "100_2"})),
            ],
        ),
        ready(
            "other pages and windows",
            vec![
                receive_from(EVIL, message("END_CALL", json!({}))),
                receive_from("https://app-eu1.hubspot.com", message("END_CALL", json!({}))),
                receive_from_other_window(message("END_CALL", json!({}))),
            ],
        ),
        ready(
            "payloads in other forms",
            vec![
                receive(message(
                    "DIAL_NUMBER",
                    json!({"phone_number": "+1", "calleeInfo": [{"calleeID": 1}], "PortalId": "2"}),
                )),
                receive(message("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagement": {"id": 5}}))),
                receive(message("UPDATE_ENGAGEMENT_FAILED", json!("too late"))),
                receive(message("VISIBILITY_CHANGED", json!({"isMinimized": "true", "isHidden": null}))),
                receive(message("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [null, {"firstName": null}]}))),
            ],
        ),
    ]
}

fn has_payload(kind: &str) -> bool {
    !["USER_AVAILABLE", "USER_UNAVAILABLE", "LOGGED_IN", "LOGGED_OUT"].contains(&kind)
}

/// A payload with every field that some type requires.
fn payload() -> Value {
    json!({
        "externalCallId": "c", "engagementId": 500, "fromNumber": "+16175551234", "toNumber": "+442073238299", "width": 400, "height": 650,
        "objectCoordinates": {"portalId": 1, "objectId": 2, "objectTypeId": "0-1"}, "message": "text", "callerIdMatches": [],
        "iFrameUrl": "https://widget.example/other", "later": [null, 1.5, {"a": {}}],
    })
}

fn ack(more: Value) -> Value {
    let mut ack =
        json!({"type": "SYNC_ACK", "messageId": "$sync", "debugMode": false, "version": "0.9.7", "iFrameUrl": WIDGET});
    for (name, value) in more.as_object().into_iter().flatten() {
        ack[name] = value.clone();
    }
    ack
}

/// A host after the handshake.
fn connected(name: &str, steps: Vec<Value>) -> Transcript {
    let mut all = vec![load(), receive(ack(json!({})))];
    all.extend(steps);
    transcript(Side::Host, name, all)
}

fn host() -> Vec<Transcript> {
    let host = |name, steps| transcript(Side::Host, name, steps);
    vec![
        host("SYNC until it is answered", vec![load(), pass(250), receive(ack(json!({}))), pass(1_000)]),
        host("a guest that never answers", vec![load(), pass(29_900), pass(100), pass(1_000)]),
        host("SYNC_ACK again", vec![load(), pass(100), receive(ack(json!({}))), receive(ack(json!({})))]),
        host("SYNC_ACK with another id", vec![load(), receive(ack(json!({"messageId": "7_1"})))]),
        host(
            "SYNC_ACK with the address of another page",
            vec![load(), receive(ack(json!({"iFrameUrl": EVIL}))), send("END_CALL", None)],
        ),
        host(
            "SYNC_ACK of another page and window",
            vec![load(), receive_from(EVIL, ack(json!({}))), receive_from_other_window(ack(json!({})))],
        ),
        host(
            "messages before the handshake",
            vec![
                load(),
                send("DIAL_NUMBER", Some(json!({"phoneNumber": "+1"}))),
                receive(json!({"type": "INITIALIZED", "messageId": "9_1", "data": {}})),
                receive(ack(json!({}))),
            ],
        ),
        connected(
            "every message of a guest",
            GuestMessage::KINDS
                .iter()
                .filter(|kind| **kind != "SET_WIDGET_URL")
                .map(|kind| receive(json!({"type": kind, "messageId": "9_1", "data": payload()})))
                .collect(),
        ),
        connected(
            "every message of a host",
            HostMessage::KINDS.iter().map(|kind| send(kind, Some(json!({"a": 1})))).collect(),
        ),
        connected(
            "a type that nobody knows",
            vec![receive(json!({"type": "NEW_TYPE", "messageId": "9_1", "data": {}}))],
        ),
        connected("the frame is loaded again", vec![load(), send("END_CALL", None), receive(ack(json!({})))]),
        connected(
            "SET_WIDGET_URL",
            vec![
                receive(
                    json!({"type": "SET_WIDGET_URL", "messageId": "9_1", "data": {"iFrameUrl": "https://other.example/x"}}),
                ),
                send("END_CALL", None),
            ],
        ),
        connected(
            "SET_WIDGET_URL at the top level",
            vec![
                receive(json!({"type": "SET_WIDGET_URL", "messageId": "9_1", "iFrameUrl": "https://other.example/x"})),
                send("END_CALL", None),
            ],
        ),
        connected(
            "SET_WIDGET_URL with a script",
            vec![receive(
                json!({"type": "SET_WIDGET_URL", "messageId": "9_1", "data": {"iFrameUrl": "javascript:alert(1)"}}),
            )],
        ),
        connected(
            "values that are no messages",
            vec![
                receive(Value::Null),
                receive(json!("x")),
                receive(json!({})),
                receive(json!({"type": "CALL_ENDED"})),
                receive(json!({"type": 5, "messageId": "9_1"})),
                receive(json!({"type": "CALL_ENDED", "messageId": 5})),
            ],
        ),
        connected(
            "other pages and windows",
            vec![
                receive_from(EVIL, json!({"type": "CALL_ENDED", "messageId": "9_1"})),
                receive_from_other_window(json!({"type": "CALL_ENDED", "messageId": "9_1"})),
            ],
        ),
        connected(
            "messages of the handshake at the wrong time",
            vec![
                receive(json!({"type": "SYNC", "messageId": "9_1", "hostUrl": EVIL})),
                receive(json!({"type": "READY", "messageId": "9_1"})),
            ],
        ),
        connected(
            "an answer to a message of the host",
            vec![send("END_CALL", None), receive(json!({"type": "CALL_ENDED", "messageId": "$sync"}))],
        ),
    ]
}
