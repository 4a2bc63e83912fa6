//! The message ids of one side, to detect reuse.

use std::collections::{HashMap, VecDeque};

/// The number of ids that are stored for each frame, so that a flood of messages does not fill the memory.
const MAX_IDS: usize = 5_000;
/// The maximum time between two messages that can have the same timestamp as their id, in milliseconds.
const SAME_MILLISECOND_WINDOW_MS: f64 = 1_000.0;

/// The ids so far.
#[derive(Debug, Default)]
pub struct Ids {
    seen: HashMap<String, Seen>,
    order: VecDeque<String>,
}

#[derive(Debug)]
struct Seen {
    at: f64,
    fingerprint: u64,
}

impl Ids {
    /// Adds an id. True if it was used before.
    ///
    /// The npm package uses the time as id, so two *different* messages of one millisecond have the same id. That is accepted.
    pub fn is_reused(&mut self, id: &str, at: f64, fingerprint: u64) -> bool {
        if let Some(seen) = self.seen.get(id) {
            let by_the_clock =
                is_clock_id(id) && at - seen.at < SAME_MILLISECOND_WINDOW_MS && seen.fingerprint != fingerprint;
            return !by_the_clock;
        }
        if self.order.len() >= MAX_IDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        self.order.push_back(id.to_owned());
        self.seen.insert(id.to_owned(), Seen { at, fingerprint });
        false
    }
}

/// The instance that created an id: the part before the underscore.
pub fn instance(id: &str) -> &str {
    id.split_once('_').map_or(id, |(instance, _)| instance)
}

/// Whether an instance is one of the npm package: a time in milliseconds.
pub fn is_clock(instance: &str) -> bool {
    (12..=14).contains(&instance.len()) && instance.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_clock_id(id: &str) -> bool {
    id.split_once('_').is_some_and(|(instance, suffix)| is_clock(instance) && is_clock(suffix))
}
