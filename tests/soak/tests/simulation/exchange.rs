//! The phone system: it knows which calls are on, whatever happens to the pages.

use crate::page::Page;
use crate::world::World;
use call_model::{Action, CallEvent, CallId, PhoneCommand, PhoneEvent};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

#[derive(Default)]
pub struct Exchange {
    calls: BTreeMap<String, Phase>,
    /// The page that is connected.
    page: Weak<Page>,
    connections: u32,
    incoming: u32,
}

#[derive(Clone, PartialEq)]
enum Phase {
    Ringing,
    Talking { since: f64 },
    Over(CallEvent),
}

pub fn connect(world: &World, page: &Rc<Page>) {
    let mut exchange = world.exchange.borrow_mut();
    exchange.page = Rc::downgrade(page);
    exchange.connections += 1;
    drop(exchange);
    tell(world, PhoneEvent::Connected, &[0.0]);
}

/// No event gets to this page any more.
pub fn disconnect(world: &World, page: &Page) {
    let mut exchange = world.exchange.borrow_mut();
    if std::ptr::eq(exchange.page.as_ptr(), page) {
        exchange.page = Weak::new();
        exchange.connections += 1;
    }
}

/// To the page that is connected now, unless that changes before it arrives.
fn tell(world: &World, event: PhoneEvent, delays: &[f64]) {
    let connection = world.exchange.borrow().connections;
    for delay in delays {
        let event = event.clone();
        world.plan(*delay, move |world| {
            let exchange = world.exchange.borrow();
            let page = exchange.page.upgrade().filter(|_| exchange.connections == connection);
            drop(exchange);
            if let Some(page) = page {
                world.trace(|| format!("page {} is told {event:?}", page.tab()));
                page.runtime.dispatch(Action::Phone(event));
            }
        });
    }
}

fn report(world: &World, call: &str, event: CallEvent) {
    let delays = world.arrivals(false);
    tell(world, PhoneEvent::Call { call: CallId::from(call), event }, &delays);
}

/// The token has expired.
pub fn expire(world: &World) {
    tell(world, PhoneEvent::SessionExpired, &[0.0]);
}

/// The line is lost, and back a little later.
pub fn lose_line(world: &World) {
    tell(world, PhoneEvent::Disconnected { reason: None }, &[0.0]);
    tell(world, PhoneEvent::Connected, &[2_000.0]);
}

/// Somebody calls.
pub fn ring(world: &World) {
    let mut exchange = world.exchange.borrow_mut();
    if exchange.page.upgrade().is_none() {
        return;
    }
    exchange.incoming += 1;
    let call = format!("in-{}", exchange.incoming);
    exchange.calls.insert(call.clone(), Phase::Ringing);
    drop(exchange);
    report(world, &call, CallEvent::Incoming { from: "+16175550123".into(), to: "+16179483986".into() });
    let (delay, gone) = (world.time_between(3_000, 40_000), call.clone());
    world.plan(delay, move |world| {
        if is_ringing(world, &gone) {
            end(world, &gone, CallEvent::HungUp);
        }
    });
}

pub fn command(world: &Rc<World>, call: &CallId, command: PhoneCommand) {
    let call = call.0.clone();
    match command {
        PhoneCommand::Dial { .. } => dial(world, &call),
        PhoneCommand::Answer => answer(world, &call),
        PhoneCommand::Reject | PhoneCommand::RejectAsBusy | PhoneCommand::HangUp | PhoneCommand::Transfer(None) => {
            // The page knows; it is not told again.
            world.exchange.borrow_mut().calls.insert(call, Phase::Over(CallEvent::HungUp));
        }
        PhoneCommand::Mute(on) => report(world, &call, CallEvent::Muted(on)),
        PhoneCommand::Hold(on) => report(world, &call, CallEvent::Held(on)),
        PhoneCommand::Record(on) => report(world, &call, CallEvent::Recording(on)),
        PhoneCommand::Transfer(Some(_)) if world.chance(20) => report(world, &call, CallEvent::TransferFailed),
        PhoneCommand::Transfer(Some(_)) => end(world, &call, CallEvent::Transferred),
        // Digits change nothing. With the feature `softphone` of call-model there are consultations, which nobody asks for here.
        _ => {}
    }
}

fn dial(world: &World, call: &str) {
    world.exchange.borrow_mut().calls.insert(call.to_owned(), Phase::Ringing);
    let other = |event| {
        let call = call.to_owned();
        move |world: &Rc<World>| {
            if is_ringing(world, &call) {
                end(world, &call, event);
            }
        }
    };
    let failures = [
        CallEvent::Busy,
        CallEvent::NotAnswered,
        CallEvent::Failed { reason: Some("no such number".into()) },
        CallEvent::Dropped,
        CallEvent::HungUp,
    ];
    if world.chance(30) {
        world.plan(world.time_between(0, 20_000), other(world.one_of(&failures).clone()));
    } else {
        let call = call.to_owned();
        world.plan(world.time_between(500, 8_000), move |world| {
            if is_ringing(world, &call) {
                answer(world, &call);
                report(world, &call, CallEvent::Answered);
            }
        });
    }
}

/// Both sides talk; the other one may end it.
fn answer(world: &World, call: &str) {
    if !is_ringing(world, call) {
        return;
    }
    world.exchange.borrow_mut().calls.insert(call.to_owned(), Phase::Talking { since: world.clock() });
    if world.chance(40) {
        let (call, dropped) = (call.to_owned(), world.chance(20));
        world.plan(world.time_between(2_000, 60_000), move |world| {
            if matches!(world.exchange.borrow().calls.get(&call), Some(Phase::Talking { .. })) {
                end(world, &call, if dropped { CallEvent::Dropped } else { CallEvent::HungUp });
            }
        });
    }
}

fn is_ringing(world: &World, call: &str) -> bool {
    world.exchange.borrow().calls.get(call) == Some(&Phase::Ringing)
}

fn end(world: &World, call: &str, event: CallEvent) {
    world.exchange.borrow_mut().calls.insert(call.to_owned(), Phase::Over(event.clone()));
    report(world, call, event);
}

/// A page has come and asks what became of its call.
pub fn resume(world: &World, call: &CallId) {
    let phase = world.exchange.borrow().calls.get(&call.0).cloned();
    let event = match phase {
        Some(Phase::Ringing) => CallEvent::Resumed { answered_at: None },
        Some(Phase::Talking { since }) => CallEvent::Resumed { answered_at: Some(since) },
        Some(Phase::Over(event)) => event,
        None => CallEvent::HungUp,
    };
    report(world, &call.0, event);
}
