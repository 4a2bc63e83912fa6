//! How the built pages must be served: `hosting/policy.toml`, and the files for web servers that are written from it.

mod files;

use crate::{
    error::{Error, Result, file},
    process, project,
};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// What `hosting/policy.toml` says.
#[derive(Debug, PartialEq)]
pub struct Policy {
    /// The directives that are added to the policy in each built page.
    pub built_pages: Vec<String>,
    /// The values of `frame-ancestors`.
    frame_ancestors: Vec<String>,
    /// Further headers of every answer.
    headers: BTreeMap<String, String>,
    caching: Caching,
    /// The types by the endings of file names, without their character set.
    mime: BTreeMap<String, String>,
    /// The endings of the files that are compressed.
    compressed: Vec<String>,
}

#[derive(Debug, PartialEq)]
struct Caching {
    /// How many hexadecimal digits a hash in a file name has, at least and at most.
    digits: (usize, usize),
    /// `Cache-Control` of the files with a hash in their name.
    hashed: String,
    /// `Cache-Control` of all others.
    other: String,
}

/// Writes the files for web servers.
pub fn write() -> Result<()> {
    for (name, content) in Policy::read()?.files() {
        let path = folder().join(name);
        process::write(&path, content.as_bytes())?;
        println!("{}", path.display());
    }
    Ok(())
}

impl Policy {
    /// Reads the policy of this repository.
    pub fn read() -> Result<Self> {
        let path = folder().join("policy.toml");
        let text = fs::read_to_string(&path).map_err(file("read", &path))?;
        Self::parse(&text).map_err(|what| Error::NoValue { what, path })
    }

    /// The error is the name of the value that is missing or cannot be used.
    fn parse(text: &str) -> std::result::Result<Self, &'static str> {
        let table: toml::Table = text.parse().map_err(|_| "TOML syntax")?;
        let value = |path: &[&str]| {
            let first = table.get(path[0]);
            path[1..].iter().fold(first, |value, key| value.and_then(|value| value.get(key))).cloned()
        };
        let texts = |path: &[&str]| value(path)?.try_into::<Vec<String>>().ok();
        let map = |path: &[&str]| value(path)?.try_into::<BTreeMap<String, String>>().ok();
        let text = |path: &[&str]| value(path)?.as_str().map(str::to_owned);
        let digits = |name: &str| value(&["caching", "hash-digits", name])?.as_integer()?.try_into().ok();
        Ok(Self {
            built_pages: texts(&["built-pages"]).ok_or("list built-pages")?,
            frame_ancestors: texts(&["frame-ancestors"]).ok_or("list frame-ancestors")?,
            headers: map(&["headers"]).ok_or("table [headers] of texts")?,
            caching: Caching {
                digits: (
                    digits("least").ok_or("number hash-digits.least in [caching]")?,
                    digits("most").ok_or("number hash-digits.most in [caching]")?,
                ),
                hashed: text(&["caching", "hashed"]).ok_or("text hashed in [caching]")?,
                other: text(&["caching", "other"]).ok_or("text other in [caching]")?,
            },
            mime: map(&["mime"]).ok_or("table [mime] of texts")?,
            compressed: texts(&["compression", "endings"]).ok_or("list endings in [compression]")?,
        })
    }

    /// Whether the name of a file contains a hash of its content, as trunk and rustdoc write it.
    pub fn is_hashed(&self, name: &str) -> bool {
        let Some((stem, ending)) = name.rsplit_once('.') else { return false };
        let stem = stem.strip_suffix("_bg").unwrap_or(stem);
        let Some((_, hash)) = stem.rsplit_once('-') else { return false };
        let (least, most) = self.caching.digits;
        (least..=most).contains(&hash.len())
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && !ending.is_empty()
            && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    }

    /// [`Policy::is_hashed`] as a regular expression.
    fn hashed_pattern(&self) -> String {
        let (least, most) = self.caching.digits;
        format!("-[0-9a-f]{{{least},{most}}}(_bg)?\\.[a-z0-9]+$")
    }

    /// Whether a file of this name is compressed.
    pub fn is_compressed(&self, name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(_, ending)| self.compressed.iter().any(|it| it == ending))
    }

    /// The headers of every answer.
    fn headers(&self) -> impl Iterator<Item = (&str, String)> {
        let framing = format!("frame-ancestors {}", self.frame_ancestors.join(" "));
        let rest = self.headers.iter().map(|(name, value)| (name.as_str(), value.clone()));
        std::iter::once(("Content-Security-Policy", framing)).chain(rest)
    }
}

fn folder() -> PathBuf {
    project::root().join("hosting")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy::read().unwrap()
    }

    #[test]
    fn the_committed_files_are_those_of_the_policy() {
        for (name, content) in policy().files() {
            let path = folder().join(name);
            let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert_eq!(committed, content, "{} differs: run `cargo xtask hosting`", path.display());
        }
    }

    #[test]
    fn the_readme_says_what_the_policy_says() {
        let readme = fs::read_to_string(project::root().join("README.md")).unwrap();
        let (_, framing) = policy().headers().next().unwrap();
        assert!(readme.contains(&format!("`Content-Security-Policy: {framing}`")), "README.md does not say {framing}");
    }

    #[test]
    fn a_hash_is_found_in_a_name_and_nothing_else_is() {
        let policy = policy();
        for (name, hashed) in [
            ("my-app-6d0085c7cdfd276f.js", true),
            ("my-app-6d0085c7cdfd276f_bg.wasm", true),
            ("calling-extensions-8e72bd0356d2e90.js", true),
            ("rustdoc-aa0817cf.css", true),
            ("index.html", false),
            ("calling-window.js", false),
            ("mock-account.json", false),
            ("icon-7ece030.svg", false),
            ("icon-7ECE0305F47869A7.svg", false),
            ("icon-7ece0305f47869a7b.svg", false),
            ("icon-7ece0305f47869a7", false),
            ("7ece0305f47869a7.svg", false),
        ] {
            assert_eq!(policy.is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn what_is_missing_in_the_policy_is_named() {
        let whole = fs::read_to_string(folder().join("policy.toml")).unwrap();
        assert!(Policy::parse(&whole).is_ok());
        for (from, to, what) in [
            ("built-pages =", "pages =", "list built-pages"),
            ("frame-ancestors =", "frame =", "list frame-ancestors"),
            ("least = 8", "least = \"8\"", "number hash-digits.least in [caching]"),
            ("hashed = \"", "hash = \"", "text hashed in [caching]"),
            ("endings = [", "names = [", "list endings in [compression]"),
            ("[mime]", "[types]", "table [mime] of texts"),
            ("[headers]", "[headers", "TOML syntax"),
        ] {
            assert!(whole.contains(from), "{from}");
            assert_eq!(Policy::parse(&whole.replacen(from, to, 1)), Err(what));
        }
    }

    #[test]
    fn every_file_that_is_compressed_has_a_type() {
        let policy = policy();
        for ending in &policy.compressed {
            assert!(policy.mime.contains_key(ending), "{ending}");
        }
    }
}
