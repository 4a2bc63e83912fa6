//! What touches the browser: the pages of the simulator, the frames with widgets, and what is kept.

mod effects;
mod frames;
mod locks;
mod recording;
mod replay;
pub mod storage;
mod sync;

pub use frames::{FrameOptions, FrameStatus, LoadState};
pub use replay::Progress;

use self::{frames::Frames, replay::Replaying, sync::SyncMessage};
use crate::{
    check::Finding,
    crm::RecordId,
    hubspot::{Action, FrameId, State, update},
    transcript::{Log, Messages},
};
use gloo::{events::EventListener, timers::callback::Timeout};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// How long the page waits before it draws what is new, in milliseconds: a widget that floods must not stop it.
const RENDER_DELAY_MS: u32 = 16;

/// What happens to the page itself.
#[derive(Debug, Clone, PartialEq)]
pub enum PageEvent {
    /// This record is to be shown, here or in a new tab.
    Show {
        /// The record.
        record: RecordId,
        /// In a tab of its own.
        new_tab: bool,
    },
    /// A frame of this page was taken out of it.
    Closed,
}

/// The desk, seen from a page. It never changes; what changes is what it gives.
#[derive(Clone)]
pub struct HubSpotHandle(Rc<Inner>);

impl PartialEq for HubSpotHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    state: RefCell<Rc<State>>,
    log: RefCell<Log>,
    replaying: Replaying,
    /// This page keeps the desk: it holds the lock.
    is_leader: Cell<bool>,
    /// Another page keeps it and has said how things are.
    has_leader: Cell<bool>,
    /// What is still to happen: here, or where the desk is kept as soon as that is known.
    actions: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    frames: Frames,
    channel: RefCell<Option<(BroadcastChannel, EventListener)>>,
    pagehide: RefCell<Option<EventListener>>,
    render_timer: RefCell<Option<Timeout>>,
    save_timer: RefCell<Option<Timeout>>,
    on_change: RefCell<Rc<dyn Fn()>>,
    hear: RefCell<Rc<dyn Fn(PageEvent)>>,
    publish_timer: RefCell<Option<Timeout>>,
    /// The user has asked for the page to be loaded anew, and is not asked again.
    is_reloading: Cell<bool>,
    /// The browser kept the state when it was asked last.
    is_saved: Cell<bool>,
}

impl HubSpotHandle {
    /// Takes a place among the pages.
    pub fn open() -> Self {
        let handle = HubSpotHandle(Rc::new(Inner {
            state: RefCell::new(Rc::new(storage::load(storage::STATE).unwrap_or_default())),
            log: RefCell::new(storage::load(storage::TRANSCRIPT).map(Log::of).unwrap_or_default()),
            replaying: Replaying::default(),
            is_leader: Cell::default(),
            has_leader: Cell::default(),
            actions: RefCell::default(),
            busy: Cell::default(),
            frames: Frames::default(),
            channel: RefCell::default(),
            pagehide: RefCell::default(),
            render_timer: RefCell::default(),
            save_timer: RefCell::default(),
            on_change: RefCell::new(Rc::new(|| {})),
            hear: RefCell::new(Rc::new(|_| {})),
            publish_timer: RefCell::default(),
            is_reloading: Cell::default(),
            is_saved: Cell::new(true),
        }));
        handle.listen();
        handle.post(&SyncMessage::Joined);
        let (leader, standalone) = (handle.clone(), handle.clone());
        if !locks::queue(sync::NAME, move || leader.become_leader(), move || standalone.become_leader()) {
            handle.become_leader();
        }
        handle
    }

    /// Calls `draw` whenever there is something new, and `hear` with what happens to the page itself.
    pub fn connect(&self, on_change: impl Fn() + 'static, hear: impl Fn(PageEvent) + 'static) {
        self.0.on_change.replace(Rc::new(on_change));
        self.0.hear.replace(Rc::new(hear));
    }

    /// Loads the page anew, as it is, without asking whether a call may be left.
    pub fn reload_page(&self) {
        self.0.is_reloading.set(true);
        let _ = gloo::utils::window().location().reload();
    }

    /// Whether the user must be asked before the page is left: a call goes on in one of its frames.
    pub fn blocks_unload(&self) -> bool {
        let state = self.state();
        !self.0.is_reloading.get() && self.frames().iter().any(|status| state.has_active_call(&status.id))
    }

    /// What HubSpot knows.
    pub fn state(&self) -> Rc<State> {
        Rc::clone(&self.0.state.borrow())
    }

    /// The messages so far, and what was found in them.
    pub fn messages(&self) -> Messages {
        self.0.log.borrow().messages()
    }

    /// What would be wrong besides if nothing more came.
    pub fn unfinished(&self) -> Vec<Finding> {
        self.0.log.borrow().at_end(js_sys::Date::now())
    }

    /// The frames of this page.
    pub fn frames(&self) -> Vec<FrameStatus> {
        self.0.frames.statuses()
    }

    /// Makes something happen, wherever the desk is kept.
    pub fn dispatch(&self, action: Action) {
        if !self.0.is_leader.get() && self.0.has_leader.get() {
            return self.post(&SyncMessage::Dispatch(action));
        }
        self.0.actions.borrow_mut().push_back(action);
        self.drain();
    }

    /// Loads a widget into a frame of this page.
    pub fn open_frame(&self, opening: FrameOptions) -> FrameId {
        frames::open(self, opening)
    }

    /// Takes a frame out of the page.
    pub fn close_frame(&self, frame: &FrameId) {
        if self.0.frames.close(frame) {
            self.dispatch(Action::FrameRemoved { frame: frame.clone() });
            self.schedule_render();
        }
    }

    /// Loads the widget in a frame anew.
    pub fn reload_frame(&self, frame: &FrameId) {
        self.0.frames.reload(self, frame);
    }

    /// Forgets the messages so far, on all pages.
    pub fn clear_transcript(&self) {
        self.post(&SyncMessage::TranscriptCleared);
        self.remove_transcript();
    }

    /// Back to the account as it was made up, without a message.
    pub fn reset(&self) {
        self.dispatch(Action::Reset);
        self.clear_transcript();
    }

    fn listen(&self) {
        // Without a channel each page is alone, which is told by nothing happening in the others.
        if let Ok(channel) = BroadcastChannel::new(sync::NAME) {
            let handle = self.clone();
            let listener = EventListener::new(&channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(message) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                    handle.on_message(message);
                }
            });
            self.0.channel.replace(Some((channel, listener)));
        }
        let handle = self.clone();
        let leaving = EventListener::new(&gloo::utils::window(), "pagehide", move |_| handle.leave());
        self.0.pagehide.replace(Some(leaving));
    }

    /// The page goes: its frames go with it, and what is not yet kept is kept.
    fn leave(&self) {
        for status in self.frames() {
            self.dispatch(Action::FrameRemoved { frame: status.id });
        }
        if self.0.is_leader.get() {
            self.save_transcript();
            self.publish_state();
        }
    }

    /// The desk is kept here from now on.
    fn become_leader(&self) {
        self.0.is_leader.set(true);
        if !self.0.has_leader.get() {
            // Nobody kept it before: the frames that it knows were of pages that crashed.
            let mut actions = self.0.actions.borrow_mut();
            for frame in &self.state().frames {
                actions.push_front(Action::FrameRemoved { frame: frame.id.clone() });
            }
        }
        self.send_snapshot();
        self.drain();
    }

    fn on_message(&self, message: SyncMessage) {
        let is_leader = self.0.is_leader.get();
        match message {
            SyncMessage::Joined if is_leader => self.send_snapshot(),
            SyncMessage::Snapshot { state, transcript } if !is_leader => {
                self.0.state.replace(Rc::new(state));
                if let Some(transcript) = transcript {
                    self.0.log.replace(Log::of(transcript));
                }
                self.0.has_leader.set(true);
                for action in self.0.actions.take() {
                    self.post(&SyncMessage::Dispatch(action));
                }
                self.schedule_render();
            }
            SyncMessage::Dispatch(action) if is_leader => self.dispatch(action),
            SyncMessage::Logged(entry) => self.add(entry),
            SyncMessage::Perform(effect) => {
                self.perform_locally(effect);
            }
            SyncMessage::TranscriptCleared => self.remove_transcript(),
            SyncMessage::Joined | SyncMessage::Snapshot { .. } | SyncMessage::Dispatch(_) => {}
        }
    }

    fn send_snapshot(&self) {
        let transcript = Rc::unwrap_or_clone(self.messages().transcript);
        self.post(&SyncMessage::Snapshot { state: State::clone(&self.state()), transcript: Some(transcript) });
    }

    fn drain(&self) {
        if !self.0.is_leader.get() || self.0.busy.replace(true) {
            return;
        }
        loop {
            let Some(action) = self.0.actions.borrow_mut().pop_front() else { break };
            let (state, effects) = update(&self.state(), js_sys::Date::now(), action);
            if state != *self.state() {
                self.0.state.replace(Rc::new(state));
                self.schedule_publish();
                self.schedule_render();
            }
            effects.into_iter().for_each(|effect| self.perform(effect));
        }
        self.0.busy.set(false);
    }

    /// Tells the other pages and the storage how things are, once for all that is new by then: a widget may say a thousand things.
    fn schedule_publish(&self) {
        if self.0.publish_timer.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(RENDER_DELAY_MS, move || {
                handle.0.publish_timer.take();
                handle.publish_state();
            });
            self.0.publish_timer.replace(Some(timeout));
        }
    }

    fn publish_state(&self) {
        let state = self.state();
        self.save_state(&state);
        self.post(&SyncMessage::Snapshot { state: State::clone(&state), transcript: None });
    }

    /// What happened counts more than what was said: the messages make room for it. The user hears once that there is none.
    fn save_state(&self, state: &State) {
        let is_saved = storage::save(storage::STATE, state) || {
            storage::remove(storage::TRANSCRIPT);
            storage::save(storage::STATE, state)
        };
        if self.0.is_saved.replace(is_saved) && !is_saved {
            self.dispatch(Action::NotPersisted);
        }
    }

    fn emit(&self, event: PageEvent) {
        let hear = Rc::clone(&self.0.hear.borrow());
        hear(event);
    }

    /// Draws the page a moment later, once for all that is new by then.
    fn schedule_render(&self) {
        if self.0.render_timer.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(RENDER_DELAY_MS, move || {
                handle.0.render_timer.take();
                handle.0.frames.set_syncs(&handle.state());
                let on_change = Rc::clone(&handle.0.on_change.borrow());
                on_change();
            });
            self.0.render_timer.replace(Some(timeout));
        }
    }

    fn post(&self, message: &SyncMessage) {
        if let (Some((channel, _)), Ok(text)) = (&*self.0.channel.borrow(), serde_json::to_string(message)) {
            // A text can always be cloned; should the channel be closed, nobody is there to hear it.
            let _ = channel.post_message(&JsValue::from(text));
        }
    }
}
