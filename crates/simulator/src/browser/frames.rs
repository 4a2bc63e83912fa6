//! The frames of this page with the widgets in them.

use super::HubSpotHandle;
use crate::{
    hubspot::{Action, FrameId, State},
    transcript::{Direction, Entry},
};
use calling_extensions::{
    codec::{Value, js},
    host::{Flow, Host, HostError, HostEvent, Options, Traffic},
    message::{IframeLocation, Message, Size},
};
use gloo::timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use web_sys::Element;

/// Where no page of the simulator is.
const WRONG_HOST_URL: &str = "https://app.hubspot.invalid";

/// What to open where.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameOptions {
    /// The frame becomes the only child of this element.
    pub container: Element,
    /// The widget's address.
    pub url: String,
    /// What the frame is called by those who do not see it.
    pub title: &'static str,
    /// How big it begins.
    pub size: Size,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// What SYNC says of the calling window.
    pub uses_calling_window: Option<bool>,
}

/// How a frame is doing.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameStatus {
    /// The frame.
    pub id: FrameId,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// How far it is.
    pub load_state: LoadState,
    /// Its size by now.
    pub size: Size,
    /// The widget's address by now.
    pub url: String,
}

/// How far a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadState {
    /// It loads, or was loaded and has not answered yet.
    Waiting,
    /// It has shaken hands.
    Ready,
    /// It has not answered for 30 s.
    TimedOut,
    /// Its address cannot be opened.
    Refused(HostError),
    /// It said so much that it was taken out of the page.
    Flooded,
}

/// So many messages within so many milliseconds are a flood: no widget has that much to say, and the page would stand still.
const FLOOD: (u32, f64) = (1_000, 5_000.0);

#[derive(Default)]
pub struct Frames(RefCell<Vec<Frame>>);

struct Frame {
    status: FrameStatus,
    options: FrameOptions,
    host: Option<Rc<Host>>,
    /// Since when messages are counted, and how many there were.
    count: (f64, u32),
    /// Opens it when it is to load late.
    _late: Option<Timeout>,
}

pub fn open(handle: &HubSpotHandle, options: FrameOptions) -> FrameId {
    let id = FrameId(format!("{:.0}-{:.0}", js_sys::Date::now(), js_sys::Math::random() * 1e9));
    let delay = handle.state().faults.slow_load;
    let late = (delay > 0).then(|| {
        let (handle, id, options) = (handle.clone(), id.clone(), options.clone());
        Timeout::new(delay, move || load(&handle, &id, &options))
    });
    let begins_at_once = late.is_none();
    handle.0.frames.0.borrow_mut().push(Frame {
        status: FrameStatus {
            id: id.clone(),
            location: options.location,
            load_state: LoadState::Waiting,
            size: options.size.clone(),
            url: options.url.clone(),
        },
        options: options.clone(),
        host: None,
        count: (0.0, 0),
        _late: late,
    });
    let (location, uses_calling_window) = (options.location, options.uses_calling_window);
    handle.dispatch(Action::FrameOpened { frame: id.clone(), location, uses_calling_window });
    if begins_at_once {
        load(handle, &id, &options);
    }
    handle.schedule_render();
    id
}

fn load(handle: &HubSpotHandle, id: &FrameId, frame_options: &FrameOptions) {
    let sync = handle.state().sync(frame_options.location, frame_options.uses_calling_window);
    let (observing, hearing) = (handle.clone(), handle.clone());
    let (observed, heard) = (id.clone(), id.clone());
    let mut options = Options::new().sync(sync);
    if handle.state().faults.wrong_host_url {
        options = options.host_url(WRONG_HOST_URL);
    }
    let host = options
        .observer(move |traffic| {
            if let Some(entry) = entry(&observed, traffic)
                && !observing.0.frames.is_flooded(&observing, &observed, entry.at)
            {
                observing.record(entry);
            }
        })
        .open(&frame_options.container, &frame_options.url, &frame_options.size, move |event| {
            on_event(&hearing, &heard, event)
        });
    handle.0.frames.change(id, |frame| match host {
        Ok(host) => {
            host.frame().set_title(frame_options.title);
            frame.host = Some(Rc::new(host));
        }
        Err(why) => frame.status.load_state = LoadState::Refused(why),
    });
    handle.schedule_render();
}

fn on_event(handle: &HubSpotHandle, id: &FrameId, event: HostEvent) {
    let (frames, frame) = (&handle.0.frames, id.clone());
    match event {
        HostEvent::Ready { .. } => {
            frames.change(id, |frame| frame.status.load_state = LoadState::Ready);
            handle.dispatch(Action::FrameReady { frame });
        }
        HostEvent::SyncAckFailed => {
            frames.change(id, |frame| frame.status.load_state = LoadState::TimedOut);
            handle.dispatch(Action::FrameTimedOut { frame });
        }
        HostEvent::Lost => {
            frames.change(id, |frame| frame.status.load_state = LoadState::Waiting);
            handle.dispatch(Action::FrameReloading { frame });
        }
        HostEvent::Message(_) if frames.load_state(id) == Some(LoadState::Flooded) => {}
        // Whoever replays a recording says HubSpot's part of it.
        HostEvent::Message(_) if handle.is_replaying_to(id) => {}
        HostEvent::Message(message) => {
            handle.dispatch(Action::FromWidget { frame, kind: message.kind().to_owned(), data: message.data() });
        }
        HostEvent::Moves { url } => frames.change(id, |frame| frame.status.url = url),
        // The transcript has it, and the host has answered.
        HostEvent::Unknown { .. } => {}
    }
    handle.schedule_render();
}

/// What the observer saw, unless it came from another window: that is none of this frame's.
fn entry(frame: &FrameId, traffic: &Traffic) -> Option<Entry> {
    use calling_extensions::session::Ignored;
    let (direction, ignored) = match traffic.flow {
        Flow::Out => (Direction::ToWidget, None),
        Flow::In => (Direction::FromWidget, None),
        Flow::Ignored(Ignored::OtherWindow) => return None,
        Flow::Ignored(why) => (Direction::FromWidget, Some(why.reason().to_owned())),
    };
    let message = js::read(traffic.message).unwrap_or(Value::Null);
    Some(Entry { at: js_sys::Date::now(), frame: frame.clone(), direction, message, ignored })
}

impl Frames {
    pub fn statuses(&self) -> Vec<FrameStatus> {
        self.0.borrow().iter().map(|frame| frame.status.clone()).collect()
    }

    fn load_state(&self, id: &FrameId) -> Option<LoadState> {
        self.0.borrow().iter().find(|frame| frame.status.id == *id).map(|frame| frame.status.load_state)
    }

    pub fn has(&self, id: &FrameId) -> bool {
        self.0.borrow().iter().any(|frame| frame.status.id == *id)
    }

    /// The desk gives the message its id, so that one can come twice.
    pub fn post(&self, id: &FrameId, message: &Value) {
        if let Some(host) = self.host(id) {
            host.send_raw(&js::write(message));
        }
    }

    pub fn resize(&self, id: &FrameId, size: &Size) {
        if let Some(host) = self.host(id) {
            host.resize(size);
        }
        self.change(id, |frame| frame.status.size = size.clone());
    }

    /// Loads it anew; one that was taken out of the page comes back.
    pub fn reload(&self, handle: &HubSpotHandle, id: &FrameId) {
        let Some((url, options)) = self
            .0
            .borrow()
            .iter()
            .find_map(|frame| (frame.status.id == *id).then(|| (frame.status.url.clone(), frame.options.clone())))
        else {
            return;
        };
        self.change(id, |frame| {
            frame.status.load_state = LoadState::Waiting;
            frame.count = (0.0, 0);
        });
        if let Some(host) = self.host(id) {
            self.set_syncs(&handle.state());
            host.frame().set_src(&url);
        } else {
            load(handle, id, &options);
        }
    }

    /// Counts a message; true from the one on that is too much. The frame is taken out of the page then.
    fn is_flooded(&self, handle: &HubSpotHandle, id: &FrameId, now: f64) -> bool {
        let (many, soon) = FLOOD;
        let mut begins = false;
        let mut is_flooded = false;
        self.change(id, |frame| {
            let (since, count) = &mut frame.count;
            if now - *since > soon {
                (*since, *count) = (now, 0);
            }
            *count += 1;
            is_flooded = *count > many || frame.status.load_state == LoadState::Flooded;
            begins = is_flooded && frame.status.load_state != LoadState::Flooded;
            if begins {
                frame.status.load_state = LoadState::Flooded;
            }
        });
        if begins {
            let (handle, id) = (handle.clone(), id.clone());
            // Not now: it is this frame's host that counts.
            Timeout::new(0, move || {
                let host = handle.0.frames.take_host(&id);
                drop(host);
                handle.dispatch(Action::FrameReloading { frame: id });
                handle.schedule_render();
            })
            .forget();
        }
        is_flooded
    }

    fn take_host(&self, id: &FrameId) -> Option<Rc<Host>> {
        self.0.borrow_mut().iter_mut().find(|frame| frame.status.id == *id)?.host.take()
    }

    /// What each frame hears when it is loaded anew, whoever loads it.
    pub fn set_syncs(&self, state: &State) {
        for frame in &*self.0.borrow() {
            if let (Some(host), Some(known)) = (&frame.host, state.frame(&frame.status.id)) {
                host.set_sync(state.sync(known.location, known.uses_calling_window));
            }
        }
    }

    /// False when it is not there.
    pub fn close(&self, id: &FrameId) -> bool {
        let mut frames = self.0.borrow_mut();
        let place = frames.iter().position(|frame| frame.status.id == *id);
        let closed = place.map(|place| frames.remove(place));
        drop(frames);
        closed.is_some()
    }

    fn host(&self, id: &FrameId) -> Option<Rc<Host>> {
        self.0.borrow().iter().find(|frame| frame.status.id == *id)?.host.clone()
    }

    fn change(&self, id: &FrameId, change: impl FnOnce(&mut Frame)) {
        if let Some(frame) = self.0.borrow_mut().iter_mut().find(|frame| frame.status.id == *id) {
            change(frame);
        }
    }
}
