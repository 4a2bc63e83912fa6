//! Every text that a person can read or hear on the simulator's page.
//!
//! One file for each part of the page, one line for each text, with its English and its French. `{}` stands where a value goes; see [`fill`].

/// A table of texts: the name, the English, the French.
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
            /// Name, English and French of each.
            pub const ALL: &[[&str; 3]] = &[$([stringify!($name), $english, $french],)*];
        }
    };
}

/// The parts of the page, each with its table, in both languages.
macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident: $table:ident,)*) => {
        /// All texts in one language.
        #[derive(Debug, PartialEq)]
        pub struct Texts {
            /// The language, as `lang` wants it.
            pub lang: &'static str,
            $($(#[$doc])* pub $part: $table,)*
        }

        /// English, for everybody who reads no other language that there is.
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

pub use faults::Faults;
pub use inspector::Inspector;
pub use message_composer::MessageComposer;
pub use records::{Records, Tasks, Timeline};
pub use rules::Rules;
pub use scenarios::Scenarios;
pub use shell::Shell;

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
    /// What is wrong with a message.
    rules: Rules,
    /// The scenarios.
    scenarios: Scenarios,
    /// The panel of trouble.
    faults: Faults,
    /// A message that is said by hand.
    message_composer: MessageComposer,
}

/// The texts in the language that the browser asks for.
#[cfg(target_arch = "wasm32")]
pub fn texts() -> &'static Texts {
    use std::cell::OnceCell;
    thread_local! {
        static CHOSEN: OnceCell<&'static Texts> = const { OnceCell::new() };
    }
    CHOSEN.with(|chosen| {
        *chosen.get_or_init(|| {
            let wanted = gloo::utils::window().navigator().languages();
            choose(wanted.iter().filter_map(|language| language.as_string()))
        })
    })
}

/// The first of the `wanted` languages (`fr-CA`, `en`) that there is.
pub fn choose(wanted: impl Iterator<Item = String>) -> &'static Texts {
    let of = |wanted: &str| {
        let name = wanted.split('-').next().unwrap_or_default();
        [&ENGLISH, &FRENCH].into_iter().find(|texts| name.eq_ignore_ascii_case(texts.lang))
    };
    wanted.filter_map(|wanted| of(&wanted)).next().unwrap_or(&ENGLISH)
}

/// `template` with `value` in place of its first `{}`.
pub fn fill(template: &str, value: &str) -> String {
    template.replacen("{}", value, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_text_is_there_in_both_languages_and_takes_the_same_values() {
        for table in TABLES {
            for [name, english, french] in *table {
                assert!(!english.trim().is_empty() && !french.trim().is_empty(), "{name}");
                assert_eq!(english.matches("{}").count(), french.matches("{}").count(), "{name}");
            }
        }
    }

    #[test]
    fn a_value_goes_where_the_braces_are() {
        assert_eq!(fill("Calling {} …", "{}"), "Calling {} …");
        assert_eq!(fill("{} of {}", "1"), "1 of {}");
    }
}
