//! Several frames, one leader.
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

use crate::runtime::{FrameRequest, FrameRole, RuntimeHandle};
use crate::timers::Timers;
use call_model::{Action, State};
use calling_extensions::codec::Id;
use calling_extensions::message::{IframeLocation, Ms, Ready};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;
use web_kit::Channel;
use web_kit::locks::{Lock, LockEvent, LockManager, LockRequest};

/// How long a frame waits for the state of the leader, in milliseconds: the leader may be stuck.
const STATE_TIMEOUT: Ms = 300.0;
/// How long a leader waits for the frame that has announced to take over, in milliseconds.
const HANDOVER_TIMEOUT: Ms = 1_000.0;

/// What frames send each other.
#[derive(Serialize, Deserialize)]
enum SyncMessage {
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

/// This frame among the others. It runs standalone until it has joined them.
#[derive(Clone)]
pub struct Frames {
    runtime: RuntimeHandle,
    membership: Rc<RefCell<Option<Membership>>>,
    timers: Rc<Timers<()>>,
}

struct Membership {
    name: String,
    channel: Channel<SyncMessage>,
    lock: Option<Lock>,
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

impl Frames {
    /// A standalone frame.
    pub fn new(runtime: RuntimeHandle) -> Self {
        Frames { runtime, membership: Rc::default(), timers: Rc::default() }
    }

    /// The handshake has come and says where this frame is: it joins the others, if there may be any.
    pub fn join(&self, ready: Ready) {
        if let Some(membership) = &mut *self.membership.borrow_mut() {
            membership.ready = None; // the host has repeated the handshake: the older one is void
        } else if matches!(ready.iframe_location, Some(IframeLocation::Remote | IframeLocation::Window)) {
            return match self.open_channel(&ready) {
                Ok(()) => self.find_leader(),
                Err(why) => self.run_standalone(&why, Some(ready), vec![]),
            };
        }
        let is_known = self.runtime.with(|runtime| runtime.state().host.is_some()).unwrap_or_default();
        self.runtime.dispatch(Action::HubSpotReady(ready));
        if !is_known && self.leads() {
            self.runtime.dispatch(Action::TakeOver { notify: false });
        }
    }

    fn open_channel(&self, ready: &Ready) -> Result<(), Standalone> {
        LockManager::of_browser().ok_or(Standalone::NoLocks)?;
        let name = lock_name(ready);
        let channel = {
            let frames = self.clone();
            Channel::open(&name, move |message| frames.on_message(message)).map_err(|_| Standalone::NoChannel)?
        };
        self.membership.replace(Some(Membership {
            name,
            channel,
            lock: None,
            ready: Some(ready.clone()),
            steals: ready.iframe_location == Some(IframeLocation::Window) && ready.uses_calling_window != Some(false),
            holds_lock: false,
            follows: false,
            pending: vec![],
        }));
        Ok(())
    }

    /// Until the lock is held, another frame may lead: better to wait for it than to have two leaders.
    fn find_leader(&self) {
        self.set_role(FrameRole::Follower);
        let steals = self.membership.borrow().as_ref().is_some_and(|membership| membership.steals);
        if steals {
            self.request_lock(LockRequest::IfFree);
        } else {
            self.request_lock(LockRequest::Queue);
            self.post(SyncMessage::Hello { takes_over: false });
        }
        let frames = self.clone();
        self.timers.start((), STATE_TIMEOUT, move || frames.answer_handshake());
    }

    /// The state is known, or was waited for long enough: HubSpot gets its answer, and a calling window takes over.
    fn answer_handshake(&self) {
        let (ready, steals) = match &mut *self.membership.borrow_mut() {
            Some(membership) => (membership.ready.take(), take(&mut membership.steals) && !membership.holds_lock),
            None => return,
        };
        if let Some(ready) = ready {
            self.runtime.dispatch(Action::HubSpotReady(ready));
        }
        if steals {
            self.request_lock(LockRequest::Steal);
        }
    }

    /// Leads from now on.
    fn lead(&self, has_stolen: bool) {
        let (followed, pending) = match &mut *self.membership.borrow_mut() {
            Some(membership) => {
                membership.holds_lock = true;
                (take(&mut membership.follows), take(&mut membership.pending))
            }
            None => return,
        };
        self.answer_handshake();
        self.set_role(FrameRole::Leader);
        // The user is notified when the leader is gone: not when this is the first frame, or has taken the lock.
        self.runtime.dispatch(Action::TakeOver { notify: followed && !has_stolen });
        pending.into_iter().for_each(|request| self.runtime.dispatch(request));
    }

    /// Another frame is about to take the lock: this one leads no more, or both would send to HubSpot.
    fn hand_over(&self) {
        self.runtime.with(|runtime| {
            self.show(&runtime.state());
            runtime.set_role(FrameRole::Follower);
        });
        let frames = self.clone();
        self.timers.start((), HANDOVER_TIMEOUT, move || {
            let still_holds = frames.membership.borrow().as_ref().is_some_and(|membership| membership.holds_lock);
            if still_holds && !frames.leads() {
                frames.lead(false);
            }
        });
    }

    /// Whether the stored state of this frame, which has not followed yet, is later than that of the leader.
    fn has_later_state(&self, of_leader: &State) -> bool {
        let follows = self.membership.borrow().as_ref().is_some_and(|membership| membership.follows);
        let own = self.runtime.with(|runtime| runtime.state().changed_at).unwrap_or_default();
        !follows && own > of_leader.changed_at
    }

    fn leads(&self) -> bool {
        self.runtime.with(|runtime| runtime.role() == FrameRole::Leader).unwrap_or_default()
    }

    fn set_role(&self, role: FrameRole) {
        self.runtime.with(|runtime| runtime.set_role(role));
    }

    fn run_standalone(&self, why: &Standalone, ready: Option<Ready>, pending: Vec<FrameRequest>) {
        web_sys::console::warn_1(&why.to_string().into());
        self.set_role(FrameRole::Leader);
        if let Some(ready) = ready {
            self.runtime.dispatch(Action::HubSpotReady(ready));
        }
        self.runtime.dispatch(Action::TakeOver { notify: false });
        pending.into_iter().for_each(|request| self.runtime.dispatch(request));
    }

    /// Shows the state to the frames that follow.
    pub fn show(&self, state: &State) {
        if self.membership.borrow().is_some() {
            self.post(SyncMessage::State(Box::new(state.clone())));
        }
    }

    /// Takes the lock from a leader whose state is older than the one that was stored here: several frames were reloaded at the same
    /// time, and another one came first.
    fn lead_instead(&self) {
        if let Some(membership) = &mut *self.membership.borrow_mut() {
            membership.steals = true;
        }
        self.answer_handshake();
    }

    /// Asks the leader to process this, as soon as there is one.
    pub fn forward(&self, request: FrameRequest) {
        if let Some(membership) = &mut *self.membership.borrow_mut()
            && !membership.follows
        {
            return membership.pending.push(request);
        }
        self.post(SyncMessage::Request(request));
    }

    fn on_message(&self, message: SyncMessage) {
        match message {
            SyncMessage::Hello { takes_over: true } if self.leads() => self.hand_over(),
            SyncMessage::Hello { .. } if self.leads() => {
                self.runtime.with(|runtime| self.show(&runtime.state()));
            }
            SyncMessage::Request(request) if self.leads() => self.runtime.dispatch(request),
            SyncMessage::Request(request) => {
                if let Some(membership) = &mut *self.membership.borrow_mut()
                    && membership.holds_lock
                {
                    membership.pending.push(request);
                }
            }
            SyncMessage::State(state) if !self.leads() && self.has_later_state(&state) => self.lead_instead(),
            SyncMessage::State(state) if !self.leads() => {
                let pending = match &mut *self.membership.borrow_mut() {
                    Some(membership) => {
                        membership.follows = true;
                        take(&mut membership.pending)
                    }
                    None => return,
                };
                self.runtime.with(|runtime| runtime.adopt(*state));
                self.answer_handshake();
                pending.into_iter().for_each(|request| self.post(SyncMessage::Request(request)));
            }
            SyncMessage::Hello { .. } | SyncMessage::State(_) => {}
        }
    }

    fn post(&self, message: SyncMessage) {
        if let Some(membership) = &*self.membership.borrow() {
            membership.channel.post(&message);
        }
    }

    fn request_lock(&self, request: LockRequest) {
        let Some(locks) = LockManager::of_browser() else { return };
        let Some(name) = self.membership.borrow().as_ref().map(|membership| membership.name.clone()) else { return };
        let frames = self.clone();
        let lock = locks.request(&name, request, move |event| frames.on_lock(request, event));
        let earlier = self.membership.borrow_mut().as_mut().and_then(|membership| membership.lock.replace(lock));
        drop(earlier); // after the borrow: dropping a lock may call back
    }

    /// Leads for as long as the lock is held; when it is taken away, follows and queues again.
    fn on_lock(&self, request: LockRequest, event: LockEvent) {
        match event {
            LockEvent::Granted => self.lead(request == LockRequest::Steal),
            // Another frame has it: it is taken when the state is here.
            LockEvent::Unavailable => self.post(SyncMessage::Hello { takes_over: true }),
            LockEvent::Lost => {
                if let Some(membership) = &mut *self.membership.borrow_mut() {
                    membership.holds_lock = false;
                }
                self.set_role(FrameRole::Follower);
                self.request_lock(LockRequest::Queue);
            }
            LockEvent::Denied => {
                if let Some(membership) = self.membership.take() {
                    self.run_standalone(&Standalone::NoLocks, membership.ready, membership.pending);
                }
            }
        }
    }
}

/// Why a frame runs standalone.
#[derive(Debug, thiserror::Error)]
enum Standalone {
    /// The browser has no Web Locks: not without TLS, or not in pages of other sites.
    #[error(
        "this browser has no Web Locks here: each frame runs standalone, and two of them may both call; serve the page over https"
    )]
    NoLocks,
    /// The browser has no channel for frames in pages of other sites.
    #[error("this browser has no BroadcastChannel here: each frame runs standalone, and two of them may both call")]
    NoChannel,
}

fn lock_name(ready: &Ready) -> String {
    let text = |id: &Option<Id>| id.as_ref().map(Id::text).unwrap_or_default();
    ["cti:", &text(&ready.portal_id), ":", &text(&ready.user_id)].concat()
}
