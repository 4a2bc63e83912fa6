//! Assigns engagements to calls. HubSpot's answer to `createEngagement` does not name the call, so it is assigned only if exactly one
//! call is waiting for one.

use crate::check::handshake::message_id;
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{Engagement, HostMessage, Message};
use std::collections::VecDeque;

/// How long a call waits for its engagement, in milliseconds.
const ENGAGEMENT_TIMEOUT_MS: f64 = 30_000.0;

/// The calls that wait for an engagement.
#[derive(Debug, Default)]
pub struct PendingEngagements(VecDeque<Waiting>);

#[derive(Debug)]
struct Waiting {
    call: String,
    since: f64,
    /// The call was completed; its answer can still come.
    completed: bool,
}

impl PendingEngagements {
    /// A call requested an engagement.
    pub fn expect(&mut self, call: &str, at: f64) {
        self.0.push_back(Waiting { call: call.to_owned(), since: at, completed: false });
    }

    /// A call was completed.
    pub fn completed(&mut self, call: &str) {
        self.0.iter_mut().filter(|waiting| waiting.call == call).for_each(|waiting| waiting.completed = true);
    }

    /// HubSpot sent a message. Returns a call and its engagement if the assignment is certain.
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

/// The ids of HubSpot's messages, to ignore duplicates.
#[derive(Debug, Default)]
pub struct SeenMessages(VecDeque<String>);

impl SeenMessages {
    const MAX_IDS: usize = 200;

    /// Adds a message. False if it is a duplicate.
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
