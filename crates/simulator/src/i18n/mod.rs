//! The texts of the simulator's page.
//!
//! One file for each part of the page, and one line for each text with its English and French version. `{}` is the placeholder of a
//! value; see [`fill`].

/// Defines a table of texts: name, English, French.
macro_rules! texts {
    ($(#[$doc:meta])* pub struct $table:ident { $($name:ident: $english:literal, $french:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, PartialEq)]
        pub struct $table {
            $(#[doc = $english] pub $name: &'static str,)*
        }

        impl $table {
            /// In English.
            pub const ENGLISH: $table = $table { $($name: $english,)* };
            /// In French.
            pub const FRENCH: $table = $table { $($name: $french,)* };
            /// Name, English and French of each text.
            pub const ALL: &[[&str; 3]] = &[$([stringify!($name), $english, $french],)*];
        }
    };
}

/// Defines all texts from the tables of the parts.
macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident: $table:ident,)*) => {
        /// All texts in one language.
        #[derive(Debug, PartialEq)]
        pub struct Texts {
            /// The language, as a value of the `lang` attribute.
            pub lang: &'static str,
            $($(#[$doc])* pub $part: $table,)*
        }

        /// English, which is also the fallback.
        pub static ENGLISH: Texts = Texts { lang: "en", $($part: $table::ENGLISH,)* };
        /// French.
        pub static FRENCH: Texts = Texts { lang: "fr", $($part: $table::FRENCH,)* };

        #[cfg(test)]
        const TABLES: &[&[[&str; 3]]] = &[$($table::ALL,)*];
    };
}

mod faults;
mod inspector;
mod message_composer;
mod records;
mod rules;
mod scenarios;
mod shell;

#[cfg(target_arch = "wasm32")]
use web_kit::i18n::Languages;
use web_kit::i18n::Table;

pub use faults::Faults;
pub use inspector::Inspector;
pub use message_composer::MessageComposer;
pub use records::{Records, Tasks, Timeline};
pub use rules::Rules;
pub use scenarios::Scenarios;
pub use shell::Shell;
pub use web_kit::i18n::fill;

parts! {
    /// The page around the panels.
    shell: Shell,
    /// The messages.
    inspector: Inspector,
    /// The records.
    records: Records,
    /// The calls on a timeline.
    timeline: Timeline,
    /// The task queue.
    tasks: Tasks,
    /// The rules of the protocol check.
    rules: Rules,
    /// The scenarios.
    scenarios: Scenarios,
    /// Fault injection.
    faults: Faults,
    /// Messages that are sent manually.
    message_composer: MessageComposer,
}

impl Table for Texts {
    fn lang(&self) -> &'static str {
        self.lang
    }
}

/// The texts in the browser's preferred language.
#[cfg(target_arch = "wasm32")]
pub fn texts() -> &'static Texts {
    static LANGUAGES: Languages<Texts> = Languages { default: &ENGLISH, others: &[&FRENCH] };
    thread_local! {
        static CHOSEN: &'static Texts = LANGUAGES.of_browser();
    }
    CHOSEN.with(|chosen| *chosen)
}

/// Replaces each `{}` of the template with a value. Braces in values are not replaced.
pub fn fill_all(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_in_both_languages_with_the_same_placeholders() {
        for table in TABLES {
            for [name, english, french] in *table {
                assert!(!english.trim().is_empty() && !french.trim().is_empty(), "{name}");
                assert_eq!(english.matches("{}").count(), french.matches("{}").count(), "{name}");
                // French puts a space there that must not break.
                let breaks = [" :", " ;", " ?", " !", " »", "« "].into_iter().any(|space| french.contains(space));
                assert!(!breaks, "{name}: {french}");
            }
        }
    }

    #[test]
    fn values_replace_the_placeholders_in_their_order() {
        assert_eq!(fill_all("{} of {}.", &["{}", "2"]), "{} of 2.");
    }
}
