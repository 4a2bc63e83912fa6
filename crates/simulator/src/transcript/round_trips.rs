//! The latency of answers.

use super::{Direction, Entry};
use crate::hubspot::FrameId;
use calling_extensions::codec::Value;
use std::collections::VecDeque;

/// Requests, and the types that answer them.
const QUESTIONS: &[(&str, &[&str])] = &[
    ("SYNC", &["SYNC_ACK"]),
    ("OUTGOING_CALL_STARTED", CREATED),
    ("INCOMING_CALL", MATCHED_OR_CREATED),
    ("CALL_COMPLETED", &["UPDATE_ENGAGEMENT_SUCCEEDED", "UPDATE_ENGAGEMENT_FAILED"]),
    ("FINALIZE_ENGAGEMENT", &["FINALIZE_ENGAGEMENT_SUCCEEDED", "FINALIZE_ENGAGEMENT_FAILED"]),
    ("PUBLISH_TO_CHANNEL", &["PUBLISH_TO_CHANNEL_SUCCEEDED", "PUBLISH_TO_CHANNEL_FAILED"]),
    ("NAVIGATE_TO_RECORD", &["NAVIGATE_TO_RECORD_FAILED"]),
    ("SET_WIDGET_URL", &["SET_WIDGET_URL_FAILED"]),
    ("END_CALL", &["CALL_ENDED"]),
];
const CREATED: &[&str] = &["CREATE_ENGAGEMENT_SUCCEEDED", "CREATE_ENGAGEMENT_FAILED", "ENGAGEMENT_CREATED"];
const MATCHED_OR_CREATED: &[&str] = &[
    "CALLER_ID_MATCH_SUCCEEDED",
    "CALLER_ID_MATCH_FAILED",
    "CREATE_ENGAGEMENT_SUCCEEDED",
    "CREATE_ENGAGEMENT_FAILED",
    "ENGAGEMENT_CREATED",
];
/// The number of open requests that are stored. Most SYNCs are never answered.
const MAX_OPEN: usize = 500;

/// Matches answers with requests: SYNC_ACK by its id, other answers by type and order.
#[derive(Debug, Clone, Default)]
pub struct RoundTrips(VecDeque<Asked>);

#[derive(Debug, Clone)]
struct Asked {
    frame: FrameId,
    direction: Direction,
    kind: &'static str,
    id: Option<Value>,
    at: f64,
    /// The answers that are still possible: one of each group, for example a match and an engagement.
    answers: Vec<&'static str>,
}

impl RoundTrips {
    /// Adds a message. If it is an answer, returns the time since its request in milliseconds.
    pub fn feed(&mut self, entry: &Entry) -> Option<f64> {
        if entry.ignored.is_some() {
            return None;
        }
        let took = self.answer(entry);
        if let Some((kind, answers)) = QUESTIONS.iter().find(|(kind, _)| *kind == entry.kind()) {
            if self.0.len() >= MAX_OPEN {
                self.0.pop_front();
            }
            self.0.push_back(Asked {
                frame: entry.frame.clone(),
                direction: entry.direction,
                kind,
                id: entry.message.get("messageId").cloned(),
                at: entry.at,
                answers: answers.to_vec(),
            });
        }
        took
    }

    fn answer(&mut self, entry: &Entry) -> Option<f64> {
        let kind = entry.kind();
        let position = self.0.iter().position(|asked| {
            asked.frame == entry.frame
                && asked.direction != entry.direction
                && asked.answers.contains(&kind)
                && (asked.kind != "SYNC" || asked.id.as_ref() == entry.message.get("messageId"))
        })?;
        let asked = self.0.get_mut(position)?;
        let took = entry.at - asked.at;
        let subject = subject(kind);
        asked.answers.retain(|answer| self::subject(answer) != subject);
        if asked.answers.is_empty() {
            self.0.remove(position);
        }
        Some(took)
    }
}

/// The subject of an answer, regardless of success or failure.
fn subject(kind: &str) -> &str {
    match kind {
        "ENGAGEMENT_CREATED" => "CREATE_ENGAGEMENT",
        kind => kind.trim_end_matches("_SUCCEEDED").trim_end_matches("_FAILED"),
    }
}
