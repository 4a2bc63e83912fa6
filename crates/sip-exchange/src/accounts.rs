//! Who can register at the exchange, and which numbers there are.

/// The realm of the exchange.
pub const DOMAIN: &str = "sip.test";

/// Somebody with a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// For the log-in and in the SIP address.
    pub user: &'static str,
    pub password: &'static str,
    pub display_name: &'static str,
    /// In E.164.
    pub number: &'static str,
}

/// A user of the widget.
pub const ALICE: Account =
    Account { user: "alice", password: "alicepw", display_name: "Alice Archer", number: "+16175550101" };
/// Another user of the widget.
pub const BOB: Account = Account { user: "bob", password: "bobpw", display_name: "Bob Baker", number: "+16175550102" };
/// The phone.
pub const DESK: Account =
    Account { user: "desk", password: "deskpw", display_name: "Desk phone", number: "+16175550104" };
/// A second account of the phone: it rings and is not answered.
pub const SILENT: Account =
    Account { user: "silent", password: "silentpw", display_name: "Nobody", number: NEVER_ANSWERS };

/// The accounts of the widget.
pub(crate) const WIDGET_USERS: [Account; 2] = [ALICE, BOB];
pub(crate) const ALL: [Account; 4] = [ALICE, BOB, DESK, SILENT];

/// It rings until the exchange or the caller gives up.
pub const NEVER_ANSWERS: &str = "+16175550105";
/// Nobody has it: 404.
pub const UNKNOWN_NUMBER: &str = "+16175550199";

/// A number that the exchange answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub number: &'static str,
    /// Of the SIP response.
    pub status: u16,
    pub phrase: &'static str,
}

/// The numbers that lead to no phone.
pub const ANSWERS: [Answer; 5] = [
    Answer { number: "+16175550106", status: 486, phrase: "Busy Here" },
    Answer { number: "+16175550107", status: 480, phrase: "Temporarily Unavailable" },
    Answer { number: "+16175550108", status: 603, phrase: "Decline" },
    Answer { number: "+16175550109", status: 503, phrase: "Service Unavailable" },
    Answer { number: "+16175550110", status: 484, phrase: "Address Incomplete" },
];
