//! Any value as the payload of any message.

use crate::Source;
use calling_extensions::{
    codec::{Id, Value},
    message::{GuestMessage, HostMessage, Message, Sync},
};
use fuzz_driver::Shape;
use std::fmt::Debug;

/// Reads a payload as a message of each direction. What was read is written and read again without a change, as a message and as
/// JSON.
///
/// # Panics
/// When that does not hold.
pub fn codec(data: &[u8]) -> Shape {
    let mut source = Source::new(data);
    let kind = source.kind();
    let payload = source.value();
    let mut shape = Shape::of(&kind.len());
    let fields = [round_trip::<HostMessage>(&kind, &payload), round_trip::<GuestMessage>(&kind, &payload)];
    let sync: Option<Sync> = payload.read();
    for field in fields.into_iter().flatten().flatten().chain(sync.iter().flat_map(fields_of)) {
        shape.add(&(&kind, field));
    }
    assert_ids(payload.read(), source.value().read());
    shape
}

fn round_trip<M>(kind: &str, payload: &Value) -> Option<Vec<String>>
where
    M: Message + Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let message = M::decode(kind, Some(payload))?;
    assert_eq!(message.kind(), kind);
    // The first time, the known fields move to the front.
    let written = message.data();
    let again = M::decode(kind, written.as_ref()).and_then(|again| again.data());
    assert_eq!(
        format!("{again:?}"),
        format!("{written:?}"),
        "a message that is written and read again differs: {payload:?}"
    );
    let text = format!("{message:?}");
    // JSON has no NaN and no infinity, and JavaScript writes -0 as 0.
    if !["NaN", "inf", "-0.0"].iter().any(|number| text.contains(number)) {
        let json = serde_json::to_string(&message).unwrap_or_default();
        let stored = serde_json::from_str::<M>(&json).map(|stored| format!("{stored:?}"));
        assert_eq!(stored.ok().as_ref(), Some(&text), "{json}");
    }
    Some(fields_of(&message))
}

/// Equal ids are equal in both directions, and an id is equal to itself.
fn assert_ids(one: Option<Id>, other: Option<Id>) {
    let (Some(one), Some(other)) = (one, other) else { return };
    assert_eq!(one, one.clone());
    assert_eq!(one.eq(&other), other.eq(&one));
    assert_eq!(one, Id::from(one.text().as_str()), "the text of an id is the same id");
}

/// Which fields were read: the names in the debug output.
fn fields_of(message: &impl Debug) -> Vec<String> {
    let text = format!("{message:?}");
    let mut fields: Vec<String> = text
        .split(", ")
        .filter(|field| field.contains(": Some("))
        .filter_map(|field| field.split(": ").next().map(|name| name.chars().take(24).collect()))
        .collect();
    fields.truncate(12);
    fields
}
