//! The name of the app in its three spellings.

use super::error::{Error, Result};

/// What cargo refuses for a program, and what the standard library is called.
const RESERVED: [&str; 11] =
    ["test", "core", "std", "alloc", "proc-macro", "proc_macro", "build", "deps", "examples", "incremental", "native"];
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
const LONGEST: usize = 60;

#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// As users see it: `Acme Phone`.
    pub title: String,
    /// The cargo package: `acme-phone`.
    pub package: String,
}

impl Name {
    /// The name with this title. Without a `package` the package is named after the title.
    pub fn new(title: &str, package: Option<&str>) -> Result<Self> {
        let title = title.trim();
        if title.is_empty() {
            return Err(Error::EmptyName);
        }
        // It stands in HTML, in JavaScript strings and in Markdown, none of which may need an escape for it.
        let is_plain = |c: char| c.is_alphanumeric() || " -.'’!,+()".contains(c);
        if let Some(character) = title.chars().find(|character| !is_plain(*character)) {
            return Err(Error::NameCharacter(character));
        }
        if title.chars().count() > LONGEST {
            return Err(Error::LongName { longest: LONGEST });
        }
        let package = match package {
            Some(package) => package.to_owned(),
            None => package_of(title).ok_or_else(|| Error::NoCrateName(title.to_owned()))?,
        };
        check_package(&package)?;
        Ok(Self { title: title.to_owned(), package })
    }

    /// The path in Rust: `acme_phone`.
    pub fn path(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// The title in lower case, with hyphens between the words. `None` if it has letters that a package cannot have.
fn package_of(title: &str) -> Option<String> {
    if title.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let title = title.replace(['\'', '’'], "").to_ascii_lowercase();
    let words: Vec<_> = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let package = words.join("-");
    package.starts_with(|c: char| c.is_ascii_lowercase()).then_some(package)
}

fn check_package(package: &str) -> Result<()> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = package.starts_with(|c: char| c.is_ascii_lowercase())
        && !package.ends_with('-')
        && !package.contains("--")
        && package.chars().all(is_part);
    if !is_name {
        return Err(Error::BadCrateName(package.to_owned()));
    }
    if RESERVED.contains(&package) || KEYWORDS.contains(&package) {
        return Err(Error::ReservedCrateName(package.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_named_after_the_title() {
        for (title, package) in [
            ("Acme Phone", "acme-phone"),
            ("  Acme  Phone 2 ", "acme-phone-2"),
            ("Joe's Phone (beta)", "joes-phone-beta"),
            ("PhoneBox", "phonebox"),
        ] {
            let name = Name::new(title, None).unwrap();
            assert_eq!((name.title.as_str(), name.package.as_str()), (title.trim(), package));
        }
        let name = Name::new("Téléphone", Some("telephone-app")).unwrap();
        assert_eq!((name.title.as_str(), name.path().as_str()), ("Téléphone", "telephone_app"));
    }

    #[test]
    fn a_name_that_cannot_be_used_is_explained() {
        for (title, package, part) in [
            ("  ", None, "is empty"),
            ("Acme <Phone>", None, "`<`"),
            ("Acme \"Phone\"", None, "`\"`"),
            ("Acme & Sons", None, "`&`"),
            ("Téléphone", None, "--crate"),
            ("電話", None, "--crate"),
            ("42", None, "--crate"),
            ("!!!", None, "--crate"),
            ("Test", None, "--crate"),
            ("Override", None, "--crate"),
            ("Acme Phone", Some("Acme Phone"), "lower case"),
            ("Acme Phone", Some("acme_phone"), "lower case"),
            ("Acme Phone", Some("9phone"), "lower case"),
            ("Acme Phone", Some("acme-"), "lower case"),
        ] {
            let error = Name::new(title, package).unwrap_err().to_string();
            assert!(error.contains(part), "{title}: {error}");
        }
        assert!(Name::new(&"a".repeat(61), None).unwrap_err().to_string().contains("60"));
    }
}
