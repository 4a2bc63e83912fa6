//! Timers that leave nothing behind: one that has fired is freed, which `Timeout::forget` never does.

use calling_extensions::message::Ms;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Running timers, each with a key to cancel it by. Dropping this cancels them all.
pub struct Timers<K> {
    timers: RefCell<Vec<Timer<K>>>,
}

struct Timer<K> {
    key: K,
    has_fired: Rc<Cell<bool>>,
    _timeout: Timeout,
}

impl<K> Default for Timers<K> {
    fn default() -> Self {
        Timers { timers: RefCell::default() }
    }
}

impl<K: PartialEq> Timers<K> {
    /// Calls `then` once, after `delay` milliseconds.
    pub fn start(&self, key: K, delay: Ms, then: impl FnOnce() + 'static) {
        let has_fired = Rc::new(Cell::new(false));
        let fired = has_fired.clone();
        let timeout = Timeout::new(delay as u32, move || {
            fired.set(true);
            then();
        });
        let mut timers = self.timers.borrow_mut();
        timers.retain(|timer| !timer.has_fired.get());
        timers.push(Timer { key, has_fired, _timeout: timeout });
    }

    /// Cancels the timers with this key.
    pub fn cancel(&self, key: &K) {
        self.timers.borrow_mut().retain(|timer| timer.key != *key && !timer.has_fired.get());
    }
}
