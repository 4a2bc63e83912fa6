//! The frames with widgets on this page.

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

/// A `hostUrl` that is not the simulator's.
const WRONG_HOST_URL: &str = "https://app.hubspot.invalid";

/// What a widget may do besides showing itself: see `HOSTILE-WIDGETS.md`.
const SANDBOX: &str = "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts \
                       allow-storage-access-by-user-activation";

/// The options for opening a frame.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameOptions {
    /// The element whose only child the frame becomes.
    pub container: Element,
    /// The widget's address.
    pub url: String,
    /// The accessible name of the frame.
    pub title: &'static str,
    /// The initial size.
    pub size: Size,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// The value of `usesCallingWindow` in SYNC.
    pub uses_calling_window: Option<bool>,
    /// Whether the app receives calls.
    pub supports_inbound_calling: bool,
}

/// The status of a frame.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameStatus {
    /// The id.
    pub id: FrameId,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// The state of loading.
    pub load_state: LoadState,
    /// The current size.
    pub size: Size,
    /// The current address of the widget.
    pub url: String,
}

/// The state of loading a widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadState {
    /// Loading, or not answered SYNC yet.
    Waiting,
    /// The handshake is complete.
    Ready,
    /// The widget has not answered SYNC for 30 s.
    TimedOut,
    /// The address cannot be opened.
    Refused(HostError),
    /// The widget sent too many messages, so the frame was removed.
    Flooded,
}

/// The number of messages within a time, in milliseconds, beyond which the frame is removed: the page would become unusable.
const FLOOD_LIMIT: (u32, f64) = (1_000, 5_000.0);

#[derive(Default)]
pub struct Frames(RefCell<Vec<Frame>>);

struct Frame {
    status: FrameStatus,
    options: FrameOptions,
    host: Option<Rc<Host>>,
    /// Since when messages are counted, and their number.
    count: (f64, u32),
    /// Loads the frame after the injected delay.
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
    let FrameOptions { location, uses_calling_window, supports_inbound_calling, .. } = options;
    let frame = id.clone();
    handle.dispatch(Action::FrameOpened { frame, location, uses_calling_window, supports_inbound_calling });
    if begins_at_once {
        load(handle, &id, &options);
    }
    handle.schedule_render();
    id
}

fn load(handle: &HubSpotHandle, id: &FrameId, frame_options: &FrameOptions) {
    let sync = handle.state().sync(frame_options.location, frame_options.uses_calling_window);
    let (observing, receiving) = (handle.clone(), handle.clone());
    let (observed, received) = (id.clone(), id.clone());
    let mut options = Options::new().sync(sync).sandbox(SANDBOX);
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
            on_event(&receiving, &received, event)
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
        // During a replay the recording answers.
        HostEvent::Message(_) if handle.is_replaying_to(id) => {}
        HostEvent::Message(message) => {
            handle.dispatch(Action::FromWidget { frame, kind: message.kind().to_owned(), data: message.data() });
        }
        HostEvent::Moves { url } => frames.change(id, |frame| frame.status.url = url),
        // The host has answered.
        HostEvent::Unknown { .. } => {}
    }
    handle.schedule_render();
}

/// The transcript entry for a message. `None` if it came from another window.
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

    /// Posts a message with the id that it has, which allows duplicates.
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

    /// Reloads a frame, or adds it again if it was removed.
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

    /// Counts a message. Returns true, and removes the frame, if there are too many.
    fn is_flooded(&self, handle: &HubSpotHandle, id: &FrameId, now: f64) -> bool {
        let (many, soon) = FLOOD_LIMIT;
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
            // Later, because the host of this frame is calling.
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

    /// Updates the SYNC that each frame receives when it reloads.
    pub fn set_syncs(&self, state: &State) {
        for frame in &*self.0.borrow() {
            if let (Some(host), Some(known)) = (&frame.host, state.frame(&frame.status.id)) {
                host.set_sync(state.sync(known.location, known.uses_calling_window));
            }
        }
    }

    /// Returns false if there is no such frame.
    pub fn close(&self, id: &FrameId) -> bool {
        let mut frames = self.0.borrow_mut();
        let position = frames.iter().position(|frame| frame.status.id == *id);
        let closed = position.map(|position| frames.remove(position));
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
