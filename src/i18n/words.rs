//! Words for what is true in the state, and the forms of values.

use super::texts;
use call_model::{EndReason, Notice, phone_number};
use web_kit::i18n::fill;
use yew::prelude::*;

/// `template` with `value` in place of its `{}`.
pub fn fill_html(template: &'static str, value: Html) -> Html {
    match template.split_once("{}") {
        Some((before, after)) => html! { <>{ before }{ value }{ after }</> },
        None => template.into(),
    }
}

/// A length of time as a clock shows it: `0:03`, `12:40`, `1:00:00`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The text, and in brackets the reason that somebody else gave, if there is one.
pub fn with_reason(text: &str, reason: &Option<String>) -> String {
    match reason {
        Some(reason) => [text, " (", reason, ")"].concat(),
        None => text.to_owned(),
    }
}

/// Why a call is over.
pub fn reason_text(reason: EndReason) -> &'static str {
    let texts = texts();
    match reason {
        EndReason::HungUp => texts.reason_hung_up,
        EndReason::OtherHungUp => texts.reason_other_hung_up,
        EndReason::EndedInHubSpot => texts.reason_ended_in_hubspot,
        EndReason::Canceled => texts.reason_canceled,
        EndReason::Busy => texts.reason_busy,
        EndReason::NotAnswered => texts.reason_no_answer,
        EndReason::Failed => texts.reason_failed,
        EndReason::Dropped => texts.reason_dropped,
        EndReason::Rejected => texts.reason_rejected,
        EndReason::Missed => texts.reason_missed,
        EndReason::Transferred => texts.reason_transferred,
    }
}

/// A notice in words, and the notes that it saves from being lost.
pub fn notice_text(notice: &Notice) -> (String, Option<String>) {
    let texts = texts();
    let text = match notice {
        Notice::LogInRefused { reason } => fill(texts.log_in_refused, reason),
        Notice::SessionEnded { reason } => with_reason(texts.session_ended, reason),
        Notice::AccountRefused => texts.account_refused.to_owned(),
        Notice::EngagementFailed { reason } => with_reason(texts.engagement_failed, reason),
        Notice::SaveFailed { reason, notes } => {
            return (with_reason(texts.save_failed, reason), (!notes.is_empty()).then(|| notes.clone()));
        }
        Notice::CallNotRestored { notes } => {
            return (texts.call_not_restored.to_owned(), (!notes.is_empty()).then(|| notes.clone()));
        }
        Notice::FinalizeFailed => texts.finalize_failed.to_owned(),
        Notice::CallerMatchFailed => texts.caller_match_failed.to_owned(),
        Notice::RecordNotShown => texts.record_not_shown.to_owned(),
        Notice::CannotDial { number } => fill(texts.cannot_dial, number),
        Notice::RefusedCall { number } => fill(texts.refused_call, &phone_number::display(number)),
        #[cfg(feature = "sip")]
        Notice::WaitingCall { number } => fill(texts.waiting_call, &phone_number::display(number)),
        Notice::AnsweredElsewhere => texts.answered_elsewhere.to_owned(),
        #[cfg(feature = "sip")]
        Notice::ConsultationEnded { reason } => with_reason(texts.consultation_ended, reason),
        Notice::TransferFailed => texts.transfer_failed.to_owned(),
        #[cfg(feature = "audio")]
        Notice::DeviceChanged(change) => super::device_change_text(change),
        Notice::TakenOver => texts.taken_over.to_owned(),
        Notice::StorageBlocked => texts.storage_blocked.to_owned(),
    };
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_clock_shows_hours_only_when_there_are_any() {
        for (seconds, shown) in [(0, "0:00"), (3, "0:03"), (760, "12:40"), (3_599, "59:59"), (3_600, "1:00:00")] {
            assert_eq!(clock(seconds), shown);
        }
    }
}
