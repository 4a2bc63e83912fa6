//! What touches the browser: the pages of the simulator, the frames with widgets, and what is kept.

mod effects;
mod frames;
mod locks;
mod pages;
mod recording;
mod replaying;
pub mod storage;

pub use frames::{FramePhase, FrameStatus, Opening};
pub use replaying::Progress;

use self::{frames::Frames, pages::Note, replaying::Replaying};
use crate::{
    check::Finding,
    crm::RecordId,
    desk::{Action, FrameId, State, update},
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
const DRAW_AFTER: u32 = 16;

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
pub struct Handle(Rc<Inner>);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    state: RefCell<Rc<State>>,
    log: RefCell<Log>,
    replaying: Replaying,
    /// This page keeps the desk: it holds the lock.
    keeps: Cell<bool>,
    /// Another page keeps it and has said how things are.
    follows: Cell<bool>,
    /// What is still to happen: here, or where the desk is kept as soon as that is known.
    actions: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    frames: Frames,
    channel: RefCell<Option<(BroadcastChannel, EventListener)>>,
    page_hidden: RefCell<Option<EventListener>>,
    drawing: RefCell<Option<Timeout>>,
    keeping: RefCell<Option<Timeout>>,
    draw: RefCell<Rc<dyn Fn()>>,
    hear: RefCell<Rc<dyn Fn(PageEvent)>>,
    telling: RefCell<Option<Timeout>>,
    /// The user has asked for the page to be loaded anew, and is not asked again.
    reloads: Cell<bool>,
    /// The browser kept the state when it was asked last.
    is_kept: Cell<bool>,
}

impl Handle {
    /// Takes a place among the pages.
    pub fn open() -> Self {
        let handle = Handle(Rc::new(Inner {
            state: RefCell::new(Rc::new(storage::load(storage::STATE).unwrap_or_default())),
            log: RefCell::new(storage::load(storage::TRANSCRIPT).map(Log::of).unwrap_or_default()),
            replaying: Replaying::default(),
            keeps: Cell::default(),
            follows: Cell::default(),
            actions: RefCell::default(),
            busy: Cell::default(),
            frames: Frames::default(),
            channel: RefCell::default(),
            page_hidden: RefCell::default(),
            drawing: RefCell::default(),
            keeping: RefCell::default(),
            draw: RefCell::new(Rc::new(|| {})),
            hear: RefCell::new(Rc::new(|_| {})),
            telling: RefCell::default(),
            reloads: Cell::default(),
            is_kept: Cell::new(true),
        }));
        handle.listen();
        handle.post(&Note::Hello);
        let (keeper, alone) = (handle.clone(), handle.clone());
        if !locks::queue(pages::NAME, move || keeper.keep(), move || alone.keep()) {
            handle.keep();
        }
        handle
    }

    /// Calls `draw` whenever there is something new, and `hear` with what happens to the page itself.
    pub fn connect(&self, draw: impl Fn() + 'static, hear: impl Fn(PageEvent) + 'static) {
        self.0.draw.replace(Rc::new(draw));
        self.0.hear.replace(Rc::new(hear));
    }

    /// Loads the page anew, as it is, without asking whether a call may be left.
    pub fn reload_page(&self) {
        self.0.reloads.set(true);
        let _ = gloo::utils::window().location().reload();
    }

    /// Whether the user must be asked before the page is left: a call goes on in one of its frames.
    pub fn holds_page(&self) -> bool {
        let state = self.state();
        !self.0.reloads.get() && self.frames().iter().any(|status| state.holds(&status.id))
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
        if !self.0.keeps.get() && self.0.follows.get() {
            return self.post(&Note::Do(action));
        }
        self.0.actions.borrow_mut().push_back(action);
        self.work_off();
    }

    /// Loads a widget into a frame of this page.
    pub fn open_frame(&self, opening: Opening) -> FrameId {
        frames::open(self, opening)
    }

    /// Takes a frame out of the page.
    pub fn close_frame(&self, frame: &FrameId) {
        if self.0.frames.close(frame) {
            self.dispatch(Action::FrameGone { frame: frame.clone() });
            self.draw_soon();
        }
    }

    /// Loads the widget in a frame anew.
    pub fn reload_frame(&self, frame: &FrameId) {
        self.0.frames.reload(self, frame);
    }

    /// Forgets the messages so far, on all pages.
    pub fn clear_transcript(&self) {
        self.post(&Note::Cleared);
        self.forget_transcript();
    }

    /// Back to the account as it was made up, without a message.
    pub fn reset(&self) {
        self.dispatch(Action::Reset);
        self.clear_transcript();
    }

    fn listen(&self) {
        // Without a channel each page is alone, which is told by nothing happening in the others.
        if let Ok(channel) = BroadcastChannel::new(pages::NAME) {
            let handle = self.clone();
            let listener = EventListener::new(&channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(note) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                    handle.hear(note);
                }
            });
            self.0.channel.replace(Some((channel, listener)));
        }
        let handle = self.clone();
        let leaving = EventListener::new(&gloo::utils::window(), "pagehide", move |_| handle.leave());
        self.0.page_hidden.replace(Some(leaving));
    }

    /// The page goes: its frames go with it, and what is not yet kept is kept.
    fn leave(&self) {
        for status in self.frames() {
            self.dispatch(Action::FrameGone { frame: status.id });
        }
        if self.0.keeps.get() {
            self.keep_transcript();
            self.tell_state();
        }
    }

    /// The desk is kept here from now on.
    fn keep(&self) {
        self.0.keeps.set(true);
        if !self.0.follows.get() {
            // Nobody kept it before: the frames that it knows were of pages that crashed.
            let mut actions = self.0.actions.borrow_mut();
            for frame in &self.state().frames {
                actions.push_front(Action::FrameGone { frame: frame.id.clone() });
            }
        }
        self.tell_how_things_are();
        self.work_off();
    }

    fn hear(&self, note: Note) {
        let keeps = self.0.keeps.get();
        match note {
            Note::Hello if keeps => self.tell_how_things_are(),
            Note::Here { state, transcript } if !keeps => {
                self.0.state.replace(Rc::new(state));
                if let Some(transcript) = transcript {
                    self.0.log.replace(Log::of(transcript));
                }
                self.0.follows.set(true);
                for action in self.0.actions.take() {
                    self.post(&Note::Do(action));
                }
                self.draw_soon();
            }
            Note::Do(action) if keeps => self.dispatch(action),
            Note::Said(entry) => self.add(entry),
            Note::Done(effect) => {
                self.do_here(effect);
            }
            Note::Cleared => self.forget_transcript(),
            Note::Hello | Note::Here { .. } | Note::Do(_) => {}
        }
    }

    fn tell_how_things_are(&self) {
        let transcript = Rc::unwrap_or_clone(self.messages().transcript);
        self.post(&Note::Here { state: State::clone(&self.state()), transcript: Some(transcript) });
    }

    fn work_off(&self) {
        if !self.0.keeps.get() || self.0.busy.replace(true) {
            return;
        }
        loop {
            let Some(action) = self.0.actions.borrow_mut().pop_front() else { break };
            let (state, effects) = update(&self.state(), js_sys::Date::now(), action);
            if state != *self.state() {
                self.0.state.replace(Rc::new(state));
                self.tell_state_soon();
                self.draw_soon();
            }
            effects.into_iter().for_each(|effect| self.perform(effect));
        }
        self.0.busy.set(false);
    }

    /// Tells the other pages and the storage how things are, once for all that is new by then: a widget may say a thousand things.
    fn tell_state_soon(&self) {
        if self.0.telling.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(DRAW_AFTER, move || {
                handle.0.telling.take();
                handle.tell_state();
            });
            self.0.telling.replace(Some(timeout));
        }
    }

    fn tell_state(&self) {
        let state = self.state();
        self.keep_state(&state);
        self.post(&Note::Here { state: State::clone(&state), transcript: None });
    }

    /// What happened counts more than what was said: the messages make room for it. The user hears once that there is none.
    fn keep_state(&self, state: &State) {
        let is_kept = storage::keep(storage::STATE, state) || {
            storage::forget(storage::TRANSCRIPT);
            storage::keep(storage::STATE, state)
        };
        if self.0.is_kept.replace(is_kept) && !is_kept {
            self.dispatch(Action::NotKept);
        }
    }

    fn raise(&self, event: PageEvent) {
        let hear = Rc::clone(&self.0.hear.borrow());
        hear(event);
    }

    /// Draws the page a moment later, once for all that is new by then.
    fn draw_soon(&self) {
        if self.0.drawing.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(DRAW_AFTER, move || {
                handle.0.drawing.take();
                handle.0.frames.set_syncs(&handle.state());
                let draw = Rc::clone(&handle.0.draw.borrow());
                draw();
            });
            self.0.drawing.replace(Some(timeout));
        }
    }

    fn post(&self, note: &Note) {
        if let (Some((channel, _)), Ok(text)) = (&*self.0.channel.borrow(), serde_json::to_string(note)) {
            // A text can always be cloned; should the channel be closed, nobody is there to hear it.
            let _ = channel.post_message(&JsValue::from(text));
        }
    }
}
