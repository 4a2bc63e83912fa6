//! Exports and imports transcripts as versioned JSON files.

use super::{Entry, Transcript};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The value of `format` in the file.
const FORMAT: &str = "calling-transcript";
/// The version of the format. An incompatible change increases it.
const VERSION: u32 = 1;
/// The maximum size of a file that is imported, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a file is not imported.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// It is larger than [`MAX_BYTES`].
    #[error("the file is larger than {} MB", MAX_BYTES >> 20)]
    TooLarge,
    /// It is not valid JSON.
    #[error("the file is not JSON: line {line}, column {column}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// It is JSON, but not a recording.
    #[error("this is not a recording from the simulator: it has no \"format\": \"{FORMAT}\"")]
    Foreign,
    /// A newer version of the simulator wrote it.
    #[error("the recording has version {0}, but this simulator reads at most {VERSION}: use a newer simulator")]
    TooNew(u64),
    /// A message in it is invalid.
    #[error("message {number} of the recording is invalid: {why}")]
    BrokenEntry {
        /// From 1.
        number: usize,
        /// The error of serde.
        why: String,
    },
}

#[derive(Serialize)]
struct Recording<'a> {
    format: &'static str,
    version: u32,
    dropped: u64,
    entries: Vec<&'a Rc<Entry>>,
}

/// Exports a transcript as the text of a file.
pub fn export(transcript: &Transcript) -> String {
    let entries = transcript.iter().map(|(_, entry)| entry).collect();
    let recording = Recording { format: FORMAT, version: VERSION, dropped: transcript.dropped(), entries };
    // Numbers that JSON cannot represent become null; nothing else here can fail.
    serde_json::to_string_pretty(&recording).unwrap_or_default()
}

/// One message as formatted JSON.
pub fn pretty(message: &Value) -> String {
    serde_json::to_string_pretty(message).unwrap_or_default()
}

/// Imports a transcript from the text of a file.
///
/// # Errors
/// [`ImportError`] if it is not a valid recording.
pub fn import(text: &str) -> Result<Transcript, ImportError> {
    if text.len() > MAX_BYTES {
        return Err(ImportError::TooLarge);
    }
    // Some editors add a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    let file: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| ImportError::NotJson { line: error.line(), column: error.column() })?;
    let version = file.get("version").and_then(serde_json::Value::as_u64);
    let (Some(FORMAT), Some(version)) = (file.get("format").and_then(serde_json::Value::as_str), version) else {
        return Err(ImportError::Foreign);
    };
    if version > u64::from(VERSION) {
        return Err(ImportError::TooNew(version));
    }
    let dropped = file.get("dropped").and_then(serde_json::Value::as_u64).unwrap_or_default();
    let Some(serde_json::Value::Array(entries)) = file.get("entries") else { return Err(ImportError::Foreign) };
    let entries = entries.iter().enumerate().map(|(index, entry)| {
        Entry::deserialize(entry)
            .map_err(|error| ImportError::BrokenEntry { number: index + 1, why: error.to_string() })
    });
    Ok(Transcript::of(entries.collect::<Result<_, _>>()?, dropped.min(1 << 50)))
}
