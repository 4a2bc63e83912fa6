//! HubSpot: the page around the widget, and the records behind it.

use crate::page::WIDGET;
use crate::world::World;
use calling_extensions::codec::{Map, Value};
use calling_extensions::message::{GuestMessage, IframeLocation, Sync};
use calling_extensions::origin::Origin;
use calling_extensions::session::{HostConfig, HostEvent, HostSession, Incoming, Output};
use soak::faults::Faults;
use std::rc::Rc;

pub const HUBSPOT: &str = "https://app.hubspot.com";
/// Between two SYNCs, in milliseconds.
const SYNC_INTERVAL: f64 = 100.0;

pub struct HubSpot {
    session: HostSession,
    /// Goes up with each load of the page: what was posted to an earlier one is lost.
    pub loads: u32,
}

impl HubSpot {
    pub fn new(tab: usize, loads: u32, faults: &Faults) -> Self {
        let is_window = faults.calling_window && tab == 1;
        let config = HostConfig {
            seed: format!("{tab}h{loads}"),
            own_origin: HUBSPOT.into(),
            guest: Origin::parse(WIDGET).unwrap(),
            sync: Sync {
                portal_id: Some(1.0.into()),
                user_id: Some(2.0.into()),
                iframe_location: Some(if is_window { IframeLocation::Window } else { IframeLocation::Remote }),
                ..Sync::default()
            },
        };
        HubSpot { session: HostSession::new(config), loads }
    }
}

/// The page has loaded the frame.
pub fn frame_loaded(world: &Rc<World>, tab: usize) {
    let outputs = world.tabs[tab].hubspot.borrow_mut().session.frame_loaded(world.time());
    execute(world, tab, outputs);
    tick_later(world, tab);
}

fn tick_later(world: &Rc<World>, tab: usize) {
    let (loads, frame) = (world.tabs[tab].hubspot.borrow().loads, world.tabs[tab].loads.get());
    world.plan(SYNC_INTERVAL, move |world| {
        let same = world.tabs[tab].hubspot.borrow().loads == loads && world.tabs[tab].loads.get() == frame;
        if same && world.tabs[tab].hubspot.borrow().session.is_syncing() {
            let outputs = world.tabs[tab].hubspot.borrow_mut().session.tick(world.time());
            execute(world, tab, outputs);
            tick_later(world, tab);
        }
    });
}

/// A message of the widget has arrived.
pub fn receive(world: &Rc<World>, tab: usize, message: &Value) {
    let incoming = Incoming { origin: WIDGET, from_peer: true, read: &|| Ok(message.clone()) };
    let outputs = world.tabs[tab].hubspot.borrow_mut().session.receive(&incoming);
    execute(world, tab, outputs);
}

/// Sends a message to the widget, now or after the handshake.
pub fn send(world: &Rc<World>, tab: usize, kind: &str, fields: &[(&str, Value)]) {
    let mut data = Map::new();
    fields.iter().for_each(|(name, value)| data.set(name, value.clone()));
    let sent = world.tabs[tab].hubspot.borrow_mut().session.send(kind, Some(Value::Map(data)));
    // A page that is reloading drops what is too much for its queue.
    execute(world, tab, sent.unwrap_or_default());
}

fn execute(world: &Rc<World>, tab: usize, outputs: Vec<Output<HostEvent>>) {
    for output in outputs {
        match output {
            Output::Post { message, .. } => post(world, tab, message),
            Output::Raise(HostEvent::Message(message)) => on_message(world, tab, message),
            Output::Raise(HostEvent::Unknown { kind, .. }) => panic!("the widget sent {kind}"),
            Output::AnswerUnknown { .. } | Output::Raise(_) | Output::Ignored(_) => {}
        }
    }
}

/// To the frame, unless it is another one by then.
fn post(world: &Rc<World>, tab: usize, message: Value) {
    let loads = world.tabs[tab].loads.get();
    world.plan(world.time_between(0, 3), move |world| {
        if let Some(page) = world.page(tab).filter(|page| page.loads == loads) {
            page.receive(world, &message);
        }
    });
}

fn on_message(world: &Rc<World>, tab: usize, message: GuestMessage) {
    match message {
        GuestMessage::OutgoingCall(call) => create_engagement(world, tab, &call.external_call_id),
        GuestMessage::IncomingCall(call) => {
            create_engagement(world, tab, &call.external_call_id);
            let found =
                if world.chance(world.faults.failing) { "CALLER_ID_MATCH_FAILED" } else { "CALLER_ID_MATCH_SUCCEEDED" };
            answer(world, tab, found, vec![]);
        }
        GuestMessage::CallCompleted(_) => {
            let failed = world.chance(world.faults.failing);
            let kind = if failed { "UPDATE_ENGAGEMENT_FAILED" } else { "UPDATE_ENGAGEMENT_SUCCEEDED" };
            answer(world, tab, kind, vec![]);
        }
        GuestMessage::FinalizeEngagement(_) => {
            let failed = world.chance(world.faults.failing);
            let kind = if failed { "FINALIZE_ENGAGEMENT_FAILED" } else { "FINALIZE_ENGAGEMENT_SUCCEEDED" };
            answer(world, tab, kind, vec![]);
        }
        _ => {}
    }
}

fn create_engagement(world: &Rc<World>, tab: usize, call: &str) {
    let named = world.faults.names_calls.then(|| ("externalCallId", call.into()));
    if world.chance(world.faults.failing) {
        return answer(world, tab, "CREATE_ENGAGEMENT_FAILED", named.into_iter().collect());
    }
    let id = world.ledger.borrow_mut().engagement_of(call);
    let fields = [("engagementId", f64::from(id).into())].into_iter().chain(named);
    answer(world, tab, "CREATE_ENGAGEMENT_SUCCEEDED", fields.collect());
}

/// An answer of HubSpot's server: it may be lost, doubled or late.
fn answer(world: &Rc<World>, tab: usize, kind: &'static str, fields: Vec<(&'static str, Value)>) {
    let loads = world.tabs[tab].hubspot.borrow().loads;
    for delay in world.arrivals(true) {
        let delay = if world.faults.names_calls { delay } else { world.after_the_last_answer(delay) };
        let fields = fields.clone();
        world.plan(delay, move |world| {
            if world.tabs[tab].hubspot.borrow().loads == loads {
                send(world, tab, kind, &fields);
            }
        });
    }
}
