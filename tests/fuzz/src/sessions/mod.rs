//! A guest and its hosts: handshakes, reloads, time-outs, further hosts, other frames and hostile messages in any order.

mod hostile;

use self::hostile::hostile_message;
use crate::Source;
use calling_extensions::{
    codec::{Map, Value},
    message::{IframeLocation, Sync},
    origin::{AllowedOrigins, Origin},
    session::{GuestConfig, GuestSession, HostConfig, HostEvent, HostSession, Ignored, Incoming, Output, SessionState},
};
use fuzz_driver::Shape;
use std::collections::{BTreeSet, VecDeque};

const WIDGET: &str = "https://widget.example";
/// The pages that may be around the widget. The first three are allowed.
const PAGES: &[&str] = &[
    "https://app.hubspot.com",
    "https://app-eu1.hubspot.com",
    WIDGET,
    "https://evil.example",
    "https://app.hubspot.com.evil.example",
    "http://app.hubspot.com",
    "null",
];
/// Messages that are under way at most; what is posted beyond that is lost.
const UNDER_WAY: usize = 64;
/// After so many other hosts, a host may be answered again.
const REMEMBERED: usize = 64;

/// Runs events on a guest and its hosts. Whatever happened before, a new handshake then works.
///
/// # Panics
/// When a message is accepted from a peer that is not the pinned one, when something is posted to another one, when an id is used
/// twice, when a host is answered twice, or when the last handshake does not work.
pub fn sessions(data: &[u8]) -> Shape {
    let mut source = Source::new(data);
    let mut world = World::new();
    let mut events = 0;
    while !source.is_empty() && events < 400 {
        world.event(&mut source);
        events += 1;
    }
    world.finish();
    world.shape
}

/// A message under way.
struct Letter {
    /// The origin of the page that posted it.
    from: String,
    /// Whether the browser delivers it to a page of this origin only.
    to: Option<String>,
    message: Value,
}

struct World {
    now: f64,
    starts: u32,
    guest: GuestSession,
    host: HostSession,
    /// The origin of the page around the widget.
    page: &'static str,
    allowed: AllowedOrigins,
    /// The origin that the guest has pinned.
    pinned: Option<String>,
    /// The host instances that this guest has answered.
    answered: BTreeSet<String>,
    /// Every id that one of ours has given to a message.
    ids: BTreeSet<String>,
    to_guest: VecDeque<Letter>,
    to_host: VecDeque<Letter>,
    /// Ids that were seen on the wire, for hostile messages.
    seen_ids: Vec<String>,
    is_ready: bool,
    shape: Shape,
}

impl World {
    fn new() -> Self {
        World {
            now: 0.0,
            starts: 0,
            guest: guest(0, true),
            host: host(0, PAGES[0]),
            page: PAGES[0],
            allowed: AllowedOrigins::for_widget_at(WIDGET),
            pinned: None,
            answered: BTreeSet::new(),
            ids: BTreeSet::new(),
            to_guest: VecDeque::new(),
            to_host: VecDeque::new(),
            seen_ids: Vec::new(),
            is_ready: false,
            shape: Shape::default(),
        }
    }

    fn event(&mut self, source: &mut Source) {
        let event = source.byte() % 20;
        self.shape.add(&(event, self.guest.state() as u8, self.host.state() as u8));
        match event {
            0..=2 => self.deliver_to_guest(source),
            3..=5 => self.deliver_to_host(source),
            6 | 7 => self.time_passes(if source.chance(20) { 40_000.0 } else { 100.0 }),
            8 => self.load_frame(),
            9 => self.restart_guest(!source.chance(30)),
            10 => self.load_page(source.one_of(PAGES)),
            11 => {
                self.guest.close();
                self.pinned = None;
            }
            12 | 13 => self.guest_sends(source),
            14 => self.host_sends(source),
            15 | 16 => self.hostile_to_guest(source),
            17 => self.hostile_to_host(source),
            // The message that came last comes again, or from another frame.
            18 => {
                let message = hostile_message(source, &self.seen_ids);
                let origin = source.one_of(PAGES);
                let outputs = self.guest.receive(&Incoming { origin, from_peer: false, read: &|| Ok(message.clone()) });
                assert!(
                    matches!(outputs[..], [Output::Ignored(Ignored::OtherWindow | Ignored::NoSession)]),
                    "{outputs:?}"
                );
            }
            _ => {
                let message = hostile_message(source, &self.seen_ids);
                let origin = if source.chance(128) { WIDGET } else { source.one_of(PAGES) };
                let outputs = self.host.receive(&Incoming { origin, from_peer: false, read: &|| Ok(message.clone()) });
                assert!(matches!(outputs[..], [Output::Ignored(Ignored::OtherWindow)]), "{outputs:?}");
            }
        }
    }

    // What happens to the pages.

    fn restart_guest(&mut self, framed: bool) {
        self.starts += 1;
        self.guest = guest(self.starts, framed);
        self.pinned = None;
        self.answered.clear();
    }

    fn load_frame(&mut self) {
        self.restart_guest(true);
        let outputs = self.host.frame_loaded(self.now);
        self.host_did(outputs, None);
    }

    fn load_page(&mut self, origin: &'static str) {
        self.starts += 1;
        self.page = origin;
        self.host = host(self.starts, origin);
        self.is_ready = false;
        let outputs = self.host.frame_loaded(self.now);
        self.host_did(outputs, None);
    }

    fn time_passes(&mut self, milliseconds: f64) {
        self.now += milliseconds;
        let outputs = self.host.tick(self.now);
        self.host_did(outputs, None);
    }

    // What the programs send.

    fn guest_sends(&mut self, source: &mut Source) {
        let (kind, data) = (source.kind(), source.chance(200).then(|| source.value()));
        if let Ok(outputs) = self.guest.send(&kind, data) {
            self.guest_did(outputs, None);
        }
    }

    fn host_sends(&mut self, source: &mut Source) {
        let (kind, data) = (source.kind(), source.chance(200).then(|| source.value()));
        if let Ok(outputs) = self.host.send(&kind, data) {
            self.host_did(outputs, None);
        }
    }

    // What arrives.

    fn deliver_to_guest(&mut self, source: &mut Source) {
        let Some(letter) = take(&mut self.to_guest, source) else { return };
        // The guest is at its own origin always.
        if letter.to.as_deref().is_none_or(|to| to == WIDGET) {
            self.guest_receives(&letter.from, &letter.message);
        }
    }

    fn deliver_to_host(&mut self, source: &mut Source) {
        let Some(letter) = take(&mut self.to_host, source) else { return };
        if letter.to.as_deref().is_none_or(|to| to == self.page) {
            self.host_receives(&letter.from, &letter.message);
        }
    }

    /// The page around the widget is not one of ours, or has been taken over.
    fn hostile_to_guest(&mut self, source: &mut Source) {
        let message = hostile_message(source, &self.seen_ids);
        let origin = if source.chance(128) { self.page } else { source.one_of(PAGES) };
        self.guest_receives(origin, &message);
    }

    fn hostile_to_host(&mut self, source: &mut Source) {
        let message = hostile_message(source, &self.seen_ids);
        let origin = if source.chance(160) { WIDGET } else { source.one_of(PAGES) };
        self.host_receives(origin, &message);
    }

    fn guest_receives(&mut self, origin: &str, message: &Value) {
        let incoming = Incoming { origin, from_peer: true, read: &|| Ok(message.clone()) };
        let would_answer = self.guest.would_answer(&incoming);
        let outputs = self.guest.receive(&incoming);
        let kind = kind_of(message).to_owned();
        if let [Output::Ignored(reason)] = &outputs[..] {
            self.shape.add(&("guest", &kind, reason.reason()));
        } else {
            let is_allowed = Origin::parse(origin).is_some_and(|origin| self.allowed.allows(&origin));
            assert!(is_allowed, "a message of {origin} was accepted: {message:?}");
            if kind != "SYNC" {
                assert_eq!(self.pinned.as_deref(), Some(origin), "a message of another host was accepted");
            }
        }
        let answers = outputs.iter().any(|output| is_post(output, "SYNC_ACK"));
        assert_eq!(would_answer, answers, "{message:?}");
        if answers {
            assert_eq!(kind, "SYNC");
            if let Some(id) = message.get("messageId").and_then(|id| id.read::<String>()).filter(|id| !id.is_empty()) {
                let instance = id.split('_').next().unwrap_or_default().to_owned();
                let is_new = self.answered.insert(instance);
                assert!(is_new || self.answered.len() >= REMEMBERED, "{id} was answered twice");
            }
            self.pinned = Some(origin.to_owned());
        }
        self.guest_did(outputs, Some(&kind));
    }

    fn host_receives(&mut self, origin: &str, message: &Value) {
        let before = self.host.guest().clone();
        let outputs = self.host.receive(&Incoming { origin, from_peer: true, read: &|| Ok(message.clone()) });
        let kind = kind_of(message).to_owned();
        if let [Output::Ignored(reason)] = &outputs[..] {
            self.shape.add(&("host", &kind, reason.reason()));
        } else {
            assert_eq!(origin, before.as_str(), "the host has accepted a message of another page");
        }
        self.host_did(outputs, Some((&kind, before)));
    }

    // What the sessions do.

    fn guest_did<E>(&mut self, outputs: Vec<Output<E>>, received: Option<&str>) {
        for output in outputs {
            let (message, to) = match output {
                Output::Post { message, to } => (message, to),
                Output::AnswerUnknown { message_id, to } => {
                    assert_ne!(received, Some("ERROR"), "an ERROR was answered");
                    (calling_extensions::session::unknown_type_error(&message_id), to)
                }
                _ => continue,
            };
            self.shape.add(&("guest", received, kind_of(&message)));
            assert_eq!(Some(to.as_str()), self.pinned.as_deref(), "{message:?}");
            if kind_of(&message) != "SYNC_ACK" {
                self.check_id(&message);
            }
            post(&mut self.to_host, WIDGET, to, message);
        }
    }

    fn host_did(&mut self, outputs: Vec<Output<HostEvent>>, received: Option<(&str, Origin)>) {
        let pinned = received.as_ref().map_or_else(|| self.host.guest().clone(), |(_, guest)| guest.clone());
        for output in outputs {
            let (message, to) = match output {
                Output::Post { message, to } => (message, to),
                Output::AnswerUnknown { message_id, to } => {
                    assert_ne!(received.as_ref().map(|it| it.0), Some("ERROR"), "an ERROR was answered");
                    (calling_extensions::session::unknown_type_error(&message_id), to)
                }
                Output::Raise(HostEvent::Ready { .. }) => {
                    assert!(!self.is_ready, "READY was raised twice for one load of the frame");
                    self.is_ready = true;
                    continue;
                }
                Output::Raise(HostEvent::Lost) => {
                    assert!(self.is_ready);
                    self.is_ready = false;
                    continue;
                }
                Output::Raise(HostEvent::Moves { url }) => {
                    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
                    assert!(["http", "https"].contains(&scheme.as_str()), "{url}");
                    continue;
                }
                _ => continue,
            };
            self.shape.add(&("host", received.as_ref().map(|it| it.0), kind_of(&message)));
            assert_eq!(to, pinned, "{message:?}");
            self.check_id(&message);
            let id = message.get("messageId").and_then(Value::as_text).unwrap_or_default();
            if self.seen_ids.len() < 32 {
                self.seen_ids.push(id.to_owned());
            }
            post(&mut self.to_guest, self.page, to, message);
        }
    }

    fn check_id(&mut self, message: &Value) {
        let id = message.get("messageId").and_then(Value::as_text).unwrap_or_default().to_owned();
        assert!(!id.is_empty());
        assert!(self.ids.insert(id), "an id was used twice: {message:?}");
    }

    /// A new load of an allowed page completes its handshake, and a message passes each way, once.
    fn finish(&mut self) {
        self.to_guest.clear();
        self.to_host.clear();
        self.restart_guest(true);
        self.load_page(PAGES[1]);
        for (kind, name) in [("INITIALIZED", "first"), ("CALL_DATA", "second")] {
            let mut data = Map::new();
            data.set("name", name);
            let outputs = self.guest.send(kind, Some(data.into())).unwrap_or_default();
            self.guest_did(outputs, None);
        }
        self.time_passes(100.0);
        let mut received = Vec::new();
        while !self.to_guest.is_empty() || !self.to_host.is_empty() {
            if let Some(letter) = self.to_guest.pop_front() {
                self.guest_receives(&letter.from, &letter.message);
            }
            if let Some(letter) = self.to_host.pop_front() {
                received.push(kind_of(&letter.message).to_owned());
                self.host_receives(&letter.from, &letter.message);
            }
        }
        assert_eq!((self.guest.state(), self.host.state()), (SessionState::Ready, SessionState::Ready));
        assert_eq!(received, ["SYNC_ACK", "INITIALIZED", "CALL_DATA"]);
        assert!(self.is_ready);
    }
}

fn guest(starts: u32, framed: bool) -> GuestSession {
    GuestSession::new(GuestConfig {
        seed: format!("g{starts}"),
        own_origin: WIDGET.into(),
        allowed: AllowedOrigins::for_widget_at(WIDGET),
        debug_mode: false,
        framed,
    })
}

#[allow(clippy::expect_used, reason = "the origin is a constant")]
fn host(starts: u32, origin: &str) -> HostSession {
    let sync = Sync { portal_id: Some(1.0.into()), iframe_location: Some(IframeLocation::Widget), ..Sync::default() };
    let guest = Origin::parse(WIDGET).expect("an origin");
    HostSession::new(HostConfig { seed: format!("h{starts}"), own_origin: origin.into(), guest, sync })
}

/// The next message under way: mostly the oldest, sometimes another one, sometimes twice, sometimes lost.
fn take(letters: &mut VecDeque<Letter>, source: &mut Source) -> Option<Letter> {
    let at = if source.chance(40) { source.below(letters.len().max(1)) } else { 0 };
    let letter = letters.remove(at)?;
    if source.chance(20) {
        letters.push_back(Letter { from: letter.from.clone(), to: letter.to.clone(), message: letter.message.clone() });
    }
    (!source.chance(20)).then_some(letter)
}

fn post(letters: &mut VecDeque<Letter>, from: &str, to: Origin, message: Value) {
    if letters.len() < UNDER_WAY {
        letters.push_back(Letter { from: from.to_owned(), to: Some(to.as_str().to_owned()), message });
    }
}

fn is_post<E>(output: &Output<E>, kind: &str) -> bool {
    matches!(output, Output::Post { message, .. } if kind_of(message) == kind)
}

fn kind_of(message: &Value) -> &str {
    message.get("type").and_then(Value::as_text).unwrap_or_default()
}
