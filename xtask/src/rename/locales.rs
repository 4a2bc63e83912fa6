//! The languages of the widget: a file of texts for each, and an entry of the mock account.

use super::{
    error::{Error, Result},
    language,
    tree::Tree,
};

const FOLDER: &str = "src/i18n";
const INDEX: &str = "src/i18n/mod.rs";
const ACCOUNT: &str = "assets/mock-account.json";
/// The language that new ones are copied from, and that tests and users fall back on.
const DEFAULT: &str = "en";
/// A code that is a keyword of Rust.
const KEYWORD: &str = "as";

/// Reads `en,de`.
pub fn parse(list: &str) -> Result<Vec<String>> {
    let mut codes: Vec<String> = Vec::new();
    for code in list.split(',').map(|code| code.trim().to_ascii_lowercase()) {
        language::name(&code).ok_or_else(|| Error::UnknownLocale(code.clone()))?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    // It comes first, as in the code.
    let default = codes.iter().position(|code| code == DEFAULT).ok_or(Error::NoEnglish)?;
    codes[..=default].rotate_right(1);
    Ok(codes)
}

/// The languages that the project has, the default first.
pub fn current(tree: &Tree) -> Vec<String> {
    let index = tree.text(INDEX).unwrap_or_default();
    let modules = index.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    let mut codes: Vec<String> = modules
        .map(|name| name.trim_start_matches("r#"))
        .filter(|name| language::name(name).is_some())
        .map(str::to_owned)
        .collect();
    codes.sort_by_key(|code| code != DEFAULT);
    codes
}

/// Adds and removes languages. Returns the new files, which are to be translated.
pub fn set(tree: &mut Tree, codes: &[String]) -> Result<Vec<String>> {
    let old = current(tree);
    let english = tree.text(&texts_of(DEFAULT)).map(str::to_owned);
    let english = english.ok_or(Error::Missing { path: "src/i18n", what: "en.rs" })?;
    let mut to_translate = Vec::new();
    for code in old.iter().filter(|code| !codes.contains(code)) {
        tree.remove(&texts_of(code));
        tree.edit_file(ACCOUNT, |account| without_entry(account, code));
    }
    for code in codes.iter().filter(|code| !old.contains(code)) {
        let lang = |code: &str| format!("lang: \"{code}\"");
        let texts = english.replacen(&lang(DEFAULT), &lang(code), 1);
        tree.set(&texts_of(code), format!("// To be translated: a copy of {DEFAULT}.rs.\n{texts}"));
        tree.edit_file(ACCOUNT, |account| with_copied_entry(account, code));
        to_translate.push(texts_of(code));
    }
    if old != codes {
        tree.edit_file(INDEX, |index| with_languages(index, &old, codes));
    }
    let phrase = |codes: &[String]| format!(", {}, by keyboard", names(codes));
    tree.edit_file("README.md", |readme| readme.replace(&phrase(&old), &phrase(codes)));
    Ok(to_translate)
}

fn texts_of(code: &str) -> String {
    format!("{FOLDER}/{code}.rs")
}

/// `English, French and German`.
fn names(codes: &[String]) -> String {
    let names: Vec<_> = codes.iter().filter_map(|code| language::name(code)).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn module(code: &str) -> String {
    if code == KEYWORD { format!("r#{code}") } else { code.to_owned() }
}

/// The modules and the list of the languages. rustfmt puts them in their final form.
fn with_languages(index: &str, old: &[String], new: &[String]) -> String {
    let declaration = |code: &String| format!("mod {};", module(code));
    let declared: Vec<_> = old.iter().map(declaration).collect();
    let mut lines: Vec<String> = Vec::new();
    for line in index.lines() {
        if line.starts_with("static LANGUAGES: ") {
            let others: Vec<_> = new.iter().skip(1).map(|code| format!("&{}::TEXTS", module(code))).collect();
            lines.push(format!(
                "static LANGUAGES: Languages<Texts> = Languages {{ default: &{DEFAULT}::TEXTS, others: &[{}] }};",
                others.join(", ")
            ));
        } else if line == format!("mod {DEFAULT};") {
            let mut modules: Vec<_> = new.iter().map(declaration).collect();
            modules.sort();
            lines.extend(modules);
        } else if !declared.iter().any(|declaration| declaration == line) {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// The objects of a JSON list as text, each where it begins and ends.
fn entries(list: &str) -> Vec<(usize, usize)> {
    let (mut depth, mut start, mut in_text, mut escaped) = (0, 0, false, false);
    let mut found = Vec::new();
    for (at, character) in list.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    found.push((start, at + 1));
                }
            }
            _ => {}
        }
    }
    found
}

fn entry(account: &str, code: &str) -> Option<(usize, usize)> {
    entries(account).into_iter().find(|(start, end)| account[*start..*end].contains(&format!("\"lang\": \"{code}\"")))
}

fn without_entry(account: &str, code: &str) -> String {
    let Some((start, end)) = entry(account, code) else { return account.to_owned() };
    let (before, after) = (&account[..start], &account[end..]);
    match after.strip_prefix(',') {
        Some(after) => [before, after.trim_start()].concat(),
        // The last one: the comma before it goes too.
        None => [before.trim_end().trim_end_matches(','), after].concat(),
    }
}

fn with_copied_entry(account: &str, code: &str) -> String {
    let (Some((start, end)), None) = (entry(account, DEFAULT), entry(account, code)) else { return account.to_owned() };
    let lang = |code: &str| format!("\"lang\": \"{code}\"");
    let copy = account[start..end].replacen(&lang(DEFAULT), &lang(code), 1);
    let last = entries(account).last().map_or(end, |(_, end)| *end);
    [&account[..last], ",\n  ", &copy, &account[last..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_with_english_first() {
        assert_eq!(parse("en").unwrap(), ["en"]);
        assert_eq!(parse("de, EN,fr,de").unwrap(), ["en", "de", "fr"]);
        for (list, part) in
            [("en,xx", "`xx`"), ("en,", "``"), ("", "``"), ("de", "lacks `en`"), ("en,de-AT", "`de-at`")]
        {
            let error = parse(list).unwrap_err().to_string();
            assert!(error.contains(part), "{list}: {error}");
        }
    }

    #[test]
    fn the_list_of_languages_is_written_again() {
        let index = "//! Texts.\n\nmod en;\nmod fr;\nmod words;\n\nstatic LANGUAGES: Languages<Texts> = Languages { default: &en::TEXTS, \
                     others: &[&fr::TEXTS] };\n";
        let list = |codes: &str| parse(codes).unwrap();
        let changed = with_languages(index, &list("en,fr"), &list("en,de,as"));
        assert_eq!(
            changed,
            "//! Texts.\n\nmod de;\nmod en;\nmod r#as;\nmod words;\n\nstatic LANGUAGES: Languages<Texts> = Languages { default: \
             &en::TEXTS, others: &[&de::TEXTS, &r#as::TEXTS] };\n"
        );
        assert_eq!(with_languages(&changed, &list("en,de,as"), &list("en,fr")), index);
        assert_eq!(names(&list("en,fr,de")), "English, French and German");
        assert_eq!(names(&list("en")), "English");
    }

    #[test]
    fn the_account_gets_and_loses_languages() {
        let account = "[\n  {\n    \"lang\": \"en\",\n    \"name\": \"a } \\\" b\"\n  },\n  {\n    \"lang\": \"fr\",\n    \"x\": {}\n  }\n]\n";
        let english = "[\n  {\n    \"lang\": \"en\",\n    \"name\": \"a } \\\" b\"\n  }\n]\n";
        assert_eq!(without_entry(account, "fr"), english);
        assert_eq!(without_entry(account, "en"), "[\n  {\n    \"lang\": \"fr\",\n    \"x\": {}\n  }\n]\n");
        assert_eq!(without_entry(account, "de"), account);
        let with_german = with_copied_entry(english, "de");
        assert_eq!(with_copied_entry(&with_german, "de"), with_german);
        assert_eq!(without_entry(&with_german, "de"), english);
        assert!(
            with_german.ends_with("},\n  {\n    \"lang\": \"de\",\n    \"name\": \"a } \\\" b\"\n  }\n]\n"),
            "{with_german}"
        );
    }
}
