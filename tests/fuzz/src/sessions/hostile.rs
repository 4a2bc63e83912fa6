use super::{PAGES, WIDGET};
use crate::Source;
use calling_extensions::codec::{Map, Value};

/// A message with the fields of the protocol, each of them with the right value, another one, or none.
pub fn hostile_message(source: &mut Source, ids: &[String]) -> Value {
    if source.chance(30) {
        return source.value();
    }
    let mut message = Map::new();
    message.set("type", if source.chance(230) { Value::from(source.kind()) } else { source.value() });
    let id = match source.byte() % 6 {
        0 => Value::from(ids.get(source.below(ids.len().max(1))).cloned().unwrap_or_default()),
        1 => Value::from(["rsg0_1", "rsg1_1", "rsh0-1_1", "rsh1-1_2", "rsg0", "rsg01_1"][source.below(6)]),
        2 => Value::Number(source.number()),
        3 => source.value(),
        _ => Value::from(format!("{}_{}", source.byte(), source.byte())),
    };
    message.set("messageId", id);
    for name in ["hostUrl", "iFrameUrl"] {
        match source.byte() % 5 {
            0 => {}
            1 => message.set(name, source.value()),
            2 => message.set(name, WIDGET),
            _ => message.set(name, source.one_of(PAGES)),
        }
    }
    if source.chance(160) {
        message.set("data", source.value());
    }
    if source.chance(60) {
        message.set(&source.name(), source.value());
    }
    Value::Map(message)
}
