//! Who can register at the exchange, and which numbers there are.

/// The realm of the exchange.
pub const DOMAIN: &str = "sip.test";

/// Somebody with a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// For the log-in and in the SIP address.
    pub user: &'static str,
    /// For the log-in, and for the exchange unless the token is that.
    pub password: &'static str,
    pub display_name: &'static str,
    /// In E.164.
    pub number: &'static str,
    /// Whether the password for the exchange is the token of the session, which can expire.
    pub has_token: bool,
}

impl Account {
    /// An account whose passwords do not expire.
    const fn new(user: &'static str, password: &'static str, display_name: &'static str, number: &'static str) -> Self {
        Self { user, password, display_name, number, has_token: false }
    }
}

/// A user of the widget.
pub const ALICE: Account = Account::new("alice", "alicepw", "Alice Archer", "+16175550101");
/// Another user of the widget.
pub const BOB: Account = Account::new("bob", "bobpw", "Bob Baker", "+16175550102");
/// A third user, whose token is the password for the exchange.
pub const CAROL: Account =
    Account { has_token: true, ..Account::new("carol", "carolpw", "Carol Carter", "+16175550103") };
/// The phone.
pub const DESK: Account = Account::new("desk", "deskpw", "Desk phone", "+16175550104");
/// A second account of the phone: it rings and is not answered.
pub const SILENT: Account = Account::new("silent", "silentpw", "Nobody", NEVER_ANSWERS);

/// The accounts of the widget.
pub(crate) const WIDGET_USERS: [Account; 3] = [ALICE, BOB, CAROL];
pub(crate) const ALL: [Account; 5] = [ALICE, BOB, CAROL, DESK, SILENT];

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
