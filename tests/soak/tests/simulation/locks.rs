//! The Web Lock for which the pages queue, as a browser and `web_kit::locks` grant it.

use crate::page::Page;
use crate::world::World;
use demo_app_rust::runtime::election::{LockEvent, LockRequest};
use std::rc::Rc;

/// How long it takes until a page hears of its request, in milliseconds: longer than a message to the other pages, so that what the
/// earlier holder has said last arrives before.
const LOCK_TIME: f64 = 2.0;

/// A load of a tab.
type PageId = (usize, u32);

#[derive(Default)]
pub struct Lock {
    holder: Option<PageId>,
    queue: Vec<PageId>,
}

/// A page requests the lock. The request that it has made before is withdrawn.
pub fn request(world: &Rc<World>, page: &Page, request: LockRequest) {
    let id = id(page);
    let mut lock = world.lock.borrow_mut();
    lock.queue.retain(|waiting| *waiting != id);
    match request {
        LockRequest::Queue => lock.queue.push(id),
        LockRequest::IfFree if lock.holder.is_none() && lock.queue.is_empty() => {
            lock.holder = Some(id);
            tell(world, id, request, LockEvent::Granted);
        }
        LockRequest::IfFree => tell(world, id, request, LockEvent::Unavailable),
        LockRequest::Steal => {
            if let Some(earlier) = lock.holder.replace(id) {
                tell(world, earlier, LockRequest::Queue, LockEvent::Lost);
            }
            tell(world, id, request, LockEvent::Granted);
        }
    }
    drop(lock);
    grant(world);
}

/// A page is gone.
pub fn release(world: &Rc<World>, page: &Page) {
    let id = id(page);
    let mut lock = world.lock.borrow_mut();
    lock.queue.retain(|waiting| *waiting != id);
    lock.holder.take_if(|holder| *holder == id);
    drop(lock);
    grant(world);
}

/// The next in the queue gets the lock, if it is free.
fn grant(world: &Rc<World>) {
    let mut lock = world.lock.borrow_mut();
    if lock.holder.is_none() && !lock.queue.is_empty() {
        let next = lock.queue.remove(0);
        lock.holder = Some(next);
        tell(world, next, LockRequest::Queue, LockEvent::Granted);
    }
}

fn tell(world: &World, (tab, loads): PageId, request: LockRequest, event: LockEvent) {
    world.plan(LOCK_TIME, move |world| {
        if let Some(page) = world.page(tab).filter(|page| page.loads == loads) {
            page.elect(world, |election| election.on_lock(request, event));
        }
    });
}

fn id(page: &Page) -> PageId {
    (page.tab(), page.loads)
}
