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

#[cfg(test)]
mod tests {
    use super::Failure::*;
    use super::*;
    use crate::i18n::{languages, sip_texts_for};
    use call_model::{Action, CallPhase, PhoneEvent, Session, Stamped, State, UserAction, update};
    use calling_extensions::message::EndStatus;

    /// An outgoing call that nobody has answered.
    fn dialing() -> State {
        let actions = [
            Action::User(UserAction::LoggedIn(Session::default())),
            Action::Phone(PhoneEvent::Connected),
            Action::User(UserAction::Dial("+16175550100".to_owned())),
        ];
        actions.into_iter().fold(State::default(), |state, action| after(&state, action))
    }

    fn after(state: &State, action: Action) -> State {
        match update(state, Stamped { now: 0.0, fresh_id: "call".into(), action }) {
            call_model::Outcome::Changed(state, _) => state,
            call_model::Outcome::Ignored => state.clone(),
        }
    }

    /// The status that HubSpot gets, and the reason that the user sees.
    fn ended(state: &State, event: CallEvent) -> (EndStatus, Option<String>) {
        let state = after(state, Action::Phone(PhoneEvent::Call { call: "call".into(), event }));
        match state.call.unwrap().phase {
            CallPhase::WrapUp { status, detail, .. } => (status, detail),
            phase => panic!("the call is not over: {phase:?}"),
        }
    }

    /// Makes one test of each row: the answer, the status for HubSpot, and what it means.
    macro_rules! rows {
        ($($name:ident: $($status:literal)+ => $end:ident, $outcome:expr;)*) => {$(
            #[test]
            fn $name() {
                for status in [$($status),+] {
                    assert_eq!(of_answer(status), $outcome, "{status}");
                    let (end, reason) = ended(&dialing(), of_answer(status).event(sip_texts_for("en")));
                    assert_eq!(end, EndStatus::$end, "{status}");
                    let text = if let Outcome::Failed(failure) = $outcome { Some(failure.text(sip_texts_for("en"))) } else { None };
                    assert_eq!(reason.as_deref(), text, "{status}");
                }
            }
        )*};
    }

    rows! {
        a_number_that_has_moved_fails: 300 301 302 305 380 => Failed, Outcome::Failed(Moved);
        a_request_that_is_not_understood_fails: 400 405 406 413 414 420 421 423 481 482 483 489 491 493 => Failed, Outcome::Failed(Refused);
        wrong_credentials_fail: 401 407 => Failed, Outcome::Failed(NotAuthorized);
        an_account_without_credit_fails: 402 => Failed, Outcome::Failed(NoCredit);
        a_call_that_is_not_allowed_fails: 403 433 436 437 438 => Failed, Outcome::Failed(NotAllowed);
        an_unknown_number_fails: 404 416 485 604 => Failed, Outcome::Failed(UnknownNumber);
        a_number_out_of_service_fails: 410 => Failed, Outcome::Failed(NumberGone);
        an_incomplete_number_fails: 484 => Failed, Outcome::Failed(IncompleteNumber);
        phones_without_a_common_codec_fail: 415 488 606 => Failed, Outcome::Failed(Incompatible);
        nobody_answers: 408 480 487 => NoAnswer, Outcome::NotAnswered;
        a_busy_line_is_busy: 486 600 => Busy, Outcome::Busy;
        a_fault_of_the_exchange_fails: 500 501 503 505 513 580 => Failed, Outcome::Failed(ExchangeFault);
        a_fault_behind_the_exchange_fails: 502 504 => Failed, Outcome::Failed(NetworkFault);
        // The widget has no status for it: HubSpot's REJECTED is for incoming calls.
        a_declined_call_is_busy: 603 607 608 => Busy, Outcome::Declined;
    }

    #[test]
    fn every_answer_ends_the_call() {
        for status in 300..700 {
            let (end, _) = ended(&dialing(), of_answer(status).event(sip_texts_for("en")));
            assert!(matches!(end, EndStatus::Failed | EndStatus::NoAnswer | EndStatus::Busy), "{status}: {end:?}");
        }
    }

    #[test]
    fn an_end_without_an_answer_has_a_cause() {
        for (cause, outcome) in [
            ("Canceled", Outcome::NotAnswered),
            ("No Answer", Outcome::NotAnswered),
            ("Expires", Outcome::NotAnswered),
            ("Request Timeout", Outcome::Failed(NoReply)),
            ("Connection Error", Outcome::Failed(ConnectionLost)),
            ("User Denied Media Access", Outcome::Failed(Microphone)),
            ("WebRTC Error", Outcome::Failed(Audio)),
            ("Bad Media Description", Outcome::Failed(Audio)),
            ("Missing SDP", Outcome::Failed(Audio)),
            ("Incompatible SDP", Outcome::Failed(Audio)),
            ("RTP Timeout", Outcome::Failed(Audio)),
            ("Internal Error", Outcome::Failed(Refused)),
        ] {
            assert_eq!(of_cause(cause), outcome, "{cause}");
        }
    }

    #[test]
    fn a_canceled_call_is_missed_unless_another_phone_has_it() {
        let elsewhere = Reason::parse("SIP;cause=200;text=\"Call completed elsewhere\"");
        assert_eq!(of_cancel(elsewhere.as_ref()), CallEvent::AnsweredElsewhere);
        assert_eq!(of_cancel(Reason::parse("SIP;cause=487").as_ref()), CallEvent::HungUp);
        assert_eq!(of_cancel(None), CallEvent::HungUp);
    }

    #[test]
    fn a_call_that_was_on_ends_by_a_hang_up_or_a_fault() {
        let talking =
            after(&dialing(), Action::Phone(PhoneEvent::Call { call: "call".into(), event: CallEvent::Answered }));
        for (header, end) in [
            ("", EndStatus::Completed),
            ("Q.850;cause=16;text=\"Normal call clearing\"", EndStatus::Completed),
            ("Q.850;cause=31", EndStatus::Completed),
            ("SIP;cause=200", EndStatus::Completed),
            ("Q.850;cause=27", EndStatus::Failed),
            ("Q.850;cause=38", EndStatus::Failed),
            ("Q.850;cause=41", EndStatus::Failed),
            ("Q.850;cause=42", EndStatus::Failed),
            ("Q.850;cause=47", EndStatus::Failed),
            ("Q.850;cause=127", EndStatus::Failed),
            ("SIP;cause=408;text=\"RTP Timeout\"", EndStatus::Failed),
            ("SIP;cause=503", EndStatus::Failed),
            ("SIP;cause=504", EndStatus::Failed),
        ] {
            assert_eq!(ended(&talking, of_bye(Reason::parse(header).as_ref())).0, end, "{header}");
        }
    }

    #[test]
    fn every_failure_has_its_own_text_in_every_language() {
        let all = [
            Moved,
            NotAuthorized,
            NoCredit,
            NotAllowed,
            UnknownNumber,
            IncompleteNumber,
            NumberGone,
            Incompatible,
            Refused,
            ExchangeFault,
            NetworkFault,
            NoReply,
            ConnectionLost,
            Audio,
            Microphone,
        ];
        let mut texts: Vec<_> =
            languages().flat_map(|lang| all.map(|failure| failure.text(sip_texts_for(lang)))).collect();
        let count = texts.len();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), count, "a text is used twice, or a language has none of its own");
        assert!(texts.iter().all(|text| text.ends_with('.')));
    }
}
