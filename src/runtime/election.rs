//! Several frames, one leader. No browser in it: what happens to a frame goes in, what the frame has to do comes out.
//!
//! HubSpot loads an app with a calling window more than once: as `remote` in the navigation bar of each tab, as `window` in the
//! calling window. The frame that holds the Web Lock `cti:{portalId}:{userId}` leads; the others follow it over a BroadcastChannel
//! of the same name. Frames queue for the lock, so the next one leads as soon as the leader is gone; there is no heartbeat, as
//! timers sleep in background tabs. A `window` takes the lock from the leader after it has asked for the state; the leader
//! follows from then on.
//!
//! A frame sends INITIALIZED when it knows the state: a frame that comes late is logged in if the others are.
//!
//! Without locks or channel, and as `widget`, a frame runs standalone.

#[cfg(test)]
mod tests;

use super::{FrameRequest, FrameRole};
use call_model::{Action, State};
use calling_extensions::codec::Id;
use calling_extensions::message::{IframeLocation, Ms, Ready};
use serde::{Deserialize, Serialize};
use std::mem::take;
pub use web_kit::locks::{LockEvent, LockRequest};

/// What frames send each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SyncMessage {
    /// A frame has come and asks for the state.
    Hello {
        /// It will take the lock.
        takes_over: bool,
    },
    /// The state of the leader.
    State(Box<State>),
    /// The leader is to process this.
    Request(FrameRequest),
}

/// What a frame waits for no longer than a certain time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wait {
    /// For the state of the leader, which may be stuck.
    State,
    /// For the frame that has announced to take over.
    Handover,
}

impl Wait {
    /// In milliseconds.
    pub fn longest(self) -> Ms {
        match self {
            Wait::State => 300.0,
            Wait::Handover => 1_000.0,
        }
    }
}

/// What the frame has to do, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Let the runtime process this.
    Dispatch(Box<Action>),
    /// From now on the runtime leads, or follows.
    SetRole(FrameRole),
    /// Let the runtime show this state, which is the leader's.
    Adopt(Box<State>),
    /// Send the runtime's state to the other frames.
    ShowState,
    /// Send this to the other frames.
    Post(SyncMessage),
    /// Request the lock; a request or a lock of before is given up. What becomes of it goes into [`Election::on_lock`].
    RequestLock(LockRequest),
    /// Leave the others, as the browser denies the lock: this election is over, and what follows is for a standalone frame.
    Leave,
    /// After [`Wait::longest`] call [`Election::on_timeout`].
    Start(Wait),
}

/// A frame among the others.
#[derive(Debug)]
pub struct Election {
    role: FrameRole,
    /// The handshake, until the state is known: HubSpot gets its answer then.
    ready: Option<Ready>,
    /// Take the lock as soon as the state is known.
    steals: bool,
    /// This frame has the lock.
    holds_lock: bool,
    /// The leader has shown its state since this frame led last.
    follows: bool,
    /// Requests from the time when there was no leader.
    pending: Vec<FrameRequest>,
}

impl Election {
    /// Whether there may be other frames. If not, this one runs [`standalone`].
    pub fn is_among_others(ready: &Ready) -> bool {
        matches!(ready.iframe_location, Some(IframeLocation::Remote | IframeLocation::Window))
    }

    /// The name of the lock and the channel of the frames that this one is among.
    pub fn name(ready: &Ready) -> String {
        let text = |id: &Option<Id>| id.as_ref().map(Id::text).unwrap_or_default();
        ["cti:", &text(&ready.portal_id), ":", &text(&ready.user_id)].concat()
    }

    /// The handshake has come. Until the lock is held, another frame may lead: better to wait for it than to have two leaders.
    pub fn join(ready: Ready) -> (Self, Vec<Effect>) {
        let steals = ready.iframe_location == Some(IframeLocation::Window) && ready.uses_calling_window != Some(false);
        let mut effects = vec![Effect::SetRole(FrameRole::Follower)];
        if steals {
            effects.push(Effect::RequestLock(LockRequest::IfFree));
        } else {
            effects.push(Effect::RequestLock(LockRequest::Queue));
            effects.push(Effect::Post(SyncMessage::Hello { takes_over: false }));
        }
        effects.push(Effect::Start(Wait::State));
        let election = Election {
            role: FrameRole::Follower,
            ready: Some(ready),
            steals,
            holds_lock: false,
            follows: false,
            pending: vec![],
        };
        (election, effects)
    }

    /// The host has repeated the handshake, and gets its answer at once: the older one is void.
    pub fn forget_handshake(&mut self) {
        self.ready = None;
    }

    /// What became of a request for the lock. When the lock is taken away, the frame follows and queues again.
    pub fn on_lock(&mut self, request: LockRequest, event: LockEvent) -> Vec<Effect> {
        match event {
            LockEvent::Granted => self.lead(request == LockRequest::Steal),
            // Another frame has it: it is taken when the state is here.
            LockEvent::Unavailable => vec![Effect::Post(SyncMessage::Hello { takes_over: true })],
            LockEvent::Lost => {
                self.holds_lock = false;
                self.role = FrameRole::Follower;
                vec![Effect::SetRole(FrameRole::Follower), Effect::RequestLock(LockRequest::Queue)]
            }
            LockEvent::Denied => {
                let effects = standalone(self.ready.take(), take(&mut self.pending));
                std::iter::once(Effect::Leave).chain(effects).collect()
            }
        }
    }

    /// A message of another frame. `changed_at` is when the state of this one changed last.
    pub fn on_message(&mut self, message: SyncMessage, changed_at: Ms) -> Vec<Effect> {
        match (message, self.role) {
            (SyncMessage::Hello { takes_over: true }, FrameRole::Leader) => self.hand_over(),
            (SyncMessage::Hello { takes_over: false }, FrameRole::Leader) => vec![Effect::ShowState],
            (SyncMessage::Request(request), FrameRole::Leader) => vec![dispatch(request)],
            (SyncMessage::Request(request), FrameRole::Follower) => {
                if self.holds_lock {
                    self.pending.push(request);
                }
                vec![]
            }
            // Several frames were reloaded at the same time, and another one came first.
            (SyncMessage::State(state), FrameRole::Follower) if !self.follows && changed_at > state.changed_at => {
                self.steals = true;
                self.answer_handshake()
            }
            (SyncMessage::State(state), FrameRole::Follower) => self.follow(state),
            (SyncMessage::Hello { .. }, FrameRole::Follower) | (SyncMessage::State(_), FrameRole::Leader) => vec![],
        }
    }

    /// A wait is over.
    pub fn on_timeout(&mut self, wait: Wait) -> Vec<Effect> {
        match wait {
            Wait::State => self.answer_handshake(),
            Wait::Handover if self.holds_lock && self.role == FrameRole::Follower => self.lead(false),
            Wait::Handover => vec![],
        }
    }

    /// Asks the leader to process this, as soon as there is one.
    pub fn forward(&mut self, request: FrameRequest) -> Vec<Effect> {
        if self.follows {
            return vec![Effect::Post(SyncMessage::Request(request))];
        }
        self.pending.push(request);
        vec![]
    }

    /// The state is known, or was waited for long enough: HubSpot gets its answer, and a calling window takes over.
    fn answer_handshake(&mut self) -> Vec<Effect> {
        let answer = self.ready.take().map(|ready| dispatch(Action::HubSpotReady(ready)));
        let steals = take(&mut self.steals) && !self.holds_lock;
        answer.into_iter().chain(steals.then_some(Effect::RequestLock(LockRequest::Steal))).collect()
    }

    fn lead(&mut self, has_stolen: bool) -> Vec<Effect> {
        self.holds_lock = true;
        self.role = FrameRole::Leader;
        let mut effects = self.answer_handshake();
        effects.push(Effect::SetRole(FrameRole::Leader));
        // The user is notified when the leader is gone: not when this is the first frame, or has taken the lock.
        let notify = take(&mut self.follows) && !has_stolen;
        effects.push(dispatch(Action::TakeOver { notify }));
        effects.extend(take(&mut self.pending).into_iter().map(dispatch));
        effects
    }

    fn follow(&mut self, state: Box<State>) -> Vec<Effect> {
        self.follows = true;
        let mut effects = vec![Effect::Adopt(state)];
        effects.extend(self.answer_handshake());
        effects.extend(take(&mut self.pending).into_iter().map(|request| Effect::Post(SyncMessage::Request(request))));
        effects
    }

    /// Another frame is about to take the lock: this one leads no more, or both would send to HubSpot.
    fn hand_over(&mut self) -> Vec<Effect> {
        self.role = FrameRole::Follower;
        vec![Effect::ShowState, Effect::SetRole(FrameRole::Follower), Effect::Start(Wait::Handover)]
    }
}

/// What a frame does that is not among others. `ready` is the handshake, if it is not answered yet.
pub fn standalone(ready: Option<Ready>, pending: Vec<FrameRequest>) -> Vec<Effect> {
    let answer = ready.map(|ready| dispatch(Action::HubSpotReady(ready)));
    let mut effects = vec![Effect::SetRole(FrameRole::Leader)];
    effects.extend(answer);
    effects.push(dispatch(Action::TakeOver { notify: false }));
    effects.extend(pending.into_iter().map(dispatch));
    effects
}

fn dispatch(action: impl Into<Action>) -> Effect {
    Effect::Dispatch(Box::new(action.into()))
}
