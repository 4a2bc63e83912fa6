//! The account of a SIP user agent, as a back end sends it with the session.

use crate::account::Token;
use serde::{Deserialize, Serialize};

/// How the user's phone registers with an exchange. It is deserialized from JSON, so a back end can send it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SipAccount {
    /// The exchange's WebSocket (RFC 7118), `wss://` or, on the same machine, `ws://`.
    pub server: String,
    /// The user's address, for instance `sip:alice@example.com`. Its host is where numbers are called too.
    pub uri: String,
    /// The name for the authentication. Absent when it is the user in `uri`.
    #[serde(default)]
    pub user: Option<String>,
    /// The password. Absent when the session's token is the password: then it expires and is renewed with it.
    #[serde(default)]
    pub password: Option<Token>,
    /// The name that the other side is shown. Absent when only the number is shown.
    #[serde(default)]
    pub display_name: Option<String>,
    /// STUN and TURN servers.
    #[serde(default)]
    pub ice_servers: Vec<IceServer>,
    /// Whether media goes through a TURN server only, as some networks require.
    #[serde(default)]
    pub relay_only: bool,
    /// After how many seconds the password and the credentials of the TURN servers have expired; the session is renewed before
    /// that. Absent when they do not expire.
    #[serde(default)]
    pub expires_in: Option<u32>,
    /// For how many seconds a registration is valid; the exchange may shorten it. 600 when absent.
    #[serde(default)]
    pub registration: Option<u32>,
    /// How digits are sent during a call.
    #[serde(default)]
    pub digits: DigitMethod,
    /// Whether a second incoming call rings at the caller until the first call is over. Without it the caller gets the busy tone.
    #[serde(default)]
    pub call_waiting: bool,
    /// Where an unanswered call goes after the ring time, as a number or an address. Absent when the exchange decides.
    #[serde(default)]
    pub unanswered: Option<String>,
    /// Whether the exchange records a call when it is asked to, see [`crate::PhoneCommand::Record`].
    #[serde(default)]
    pub recording: bool,
}

/// A STUN or TURN server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IceServer {
    /// Its addresses, for instance `turn:turn.example.com:3478?transport=udp`.
    pub urls: Vec<String>,
    /// The user name; absent for STUN.
    #[serde(default)]
    pub username: Option<String>,
    /// The password; absent for STUN.
    #[serde(default)]
    pub credential: Option<Token>,
}

/// How digits are sent during a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DigitMethod {
    /// In the audio stream (RFC 4733), which every gateway understands.
    #[default]
    Rtp,
    /// As SIP messages of the type INFO, which some exchanges need.
    Info,
}
