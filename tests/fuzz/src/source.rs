//! Values from the bytes of a case.

use arbitrary::Unstructured;
use calling_extensions::{
    codec::{MAX_DEPTH, Map, Value},
    message::{GuestMessage, HostMessage, Message},
};

/// Names of fields that the protocol knows, and names that objects of JavaScript have.
pub const NAMES: &[&str] = &[
    "type",
    "messageId",
    "data",
    "hostUrl",
    "iFrameUrl",
    "engagementId",
    "engagement",
    "id",
    "externalCallId",
    "phoneNumber",
    "phone_number",
    "calleeInfo",
    "calleeId",
    "calleeID",
    "callerIdMatches",
    "callerIdType",
    "objectCoordinates",
    "error",
    "message",
    "isLoggedIn",
    "isAvailable",
    "portalId",
    "PortalId",
    "userId",
    "iframeLocation",
    "usesCallingWindow",
    "isHidden",
    "isMinimized",
    "toNumber",
    "fromNumber",
    "callStartTime",
    "callEndStatus",
    "engagementProperties",
    "sizeInfo",
    "width",
    "height",
    "debugMode",
    "version",
    "dialingContext",
    "__proto__",
    "constructor",
    "toString",
    "length",
    "",
    "0",
];

/// Texts at the limits of what readers expect.
pub const TEXTS: &[&str] = &[
    "",
    "0",
    "-0",
    "00123",
    "9007199254740993",
    "1e5",
    "NaN",
    "-",
    ".",
    "1.",
    "-1.5",
    "true",
    "false",
    "1",
    "null",
    "CONTACT",
    "window",
    "remote",
    "COMPLETED",
    "+16175551234",
    "+",
    "\u{fffd}",
    "\u{0}",
    "💥",
    "https://app.hubspot.com",
    "https://evil.example",
    "javascript:alert(1)",
    "https://widget.example",
    "__proto__",
    "999999999999999999999999999999999999",
];

/// Numbers at the limits of JavaScript's.
pub const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    f64::EPSILON,
    9_007_199_254_740_991.0,
    9_007_199_254_740_993.0,
    -9_007_199_254_740_993.0,
    9.3e18,
    -9.3e18,
    1e308,
    1e-320,
    1.8e12,
];

/// The bytes of a case, as choices. When they are used up, every choice is the first one.
pub struct Source<'a>(Unstructured<'a>);

impl<'a> Source<'a> {
    /// All bytes are left.
    pub fn new(data: &'a [u8]) -> Self {
        Source(Unstructured::new(data))
    }

    /// Whether all bytes are used.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.0.arbitrary().unwrap_or_default()
    }

    /// True in so many of 256 cases.
    pub fn chance(&mut self, of_256: u8) -> bool {
        self.byte() > 255 - of_256
    }

    /// A number less than `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.int_in_range(0..=end.saturating_sub(1)).unwrap_or_default()
    }

    /// One of these, of which there is at least one.
    pub fn one_of<'c, T: ?Sized>(&mut self, choices: &'c [&'c T]) -> &'c T {
        choices[self.below(choices.len())]
    }

    /// A short text: one of [`TEXTS`], or any.
    pub fn text(&mut self) -> String {
        match self.byte() % 8 {
            0..4 => self.one_of(TEXTS).to_owned(),
            4..7 => self.0.arbitrary().map(|text: &str| text.chars().take(40).collect()).unwrap_or_default(),
            _ => self.one_of(TEXTS).repeat(1 << self.below(10)),
        }
    }

    /// A name of a field.
    pub fn name(&mut self) -> String {
        if self.chance(200) { self.one_of(NAMES).to_owned() } else { self.text() }
    }

    /// Any number, NaN and the infinities included.
    pub fn number(&mut self) -> f64 {
        match self.byte() % 4 {
            0 => NUMBERS[self.below(NUMBERS.len())],
            1 => f64::from_bits(self.0.arbitrary().unwrap_or_default()),
            _ => f64::from(self.byte()),
        }
    }

    /// Any value that a message can have after it was read.
    pub fn value(&mut self) -> Value {
        // The message itself is a level.
        self.value_within(MAX_DEPTH - 2)
    }

    fn value_within(&mut self, depth: usize) -> Value {
        match self.byte() % 12 {
            0 => Value::Null,
            1 => Value::Bool(self.chance(128)),
            2 | 3 => Value::Number(self.number()),
            4..7 => Value::Text(self.text()),
            7 => self.nested(depth),
            8 if depth > 0 => {
                let length = self.below(5);
                Value::List((0..length).map(|_| self.value_within(depth - 1)).collect())
            }
            _ if depth > 0 => Value::Map(self.map_within(depth - 1)),
            _ => Value::Null,
        }
    }

    /// As deep as may be.
    fn nested(&mut self, depth: usize) -> Value {
        let lists = self.chance(128);
        let levels = self.below(depth + 1);
        (0..levels).fold(Value::Text(String::new()), |inner, _| {
            if lists { Value::List(vec![inner]) } else { Value::Map([(self.name(), inner)].into_iter().collect()) }
        })
    }

    fn map_within(&mut self, depth: usize) -> Map {
        let length = self.below(7);
        (0..length).map(|_| (self.name(), self.value_within(depth))).collect()
    }

    /// A type of the protocol, or another text.
    pub fn kind(&mut self) -> String {
        const OTHERS: &[&str] = &[
            "SYNC",
            "SYNC_ACK",
            "SYNC_ACK_FAILED",
            "READY",
            "ERROR",
            "toString",
            "__proto__",
            "dial_number",
            "NEW_FAILED",
            "FAILED",
        ];
        match self.byte() % 8 {
            0..4 => self.one_of(HostMessage::KINDS).to_owned(),
            4 | 5 => self.one_of(GuestMessage::KINDS).to_owned(),
            6 => self.one_of(OTHERS).to_owned(),
            _ => self.text(),
        }
    }
}
