//! Every text that a user reads or hears, in one table for each language.
//!
//! A further language is one more file with a [`Texts`] in it and one more entry in `LANGUAGES`; the compiler finds what is missing.
//! `tests/e2e/tests/layout.rs` lays out all screens in every language, and names the text that is too long for its place. Two tables
//! are apart, as not every project has them: `sip.rs`, and the mock account in `assets/mock-account.json`. A language that is not
//! in them gets their first one.

#[cfg(feature = "audio")]
mod audio;
mod en;
mod fr;
#[cfg(feature = "sip")]
mod sip;
mod words;

#[cfg(feature = "audio")]
pub use audio::{AudioTexts, device_change_text, issue_text, quality_text};
#[cfg(feature = "sip")]
pub use sip::{SipTexts, sip_texts, sip_texts_for};
pub use web_kit::i18n::fill;
pub use words::{clock, fill_html, notice_text, reason_text, with_reason};

use std::cell::OnceCell;
use web_kit::i18n::{Languages, Table};

/// The languages that exist.
static LANGUAGES: Languages<Texts> = Languages { default: &en::TEXTS, others: &[&fr::TEXTS] };

thread_local! {
    static CHOSEN: OnceCell<&'static Texts> = const { OnceCell::new() };
}

/// The texts in the language that the browser is set to.
pub fn texts() -> &'static Texts {
    CHOSEN.with(|chosen| *chosen.get_or_init(|| LANGUAGES.of_browser()))
}

/// The languages that exist, the default first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    std::iter::once(LANGUAGES.default).chain(LANGUAGES.others.iter().copied()).map(|texts| texts.lang)
}

/// All texts of the widget in one language. `{}` stands for a value; see [`fill`].
pub struct Texts {
    /// The language, for the `lang` attribute.
    pub lang: &'static str,

    pub log_in_title: &'static str,
    pub user_name: &'static str,
    pub password: &'static str,
    pub log_in: &'static str,
    pub logging_in: &'static str,
    pub sso: &'static str,
    pub open_window: &'static str,
    pub log_out: &'static str,

    pub no_microphone_title: &'static str,
    pub no_microphone: &'static str,
    pub ask_again: &'static str,

    pub keypad_title: &'static str,
    pub phone_number: &'static str,
    pub backspace: &'static str,
    pub keys: &'static str,
    pub call: &'static str,
    pub from_number: &'static str,
    pub own_numbers: &'static str,

    pub availability: &'static str,
    pub available: &'static str,
    pub unavailable: &'static str,
    pub ringtone: &'static str,
    pub trigger_incoming: &'static str,
    pub incoming_number: &'static str,
    pub call_me: &'static str,
    pub too_long: &'static str,
    pub not_a_number: &'static str,

    pub dialing: &'static str,
    #[cfg(feature = "sip")]
    pub rings: &'static str,
    pub end_call: &'static str,
    pub incoming: &'static str,
    pub incoming_from: &'static str,
    /// `{}` is a number of seconds.
    pub transfer_notice: &'static str,
    pub answer: &'static str,
    pub answered: &'static str,
    pub decline: &'static str,
    pub open_record: &'static str,
    pub open_in_tab: &'static str,

    pub call_with: &'static str,
    pub record: &'static str,
    pub mute: &'static str,
    pub hold: &'static str,
    pub transfer: &'static str,
    pub keypad: &'static str,
    pub digits_sent: &'static str,
    pub recording: &'static str,
    pub on_hold: &'static str,
    pub transfer_to: &'static str,
    pub transfer_call: &'static str,
    #[cfg(feature = "sip")]
    pub ask_first: &'static str,
    /// Before the answer and after it.
    #[cfg(feature = "sip")]
    pub consulting: [&'static str; 2],
    #[cfg(feature = "sip")]
    pub transfer_now: &'static str,
    #[cfg(feature = "sip")]
    pub back_to_call: &'static str,
    #[cfg(feature = "sip")]
    pub consultation_ended: &'static str,
    pub call_controls: &'static str,
    pub notes: &'static str,
    pub notes_hint: &'static str,

    pub call_ended: &'static str,
    pub reason_hung_up: &'static str,
    pub reason_other_hung_up: &'static str,
    pub reason_ended_in_hubspot: &'static str,
    pub reason_canceled: &'static str,
    pub reason_busy: &'static str,
    pub reason_no_answer: &'static str,
    pub reason_failed: &'static str,
    pub reason_dropped: &'static str,
    pub reason_rejected: &'static str,
    pub reason_missed: &'static str,
    pub reason_transferred: &'static str,
    pub wrap_up: &'static str,
    pub outcome: &'static str,
    pub no_outcome: &'static str,
    pub save_call: &'static str,
    pub finalize: &'static str,
    pub finalize_pending: &'static str,
    pub finalize_unavailable: &'static str,
    pub finalizing: &'static str,
    pub finalized: &'static str,

    pub log_in_refused: &'static str,
    pub session_ended: &'static str,
    pub account_refused: &'static str,
    pub connecting: &'static str,
    pub line_lost: &'static str,
    pub engagement_failed: &'static str,
    pub save_failed: &'static str,
    pub call_not_restored: &'static str,
    pub finalize_failed: &'static str,
    pub caller_match_failed: &'static str,
    pub record_not_shown: &'static str,
    pub cannot_dial: &'static str,
    pub refused_call: &'static str,
    #[cfg(feature = "sip")]
    pub waiting_call: &'static str,
    pub answered_elsewhere: &'static str,
    pub transfer_failed: &'static str,
    pub taken_over: &'static str,
    pub storage_blocked: &'static str,

    pub no_frame: &'static str,
    // <simulator>
    /// The text before, in and after the link.
    pub in_simulator: [&'static str; 3],
    // </simulator>
    pub handshake_overdue: &'static str,
    /// The text before, in and after the link.
    pub notice: [&'static str; 3],
    pub close_notice: &'static str,

    #[cfg(feature = "audio")]
    pub audio: AudioTexts,
}

impl Table for Texts {
    fn lang(&self) -> &'static str {
        self.lang
    }
}

/// The texts for a user who prefers these languages (`"fr-CA"`, `"en"`), for tests outside of a browser.
pub fn texts_for(preferred: &[&str]) -> &'static Texts {
    LANGUAGES.choose(preferred.iter().map(ToString::to_string))
}
