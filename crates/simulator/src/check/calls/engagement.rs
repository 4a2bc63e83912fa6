//! Which engagement is whose. HubSpot answers `createEngagement` without naming the call, so an answer is believed to be for
//! a call only when one call alone waits for one.

use crate::check::handshake::message_id;
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{Engagement, HostMessage, Message};
use std::collections::VecDeque;

/// How long an answer may take, in milliseconds.
const ENGAGEMENT_TIMEOUT_MS: f64 = 30_000.0;

/// Calls that wait for their engagement.
#[derive(Debug, Default)]
pub struct PendingEngagements(VecDeque<Waiting>);

#[derive(Debug)]
struct Waiting {
    call: String,
    since: f64,
    /// Its answer may still come, and if not it is no harm.
    completed: bool,
}

impl PendingEngagements {
    /// A call asked for an engagement.
    pub fn expect(&mut self, call: &str, at: f64) {
        self.0.push_back(Waiting { call: call.to_owned(), since: at, completed: false });
    }

    /// A call that is completed waits for nothing any more.
    pub fn completed(&mut self, call: &str) {
        self.0.iter_mut().filter(|waiting| waiting.call == call).for_each(|waiting| waiting.completed = true);
    }

    /// HubSpot answered: which call has which engagement now, where that is beyond doubt.
    pub fn on_host_message(&mut self, kind: &str, data: Option<&Value>, at: f64) -> Option<(String, Id)> {
        let engagement = match HostMessage::decode(kind, data)? {
            HostMessage::CreateEngagementSucceeded(engagement) | HostMessage::EngagementCreated(engagement) => {
                engagement
            }
            HostMessage::CreateEngagementFailed(_) => {
                self.0.pop_front();
                return None;
            }
            _ => return None,
        };
        let Engagement { engagement_id, external_call_id, .. } = engagement;
        let id = engagement_id.filter(|id| !id.is_none())?;
        self.0.retain(|waiting| at - waiting.since < ENGAGEMENT_TIMEOUT_MS);
        if let Some(call) = external_call_id {
            self.0.retain(|waiting| waiting.call != call);
            return Some((call, id));
        }
        let alone = self.0.len() == 1;
        let first = self.0.pop_front()?;
        (alone && !first.completed).then_some((first.call, id))
    }
}

/// Whether a message of HubSpot's has come before: seen_messages twice, it counts once.
#[derive(Debug, Default)]
pub struct SeenMessages(VecDeque<String>);

impl SeenMessages {
    const MAX_IDS: usize = 200;

    /// Takes a message; false when it is a copy.
    pub fn is_new(&mut self, message: &Value) -> bool {
        let Some(id) = message_id(message) else { return true };
        if self.0.contains(&id) {
            return false;
        }
        if self.0.len() >= Self::MAX_IDS {
            self.0.pop_front();
        }
        self.0.push_back(id);
        true
    }
}
