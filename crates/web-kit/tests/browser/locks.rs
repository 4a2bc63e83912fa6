use std::cell::RefCell;
use std::rc::Rc;

use super::page::wait_for;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::locks::{Lock, LockEvent, LockManager, LockRequest};

/// One that requests a lock, with what it was told.
struct Client {
    lock: Lock,
    events: Rc<RefCell<Vec<LockEvent>>>,
}

impl Client {
    fn new(name: &str, request: LockRequest) -> Self {
        let events = Rc::<RefCell<Vec<LockEvent>>>::default();
        let on_event = {
            let events = events.clone();
            move |event| events.borrow_mut().push(event)
        };
        Self { lock: LockManager::of_browser().unwrap().request(name, request, on_event), events }
    }

    async fn until(&self, events: &[LockEvent]) {
        wait_for(&format!("{events:?}"), || *self.events.borrow() == events).await;
    }
}

#[test]
async fn requests_are_granted_in_their_order() {
    let first = Client::new("order", LockRequest::Queue);
    let second = Client::new("order", LockRequest::Queue);
    let third = Client::new("order", LockRequest::Queue);
    assert!(first.events.borrow().is_empty(), "no event comes before the request returns");
    first.until(&[LockEvent::Granted]).await;
    assert!(first.lock.is_held());
    drop(first);
    second.until(&[LockEvent::Granted]).await;
    assert!(!third.lock.is_held() && third.events.borrow().is_empty());
    drop(second);
    third.until(&[LockEvent::Granted]).await;
}

#[test]
async fn a_withdrawn_request_leaves_the_lock_to_the_next() {
    let first = Client::new("withdrawn", LockRequest::Queue);
    let second = Client::new("withdrawn", LockRequest::Queue);
    let third = Client::new("withdrawn", LockRequest::Queue);
    first.until(&[LockEvent::Granted]).await;
    let events = second.events.clone();
    drop(second);
    drop(first);
    third.until(&[LockEvent::Granted]).await;
    assert!(events.borrow().is_empty());
}

#[test]
async fn a_lock_that_is_held_is_unavailable() {
    let holder = Client::new("free", LockRequest::IfFree);
    holder.until(&[LockEvent::Granted]).await;
    let other = Client::new("free", LockRequest::IfFree);
    other.until(&[LockEvent::Unavailable]).await;
    assert!(!other.lock.is_held());
    drop(holder);
    let next = Client::new("free", LockRequest::Queue);
    next.until(&[LockEvent::Granted]).await;
    assert_eq!(*other.events.borrow(), [LockEvent::Unavailable]);
}

#[test]
async fn a_stolen_lock_is_lost_and_can_be_requested_again() {
    let holder = Client::new("stolen", LockRequest::Queue);
    holder.until(&[LockEvent::Granted]).await;
    let thief = Client::new("stolen", LockRequest::Steal);
    thief.until(&[LockEvent::Granted]).await;
    holder.until(&[LockEvent::Granted, LockEvent::Lost]).await;
    assert!(!holder.lock.is_held() && thief.lock.is_held());
    let again = Client::new("stolen", LockRequest::Queue);
    drop(holder);
    drop(thief);
    again.until(&[LockEvent::Granted]).await;
}

#[test]
async fn a_refusal_of_the_browser_is_reported() {
    // Names that begin with a hyphen are reserved.
    let client = Client::new("-reserved", LockRequest::Queue);
    client.until(&[LockEvent::Denied]).await;
}

#[test]
async fn an_event_may_drop_its_lock() {
    let slot = Rc::<RefCell<Option<Lock>>>::default();
    let on_event = {
        let slot = slot.clone();
        move |_| drop(slot.take())
    };
    let lock = LockManager::of_browser().unwrap().request("reentrant", LockRequest::Queue, on_event);
    slot.replace(Some(lock));
    Client::new("reentrant", LockRequest::Queue).until(&[LockEvent::Granted]).await;
    assert!(slot.borrow().is_none());
}
