use crate::{Side, Transcript, load, receive, send};
use calling_extensions::message::{GuestMessage, HostMessage, Message};
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Transcripts of peers that keep to the protocol: after the handshake, known messages in both directions with any payload.
pub fn generated(seed: u64, count: usize) -> Vec<Transcript> {
    let mut random = Rng::with_seed(seed);
    (0..count)
        .map(|number| {
            let side = if random.bool() { Side::Guest } else { Side::Host };
            let mut steps = match side {
                Side::Guest => vec![
                    receive(json!({"type": "SYNC", "messageId": "1_1", "hostUrl": "https://app.hubspot.com"})),
                    send("INITIALIZED", Some(json!({"isLoggedIn": true}))),
                ],
                Side::Host => vec![load(), receive(json!({"type": "SYNC_ACK", "messageId": "$sync"}))],
            };
            steps.extend((0..random.usize(1..20)).map(|_| step(&mut random, side)));
            Transcript { name: format!("generated {number}"), side, steps }
        })
        .collect()
}

fn step(random: &mut Rng, side: Side) -> Value {
    let is_received = random.bool();
    // Failures, UNLOADING, SET_WIDGET_URL and a second INITIALIZED differ; they are in the list.
    let of_host = |kind: &&&str| !kind.ends_with("FAILED") && **kind != "UNLOADING";
    let of_guest = |kind: &&&str| **kind != "SET_WIDGET_URL" && (is_received || **kind != "INITIALIZED");
    let host: Vec<_> = HostMessage::KINDS.iter().filter(of_host).collect();
    let guest: Vec<_> = GuestMessage::KINDS.iter().filter(of_guest).collect();
    let kinds = if is_received == (side == Side::Guest) { host } else { guest };
    let kind = random.choice(kinds).copied().unwrap_or("END_CALL");
    let mut data = json!({
        "externalCallId": text(random), "fromNumber": "+16175551234", "toNumber": "+442073238299", "engagementId": random.u32(1..),
        "objectCoordinates": {"portalId": 1, "objectId": random.u32(1..), "objectTypeId": "0-1"}, "message": text(random),
        "width": random.u16(..), "height": random.u16(..), "callerIdMatches": [],
    });
    for (name, value) in fields(random, 3) {
        data[name] = value;
    }
    let has_payload = !["USER_AVAILABLE", "USER_UNAVAILABLE", "LOGGED_IN", "LOGGED_OUT"].contains(&kind);
    if is_received {
        let mut message = json!({"type": kind, "messageId": format!("2_{}", random.u16(..))});
        if has_payload {
            message["data"] = data;
        }
        receive(message)
    } else {
        send(kind, has_payload.then_some(data))
    }
}

/// Fields with any value. Those that the protocol knows have values of their type, in the package's spelling.
fn fields(random: &mut Rng, depth: u32) -> Map<String, Value> {
    let mut fields = Map::new();
    for _ in 0..random.usize(..6) {
        let (name, value) = match random.u8(..12) {
            0 => ("engagementId", json!(random.u32(1..))),
            1 => ("externalCallId", json!(text(random))),
            2 => ("phoneNumber", json!("+16175551234")),
            3 => ("toNumber", json!("+16175551234")),
            4 => ("isAvailable", json!(random.bool())),
            5 => ("callEndStatus", json!("BUSY")),
            6 => ("callStartTime", json!(random.u32(..))),
            _ => {
                fields.insert(format!("x-{}", text(random)), value(random, depth));
                continue;
            }
        };
        fields.insert(name.to_owned(), value);
    }
    fields
}

fn value(random: &mut Rng, depth: u32) -> Value {
    match random.u8(..8) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i32(..)),
        3 => json!(f64::from(random.i32(..)) / 8.0),
        4 | 5 => json!(text(random)),
        6 if depth > 0 => Value::Array((0..random.usize(..4)).map(|_| value(random, depth - 1)).collect()),
        _ if depth > 0 => Value::Object(fields(random, depth - 1)),
        _ => json!({}),
    }
}

fn text(random: &mut Rng) -> String {
    (0..random.usize(..8))
        .map(|_| random.choice(['a', '0', ' ', 'é', '💥', '"', '\\', '\u{7f}']).unwrap_or('a'))
        .collect()
}
