//! Texts in several languages, one table for each.
//!
//! A page declares a struct with a field for each text, implements [`Table`] for it, and lists its values in [`Languages`].
//! A text that a language lacks is then a compile error.

/// All texts of a page in one language.
pub trait Table: 'static {
    /// The primary language subtag, for instance `"en"`: what the `lang` attribute takes.
    fn lang(&self) -> &'static str;
}

/// The languages that a page has.
#[derive(Debug)]
pub struct Languages<T: 'static> {
    /// For users who read none of the languages.
    pub default: &'static T,
    pub others: &'static [&'static T],
}

impl<T: Table> Languages<T> {
    /// The table of the first of the `preferred` languages (`"fr-CA"`, `"en"`) that the page has; else the default.
    pub fn choose(&self, preferred: impl IntoIterator<Item = String>) -> &'static T {
        preferred.into_iter().find_map(|tag| self.find(&tag)).unwrap_or(self.default)
    }

    /// The table for the languages that the browser is set to. Panics outside of a browser.
    #[cfg(feature = "browser")]
    pub fn of_browser(&self) -> &'static T {
        let preferred = gloo::utils::window().navigator().languages();
        self.choose(preferred.iter().filter_map(|tag| tag.as_string()))
    }

    fn find(&self, tag: &str) -> Option<&'static T> {
        let primary = tag.split('-').next()?;
        let mut tables = std::iter::once(self.default).chain(self.others.iter().copied());
        tables.find(|table| primary.eq_ignore_ascii_case(table.lang()))
    }
}

/// `template` with `value` in place of its first `{}`.
pub fn fill(template: &str, value: &str) -> String {
    match template.split_once("{}") {
        Some((before, after)) => [before, value, after].concat(),
        None => template.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Languages, Table, fill};

    struct Texts {
        lang: &'static str,
    }

    impl Table for Texts {
        fn lang(&self) -> &'static str {
            self.lang
        }
    }

    static LANGUAGES: Languages<Texts> = Languages { default: &Texts { lang: "en" }, others: &[&Texts { lang: "fr" }] };

    #[test]
    fn the_first_preferred_language_that_exists_is_chosen() {
        for (preferred, chosen) in [
            (vec!["fr-CA", "en"], "fr"),
            (vec!["en-GB", "fr"], "en"),
            (vec!["de", "FR-fr", "en"], "fr"),
            (vec!["de", "frr"], "en"),
            (vec![], "en"),
        ] {
            assert_eq!(LANGUAGES.choose(preferred.iter().map(ToString::to_string)).lang, chosen, "{preferred:?}");
        }
    }

    #[test]
    fn a_value_replaces_the_first_placeholder_only() {
        assert_eq!(fill("Call with {} ended", "{}"), "Call with {} ended");
        assert_eq!(fill("{} of {}", "1"), "1 of {}");
        assert_eq!(fill("{name} of {}", "1"), "{name} of 1");
        assert_eq!(fill("Nothing", "1"), "Nothing");
    }
}
