//! What the answer to a call means: one end status and a reason in words for each class.

use super::headers::Reason;
use crate::i18n::SipTexts;
use call_model::CallEvent;

/// How a call that was not connected ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The line is busy.
    Busy,
    /// Nobody answered, or no phone is there that could.
    NotAnswered,
    /// The other side declined the call.
    Declined,
    /// It could not be connected.
    Failed(Failure),
}

/// Why a call could not be connected. Each has a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The number is reachable somewhere else, and the exchange does not put the call through.
    Moved,
    /// The exchange does not accept the account's credentials.
    NotAuthorized,
    /// The account has no credit.
    NoCredit,
    /// The account may not call this number.
    NotAllowed,
    /// Nobody has this number.
    UnknownNumber,
    /// The number is too short.
    IncompleteNumber,
    /// The number is no longer in service.
    NumberGone,
    /// The phones have no codec or encryption in common.
    Incompatible,
    /// The exchange refused the call for another reason.
    Refused,
    /// The exchange has a fault or is overloaded.
    ExchangeFault,
    /// The network of the number does not answer.
    NetworkFault,
    /// The exchange does not answer.
    NoReply,
    /// The connection to the exchange is lost.
    ConnectionLost,
    /// The browser could not set up the audio.
    Audio,
    /// The microphone may not be used, or there is none.
    Microphone,
}

/// What a final answer to an INVITE means. Provisional and successful answers are none of these; they count as refused.
pub fn of_answer(status: u16) -> Outcome {
    use Failure::*;
    match status {
        486 | 600 => Outcome::Busy,
        408 | 480 | 487 => Outcome::NotAnswered,
        603 | 607 | 608 => Outcome::Declined,
        300..=399 => Outcome::Failed(Moved),
        401 | 407 => Outcome::Failed(NotAuthorized),
        402 => Outcome::Failed(NoCredit),
        403 | 433 | 436..=438 => Outcome::Failed(NotAllowed),
        404 | 416 | 485 | 604 => Outcome::Failed(UnknownNumber),
        484 => Outcome::Failed(IncompleteNumber),
        410 => Outcome::Failed(NumberGone),
        415 | 488 | 606 => Outcome::Failed(Incompatible),
        502 | 504 => Outcome::Failed(NetworkFault),
        500..=599 => Outcome::Failed(ExchangeFault),
        601..=699 => Outcome::Declined,
        _ => Outcome::Failed(Refused),
    }
}

/// What it means when a call ended without an answer: the user agent's word for the cause.
pub fn of_cause(cause: &str) -> Outcome {
    match cause {
        "Canceled" | "No Answer" | "Expires" => Outcome::NotAnswered,
        "Request Timeout" => Outcome::Failed(Failure::NoReply),
        "Connection Error" => Outcome::Failed(Failure::ConnectionLost),
        "User Denied Media Access" => Outcome::Failed(Failure::Microphone),
        "WebRTC Error" | "Bad Media Description" | "Missing SDP" | "Incompatible SDP" | "RTP Timeout" => {
            Outcome::Failed(Failure::Audio)
        }
        _ => Outcome::Failed(Failure::Refused),
    }
}

/// What it means when the caller cancels an incoming call.
pub fn of_cancel(reason: Option<&Reason>) -> CallEvent {
    // RFC 3326: another phone of this user has it.
    match reason {
        Some(reason) if reason.is("SIP", &[200]) => CallEvent::AnsweredElsewhere,
        _ => CallEvent::HungUp,
    }
}

/// What it means when the other side ends a call that was on.
pub fn of_bye(reason: Option<&Reason>) -> CallEvent {
    // ITU-T Q.850: destination out of order, network out of order, temporary failure, congestion, no resources, interworking.
    match reason {
        Some(reason) if reason.is("Q.850", &[27, 38, 41, 42, 47, 127]) => CallEvent::Dropped,
        Some(reason) if reason.is("SIP", &[408, 503, 504]) => CallEvent::Dropped,
        _ => CallEvent::HungUp,
    }
}

impl Outcome {
    /// The event that the widget gets.
    pub fn event(self, texts: &SipTexts) -> CallEvent {
        match self {
            Outcome::Busy => CallEvent::Busy,
            Outcome::NotAnswered => CallEvent::NotAnswered,
            Outcome::Declined => CallEvent::HungUp,
            Outcome::Failed(failure) => CallEvent::Failed { reason: Some(failure.text(texts).to_owned()) },
        }
    }
}

impl Failure {
    /// The reason in words.
    pub fn text(self, texts: &SipTexts) -> &'static str {
        match self {
            Failure::Moved => texts.moved,
            Failure::NotAuthorized => texts.not_authorized,
            Failure::NoCredit => texts.no_credit,
            Failure::NotAllowed => texts.not_allowed,
            Failure::UnknownNumber => texts.unknown_number,
            Failure::IncompleteNumber => texts.incomplete_number,
            Failure::NumberGone => texts.number_gone,
            Failure::Incompatible => texts.incompatible,
            Failure::Refused => texts.refused,
            Failure::ExchangeFault => texts.exchange_fault,
            Failure::NetworkFault => texts.network_fault,
            Failure::NoReply => texts.no_reply,
            Failure::ConnectionLost => texts.connection_lost,
            Failure::Audio => texts.audio,
            Failure::Microphone => texts.microphone,
        }
    }
}
