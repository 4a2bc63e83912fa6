//! Access to the browser: frames with widgets, synchronization between pages, and storage.
//!
//! One page is the leader: it holds the Web Lock and processes all actions. The other pages follow: they send it their actions and
//! receive its state.

mod effects;
mod frames;
mod recording;
mod replay;
pub mod storage;
mod sync;

pub use frames::{FrameOptions, FrameStatus, LoadState};
pub use replay::Progress;

use self::{frames::Frames, replay::ActiveReplay, sync::SyncMessage};
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
use web_kit::{
    Channel,
    locks::{Lock, LockEvent, LockManager, LockRequest},
};

/// The delay before a change is rendered and published, in milliseconds, so that a flood of messages causes few of either.
const RENDER_DELAY_MS: u32 = 16;

/// An event for the page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageEvent {
    /// Show this record.
    Show {
        /// The record.
        record: RecordId,
        /// Whether to open a new tab.
        new_tab: bool,
    },
    /// A frame of this page was closed.
    FrameClosed,
}

/// A page's access to the simulated HubSpot. Cheap to clone; all clones are equal.
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
    active_replay: ActiveReplay,
    /// This page is the leader.
    is_leader: Cell<bool>,
    /// Another page is the leader and has sent its state.
    has_leader: Cell<bool>,
    /// Actions that are not yet processed, or not yet sent to the leader.
    actions: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    frames: Frames,
    channel: RefCell<Option<Channel<SyncMessage>>>,
    lock: RefCell<Option<Lock>>,
    pagehide: RefCell<Option<EventListener>>,
    render_timer: RefCell<Option<Timeout>>,
    save_timer: RefCell<Option<Timeout>>,
    on_change: RefCell<Rc<dyn Fn()>>,
    on_event: RefCell<Rc<dyn Fn(PageEvent)>>,
    publish_timer: RefCell<Option<Timeout>>,
    /// The simulator reloads the page, which needs no confirmation.
    is_reloading: Cell<bool>,
    /// Whether the state was saved the last time.
    is_saved: Cell<bool>,
}

impl HubSpotHandle {
    /// Joins the other pages of the simulator.
    pub fn open() -> Self {
        let handle = HubSpotHandle(Rc::new(Inner {
            state: RefCell::new(Rc::new(storage::load(storage::STATE).unwrap_or_default())),
            log: RefCell::new(storage::load(storage::TRANSCRIPT).map(Log::of).unwrap_or_default()),
            active_replay: ActiveReplay::default(),
            is_leader: Cell::default(),
            has_leader: Cell::default(),
            actions: RefCell::default(),
            busy: Cell::default(),
            frames: Frames::default(),
            channel: RefCell::default(),
            lock: RefCell::default(),
            pagehide: RefCell::default(),
            render_timer: RefCell::default(),
            save_timer: RefCell::default(),
            on_change: RefCell::new(Rc::new(|| {})),
            on_event: RefCell::new(Rc::new(|_| {})),
            publish_timer: RefCell::default(),
            is_reloading: Cell::default(),
            is_saved: Cell::new(true),
        }));
        handle.listen();
        handle.post(&SyncMessage::Joined);
        handle.request_lock();
        handle
    }

    /// Sets the callbacks: `on_change` for changes to render, `on_event` for events of the page.
    pub fn connect(&self, on_change: impl Fn() + 'static, on_event: impl Fn(PageEvent) + 'static) {
        self.0.on_change.replace(Rc::new(on_change));
        self.0.on_event.replace(Rc::new(on_event));
    }

    /// Reloads the page without asking for confirmation.
    pub fn reload_page(&self) {
        self.0.is_reloading.set(true);
        let _ = gloo::utils::window().location().reload();
    }

    /// Whether leaving the page needs a confirmation, because a call is active in one of its frames.
    pub fn blocks_unload(&self) -> bool {
        let state = self.state();
        !self.0.is_reloading.get() && self.frames().iter().any(|status| state.has_active_call(&status.id))
    }

    /// The state of the simulated HubSpot.
    pub fn state(&self) -> Rc<State> {
        Rc::clone(&self.0.state.borrow())
    }

    /// The messages so far, with findings.
    pub fn messages(&self) -> Messages {
        self.0.log.borrow().messages()
    }

    /// The additional findings if no more messages come.
    pub fn unfinished(&self) -> Vec<Finding> {
        self.0.log.borrow().at_end(js_sys::Date::now())
    }

    /// The frames of this page.
    pub fn frames(&self) -> Vec<FrameStatus> {
        self.0.frames.statuses()
    }

    /// Processes an action, on the leading page.
    pub fn dispatch(&self, action: Action) {
        if !self.0.is_leader.get() && self.0.has_leader.get() {
            return self.post(&SyncMessage::Dispatch(action));
        }
        self.0.actions.borrow_mut().push_back(action);
        self.drain();
    }

    /// Opens a frame on this page.
    pub fn open_frame(&self, options: FrameOptions) -> FrameId {
        frames::open(self, options)
    }

    /// Removes a frame from the page.
    pub fn close_frame(&self, frame: &FrameId) {
        if self.0.frames.close(frame) {
            self.dispatch(Action::FrameRemoved { frame: frame.clone() });
            self.schedule_render();
        }
    }

    /// Reloads the widget in a frame.
    pub fn reload_frame(&self, frame: &FrameId) {
        self.0.frames.reload(self, frame);
    }

    /// Removes the messages so far, on all pages.
    pub fn clear_transcript(&self) {
        self.post(&SyncMessage::TranscriptCleared);
        self.remove_transcript();
    }

    /// Resets the simulated HubSpot and removes all messages.
    pub fn reset(&self) {
        self.dispatch(Action::Reset);
        self.clear_transcript();
    }

    /// Makes this page the leader once all pages that were opened before are closed; at once in a browser without locks.
    fn request_lock(&self) {
        let Some(locks) = LockManager::of_browser() else { return self.become_leader() };
        let handle = self.clone();
        let lock = locks.request(sync::NAME, LockRequest::Queue, move |event| match event {
            LockEvent::Granted | LockEvent::Denied => handle.become_leader(),
            LockEvent::Unavailable | LockEvent::Lost => {}
        });
        self.0.lock.replace(Some(lock));
    }

    fn listen(&self) {
        // Without a channel pages do not see each other's changes.
        let handle = self.clone();
        let channel = Channel::open(sync::NAME, move |message| handle.on_message(message));
        self.0.channel.replace(channel.ok());
        let handle = self.clone();
        let listener = EventListener::new(&gloo::utils::window(), "pagehide", move |_| handle.on_page_hide());
        self.0.pagehide.replace(Some(listener));
    }

    /// The page is being closed: removes its frames, and saves what is not saved yet.
    fn on_page_hide(&self) {
        for status in self.frames() {
            self.dispatch(Action::FrameRemoved { frame: status.id });
        }
        if self.0.is_leader.get() {
            self.save_transcript();
            self.publish_state();
        }
    }

    /// This page becomes the leader.
    fn become_leader(&self) {
        self.0.is_leader.set(true);
        if !self.0.has_leader.get() {
            // There was no leader before: the frames in the saved state are of pages that crashed.
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

    /// Saves and publishes the state a moment later, once for all changes until then.
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

    /// Saves the state. If the storage is full, removes the saved messages first. If that is not enough, alerts the user once.
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
        let on_event = Rc::clone(&self.0.on_event.borrow());
        on_event(event);
    }

    /// Renders the page a moment later, once for all changes until then.
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
        if let Some(channel) = &*self.0.channel.borrow() {
            channel.post(message);
        }
    }
}
