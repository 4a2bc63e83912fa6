//! Every text that a person can read or hear, in one table for each language.
//!
//! A further language is one more file with a [`Texts`] in it and one more line in `LANGUAGES`; the compiler finds what is missing.

mod en;
mod fr;

use std::cell::OnceCell;

/// All texts of the widget in one language. `{}` stands where a value goes; see [`fill`].
pub struct Texts {
    /// The language, as `lang` wants it.
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
    /// The names of the user's numbers, by their ids.
    pub own_number_names: [(&'static str, &'static str); 2],

    pub availability: &'static str,
    pub available: &'static str,
    pub unavailable: &'static str,
    pub ringing: &'static str,
    pub trigger_incoming: &'static str,
    pub incoming_number: &'static str,
    pub call_me: &'static str,
    pub too_long: &'static str,
    pub not_a_number: &'static str,

    pub dialing: &'static str,
    pub end_call: &'static str,
    pub incoming: &'static str,
    pub incoming_from: &'static str,
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
    /// The names of the outcomes that every account has, by the short names in `account`.
    pub outcomes: [(&'static str, &'static str); 6],
    pub save_call: &'static str,
    pub finalize: &'static str,
    pub finalize_waits: &'static str,
    pub finalize_never: &'static str,
    pub finalize_asked: &'static str,
    pub finalize_done: &'static str,

    pub log_in_refused: &'static str,
    pub engagement_failed: &'static str,
    pub save_failed: &'static str,
    pub finalize_failed: &'static str,
    pub record_not_shown: &'static str,
    pub cannot_dial: &'static str,
    pub refused_call: &'static str,
    pub transfer_failed: &'static str,
    pub taken_over: &'static str,

    /// What is said at the bottom, before, in and after its link.
    pub no_frame: [&'static str; 3],
    pub handshake_overdue: &'static str,
    /// As above.
    pub notice: [&'static str; 3],
    pub close_notice: &'static str,
}

impl Texts {
    /// The name of one of the user's numbers, by its id.
    pub fn own_number(&self, id: &'static str) -> &'static str {
        named(&self.own_number_names, id)
    }

    /// The name of an outcome of a call, by its short name.
    pub fn disposition(&self, name: &'static str) -> &'static str {
        named(&self.outcomes, name)
    }
}

/// What an account brings by itself has no translation: it goes by the name that it has there.
fn named(names: &[(&'static str, &'static str)], id: &'static str) -> &'static str {
    names.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}

/// The languages that there are; the first is for everybody who reads none of them.
static LANGUAGES: [&Texts; 2] = [&en::TEXTS, &fr::TEXTS];

thread_local! {
    static CHOSEN: OnceCell<&'static Texts> = const { OnceCell::new() };
}

/// The texts in the language that the browser asks for.
pub fn texts() -> &'static Texts {
    CHOSEN.with(|chosen| {
        *chosen.get_or_init(|| {
            let wanted = gloo::utils::window().navigator().languages();
            choose(wanted.iter().filter_map(|language| language.as_string()))
        })
    })
}

/// The first of the `wanted` languages (`fr-CA`, `en`) that there is.
fn choose(wanted: impl Iterator<Item = String>) -> &'static Texts {
    let speaks = |wanted: &str, texts: &&&Texts| {
        wanted.split('-').next().is_some_and(|name| name.eq_ignore_ascii_case(texts.lang))
    };
    wanted.filter_map(|wanted| LANGUAGES.iter().find(|texts| speaks(&wanted, texts))).next().unwrap_or(&LANGUAGES[0])
}

/// `template` with `value` in place of its `{}`.
pub fn fill(template: &str, value: &str) -> String {
    match template.split_once('{') {
        Some((before, after)) => [before, value, after.strip_prefix('}').unwrap_or(after)].concat(),
        None => template.to_owned(),
    }
}

/// A length of time as a clock shows it: `0:03`, `12:40`, `1:00:00`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60);
    let two = |number: u32| -> [char; 2] { [10, 1].map(|unit| char::from(b'0' + (number / unit % 10) as u8)) };
    let mut text = String::new();
    if hours > 0 {
        text.push_str(&hours.to_string());
        text.push(':');
        text.extend(two(minutes % 60));
    } else {
        text.push_str(&minutes.to_string());
    }
    text.push(':');
    text.extend(two(seconds % 60));
    text
}

#[cfg(test)]
mod tests {
    use super::{choose, clock, fill};

    #[test]
    fn the_first_language_that_there_is_is_chosen() {
        for (wanted, chosen) in [
            (vec!["fr-CA", "en"], "fr"),
            (vec!["en-GB", "fr"], "en"),
            (vec!["de", "FR-fr", "en"], "fr"),
            (vec!["de", "frr"], "en"),
            (vec![], "en"),
        ] {
            assert_eq!(choose(wanted.iter().map(ToString::to_string)).lang, chosen, "{wanted:?}");
        }
    }

    #[test]
    fn a_clock_shows_hours_only_when_there_are_any() {
        for (seconds, shown) in [(0, "0:00"), (3, "0:03"), (760, "12:40"), (3_599, "59:59"), (3_600, "1:00:00")] {
            assert_eq!(clock(seconds), shown);
        }
    }

    #[test]
    fn a_value_goes_where_the_braces_are() {
        assert_eq!(fill("Call with {} ended", "{}"), "Call with {} ended");
    }
}
