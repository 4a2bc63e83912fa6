//! Message ids of one side: which came, and whether one came before.

use std::collections::{HashMap, VecDeque};

/// So many ids are remembered for each frame; a widget that floods does not fill the memory.
const MAX_IDS: usize = 5_000;
/// How far apart two messages may come that the npm package gave one id, in milliseconds.
const SAME_MILLISECOND_WINDOW_MS: f64 = 1_000.0;

/// Ids that have come.
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
    /// Takes an id; whether it is one that a widget must not use again.
    ///
    /// The npm package makes its ids of the clock alone, so two *different* messages of one millisecond share one. That is
    /// the package's doing and no fault of the widget's.
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

/// The life of the side that made an id.
pub fn instance(id: &str) -> &str {
    id.split_once('_').map_or(id, |(instance, _)| instance)
}

/// Whether an instance is the npm package's: digits, a time in milliseconds.
pub fn is_clock(instance: &str) -> bool {
    (12..=14).contains(&instance.len()) && instance.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_clock_id(id: &str) -> bool {
    id.split_once('_').is_some_and(|(instance, suffix)| is_clock(instance) && is_clock(suffix))
}
