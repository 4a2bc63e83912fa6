//! This frame among the others, in the browser: Web Locks, a BroadcastChannel and timers for [`Election`].

use crate::runtime::election::{Effect, Election, SyncMessage, standalone};
use crate::runtime::{FrameRequest, FrameRole, RuntimeHandle};
use crate::timers::Timers;
use call_model::{Action, State};
use calling_extensions::message::Ready;
use std::cell::RefCell;
use std::rc::Rc;
use web_kit::Channel;
use web_kit::locks::{Lock, LockManager, LockRequest};

/// This frame. It runs standalone until it has joined the others.
#[derive(Clone)]
pub struct Frames {
    runtime: RuntimeHandle,
    membership: Rc<RefCell<Option<Membership>>>,
    timers: Rc<Timers<()>>,
}

struct Membership {
    election: Election,
    /// Of the lock.
    name: String,
    channel: Channel<SyncMessage>,
    lock: Option<Lock>,
}

impl Frames {
    /// A standalone frame.
    pub fn new(runtime: RuntimeHandle) -> Self {
        Frames { runtime, membership: Rc::default(), timers: Rc::default() }
    }

    /// The handshake has come and says where this frame is: it joins the others, if there may be any.
    pub fn join(&self, ready: Ready) {
        if let Some(membership) = &mut *self.membership.borrow_mut() {
            membership.election.forget_handshake();
        } else if Election::is_among_others(&ready) {
            return self.join_others(ready);
        }
        let is_known = self.runtime.with(|runtime| runtime.state().host.is_some()).unwrap_or_default();
        self.runtime.dispatch(Action::HubSpotReady(ready));
        let leads = self.runtime.with(|runtime| runtime.role() == FrameRole::Leader).unwrap_or_default();
        if !is_known && leads {
            self.runtime.dispatch(Action::TakeOver { notify: false });
        }
    }

    fn join_others(&self, ready: Ready) {
        let name = Election::name(&ready);
        let channel = match self.open_channel(&name) {
            Ok(channel) => channel,
            Err(why) => {
                warn(&why);
                return self.execute(standalone(Some(ready), vec![]));
            }
        };
        let (election, effects) = Election::join(ready);
        self.membership.replace(Some(Membership { election, name, channel, lock: None }));
        self.execute(effects);
    }

    fn open_channel(&self, name: &str) -> Result<Channel<SyncMessage>, Standalone> {
        LockManager::of_browser().ok_or(Standalone::NoLocks)?;
        let frames = self.clone();
        Channel::open(name, move |message| frames.on_message(message)).map_err(|_| Standalone::NoChannel)
    }

    /// Shows the state to the frames that follow.
    pub fn show(&self, state: &State) {
        if let Some(membership) = &*self.membership.borrow() {
            membership.channel.post(&SyncMessage::State(Box::new(state.clone())));
        }
    }

    /// Asks the leader to process this, as soon as there is one.
    pub fn forward(&self, request: FrameRequest) {
        self.run(|election| election.forward(request));
    }

    fn on_message(&self, message: SyncMessage) {
        let changed_at = self.runtime.with(|runtime| runtime.state().changed_at).unwrap_or_default();
        self.run(|election| election.on_message(message, changed_at));
    }

    fn run(&self, change: impl FnOnce(&mut Election) -> Vec<Effect>) {
        let effects = self.membership.borrow_mut().as_mut().map(|membership| change(&mut membership.election));
        self.execute(effects.unwrap_or_default());
    }

    fn execute(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Dispatch(action) => self.runtime.dispatch(*action),
                Effect::SetRole(role) => {
                    self.runtime.with(|runtime| runtime.set_role(role));
                }
                Effect::Adopt(state) => {
                    self.runtime.with(|runtime| runtime.adopt(*state));
                }
                Effect::ShowState => {
                    self.runtime.with(|runtime| self.show(&runtime.state()));
                }
                Effect::Post(message) => {
                    if let Some(membership) = &*self.membership.borrow() {
                        membership.channel.post(&message);
                    }
                }
                Effect::RequestLock(request) => self.request_lock(request),
                Effect::Leave => {
                    warn(&Standalone::NoLocks);
                    drop(self.membership.take());
                }
                Effect::Start(wait) => {
                    let frames = self.clone();
                    self.timers.start((), wait.longest(), move || frames.run(|election| election.on_timeout(wait)));
                }
            }
        }
    }

    fn request_lock(&self, request: LockRequest) {
        let Some(locks) = LockManager::of_browser() else { return };
        let Some(name) = self.membership.borrow().as_ref().map(|membership| membership.name.clone()) else { return };
        let frames = self.clone();
        let lock = locks.request(&name, request, move |event| frames.run(|election| election.on_lock(request, event)));
        let earlier = self.membership.borrow_mut().as_mut().and_then(|membership| membership.lock.replace(lock));
        drop(earlier); // after the borrow: dropping a lock may call back
    }
}

fn warn(why: &Standalone) {
    web_sys::console::warn_1(&why.to_string().into());
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
