//! The command line: `[--runs N] [--against DIR-or-URL] [--out FILE] [--calls N]`.

use std::path::PathBuf;

const DEFAULT_RUNS: u32 = 5;

#[derive(Debug, PartialEq)]
pub struct Arguments {
    pub runs: u32,
    pub against: Option<Opponent>,
    /// The file that the table is written to, as Markdown.
    pub out: Option<PathBuf>,
    /// How many calls are made in one page to measure the memory that is not freed after each.
    pub calls: Option<u32>,
}

/// Another built widget with the same `data-test-id`s.
#[derive(Clone, Debug, PartialEq)]
pub enum Opponent {
    /// A folder with an `index.html`.
    Folder(PathBuf),
    /// A page on another server.
    Url(String),
}

/// # Errors
/// An unknown or invalid argument, with its name.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Arguments, String> {
    let mut parsed = Arguments { runs: DEFAULT_RUNS, against: None, out: None, calls: None };
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let value = value.or_else(|| rest.next()).ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--runs" => parsed.runs = positive(&name, &value)?,
            "--calls" => parsed.calls = Some(positive(&name, &value)?),
            "--out" => parsed.out = Some(value.into()),
            "--against" => {
                parsed.against = Some(match value.contains("://") {
                    true => Opponent::Url(value),
                    false => Opponent::Folder(value.into()),
                });
            }
            _ => return Err(format!("{name} is unknown")),
        }
    }
    Ok(parsed)
}

fn positive(name: &str, value: &str) -> Result<u32, String> {
    value.parse().ok().filter(|number| *number > 0).ok_or_else(|| format!("{name} must be 1 or more"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn every_argument_is_read() {
        let none = Arguments { runs: DEFAULT_RUNS, against: None, out: None, calls: None };
        assert_eq!(parsed(""), Ok(none));
        let all = parsed("--runs 9 --against ../other/dist --out=docs/bench.md --calls 4000");
        assert_eq!(
            all,
            Ok(Arguments {
                runs: 9,
                against: Some(Opponent::Folder("../other/dist".into())),
                out: Some("docs/bench.md".into()),
                calls: Some(4000)
            })
        );
        let url = parsed("--against https://example.com/widget/").map(|arguments| arguments.against);
        assert_eq!(url, Ok(Some(Opponent::Url("https://example.com/widget/".into()))));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(parsed("--runs 0"), Err("--runs must be 1 or more".into()));
        assert_eq!(parsed("--runs"), Err("--runs needs a value".into()));
        assert_eq!(parsed("--fast yes"), Err("--fast is unknown".into()));
    }
}
