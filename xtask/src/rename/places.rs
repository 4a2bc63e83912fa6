//! The one list of what carries the name. A test makes a project with another name and finds what is missing here.

use super::{name::Name, tree::Tree};

/// Which spelling stands in a place.
#[derive(Clone, Copy)]
enum Spelling {
    /// `Acme Phone`
    Title,
    /// `acme-phone`
    Package,
}

/// A place: the files with this ending, and what stands before and after the name. An empty text before is the beginning of a word.
/// The name alone would not do: it may be a word of the language.
struct Place {
    files: &'static str,
    spelling: Spelling,
    before: &'static str,
    after: &'static str,
}

const fn title(files: &'static str, before: &'static str, after: &'static str) -> Place {
    Place { files, spelling: Spelling::Title, before, after }
}

const fn package(files: &'static str, before: &'static str, after: &'static str) -> Place {
    Place { files, spelling: Spelling::Package, before, after }
}

const PLACES: [Place; 20] = [
    title("index.html", "<title>", "</title>"),
    package("index.html", "data-bin=\"", "\""),
    package("Cargo.toml", "\nname = \"", "\""),
    // Packages that depend on the widget, and addresses of this repository.
    package("Cargo.toml", "\n", " = { path = \""),
    package("Cargo.toml", "/OWNER/", "\""),
    package("Cargo.lock", "\nname = \"", "\"\n"),
    package("Cargo.lock", "\n \"", "\","),
    title("README.md", "# ", "\n"),
    title("README.md", "*", "*"),
    title("README.md", "name: \"", "\""),
    title(".rs", "!text.contains(\"", "\")"),
    package(".md", "/OWNER/", " "),
    package(".md", "/OWNER/", "/"),
    package(".md", "OWNER/", "\n"),
    package(".md", "cd ../", "\n"),
    package(".yml", "/OWNER/", "/"),
    package(".yml", "--package ", " "),
    // The selectors of the widget, wherever they are named.
    package(".rs", "", ".toml"),
    package(".md", "", ".toml"),
    package(".toml", "", ".toml"),
];
/// Where the selectors are.
const SELECTORS: &str = "crates/simulator/widgets/";

/// Replaces the name everywhere.
pub fn replace(tree: &mut Tree, old: &Name, new: &Name) {
    tree.rename(&selectors(old), &selectors(new));
    tree.edit(|path, text| {
        let mut text = text.to_owned();
        for place in PLACES.iter().filter(|place| path.ends_with(place.files)) {
            text = place.replace(&text, old, new);
        }
        if path.ends_with(".rs") { replace_path(&text, &old.path(), &new.path()) } else { text }
    });
}

/// A place that has this name already, with the file: what stands there, and where.
pub fn find(tree: &Tree, name: &Name) -> Option<(String, String)> {
    tree.texts().find_map(|(path, text)| {
        let in_rust = || path.ends_with(".rs").then(|| format!("{}::", name.path()));
        let found = PLACES.iter().filter(|place| path.ends_with(place.files)).find_map(|place| place.find(text, name));
        let found = found.or_else(|| in_rust().filter(|_| paths(text, &name.path()).next().is_some()))?;
        Some((found.trim().to_owned(), path.to_owned()))
    })
}

fn selectors(name: &Name) -> String {
    format!("{SELECTORS}{}.toml", name.package)
}

impl Place {
    fn with(&self, name: &Name) -> String {
        let name = match self.spelling {
            Spelling::Title => &name.title,
            Spelling::Package => &name.package,
        };
        [self.before, name, self.after].concat()
    }

    fn replace(&self, text: &str, old: &Name, new: &Name) -> String {
        let (old, new) = (self.with(old), self.with(new));
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(&old) {
            let (before, from) = rest.split_at(at);
            replaced.push_str(before);
            // The end may be the beginning of the next place, as a line break is.
            let whole = !self.before.is_empty() || starts_word(replaced.chars().next_back());
            replaced.push_str(if whole {
                &new[..new.len() - self.after.len()]
            } else {
                &old[..old.len() - self.after.len()]
            });
            rest = &from[old.len() - self.after.len()..];
        }
        replaced + rest
    }

    fn find(&self, text: &str, name: &Name) -> Option<String> {
        let place = self.with(name);
        let mut found = text.match_indices(&place);
        let is_place = |at: usize| !self.before.is_empty() || starts_word(text[..at].chars().next_back());
        found.any(|(at, _)| is_place(at)).then_some(place)
    }
}

/// Whether a name can begin after this character.
fn starts_word(before: Option<char>) -> bool {
    !before.is_some_and(|before| before.is_alphanumeric() || before == '-' || before == '_')
}

/// Replaces the crate at the beginning of paths: `old::app::start`.
fn replace_path(text: &str, old: &str, new: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = 0;
    for at in paths(text, old) {
        replaced.push_str(&text[rest..at]);
        replaced.push_str(new);
        rest = at + old.len();
    }
    replaced.push_str(&text[rest..]);
    replaced
}

/// Where paths begin with this crate.
fn paths<'a>(text: &'a str, name: &str) -> impl Iterator<Item = usize> + use<'a> {
    let path = format!("{name}::");
    let starts_path = |before: &str| starts_word(before.chars().next_back()) && !before.ends_with(':');
    let found: Vec<_> = text.match_indices(&path).map(|(at, _)| at).filter(|at| starts_path(&text[..*at])).collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(title: &str) -> Name {
        Name::new(title, None).unwrap()
    }

    #[test]
    fn only_the_beginning_of_a_path_is_the_crate() {
        let text = "use phone::app;\nuse call_model::phone::Number;\n/// `phone::x`\nlet a = my_phone::b + ::phone::c;";
        let expected =
            "use acme::app;\nuse call_model::phone::Number;\n/// `acme::x`\nlet a = my_phone::b + ::phone::c;";
        assert_eq!(replace_path(text, "phone", "acme"), expected);
    }

    #[test]
    fn a_name_that_is_a_word_is_replaced_in_its_places_only() {
        let place = title("README.md", "# ", "\n");
        let text = "# Phone\n\nPhone in hand.\n";
        assert_eq!(place.replace(text, &name("Phone"), &name("Acme")), "# Acme\n\nPhone in hand.\n");
        let place = package(".md", "", ".toml");
        let text = "[phone.toml](a/phone.toml), my-phone.toml";
        assert_eq!(place.replace(text, &name("Phone"), &name("Acme")), "[acme.toml](a/acme.toml), my-phone.toml");
        let place = package("Cargo.lock", "\n \"", "\",");
        assert_eq!(place.replace("\n \"phone\",\n \"phone\",\n", &name("Phone"), &name("A")), "\n \"a\",\n \"a\",\n");
    }
}
