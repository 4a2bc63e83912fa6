use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// The file with all differences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The differences.
    pub difference: Vec<Difference>,
}

/// A difference that is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// What ours does.
    pub what: String,
    /// Why that is wanted.
    pub why: String,
    /// Where it is seen.
    pub at: Vec<Occurrence>,
}

/// A step in which the two differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occurrence {
    /// The transcript.
    pub transcript: String,
    /// The number of the step, from 1.
    pub step: usize,
    /// What the npm package does.
    pub npm: Vec<String>,
    /// What ours does.
    pub ours: Vec<String>,
}

impl Listed {
    /// Reads the file.
    ///
    /// # Panics
    /// When it is invalid.
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("differences.toml");
        let text = fs::read_to_string(&path).expect("differences.toml");
        toml::from_str(&text).unwrap_or_else(|error| panic!("differences.toml: {error}"))
    }

    /// All steps of all differences.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        self.difference.iter().flat_map(|difference| difference.at.iter().cloned()).collect()
    }
}

impl Occurrence {
    /// As it is written in the file.
    pub fn to_toml(&self) -> String {
        let list = |lines: &[String]| match lines {
            [] => "[]".to_owned(),
            lines => {
                format!("[\n{}\n]", lines.iter().map(|line| format!("  '{line}',")).collect::<Vec<_>>().join("\n"))
            }
        };
        format!(
            "[[difference.at]]\ntranscript = \"{}\"\nstep = {}\nnpm = {}\nours = {}\n",
            self.transcript,
            self.step,
            list(&self.npm),
            list(&self.ours)
        )
    }
}
