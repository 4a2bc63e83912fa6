use super::use_cti;
use calling_extensions::message::Ms;
use gloo::timers::callback::Timeout;
use yew::prelude::*;
use yew_hooks::prelude::use_update;

/// How many whole seconds have passed since then. Renders the component again at each turn of a second, so it neither drifts
/// nor depends on when it was first shown. `since` is in milliseconds since 1970.
#[hook]
pub fn use_call_timer(since: Ms) -> u32 {
    let cti = use_cti();
    let update = use_update();
    let elapsed = (cti.now() - since).max(0.0) as u64;
    let seconds = (elapsed / 1000) as u32;
    // After each render, also when the second is the same: the clock of a computer may be set back.
    use_effect(move || {
        let rest = 1000 - (elapsed % 1000) as u32;
        // One more: a timer that fires a moment early would show the same second again.
        let timeout = Timeout::new(rest + 1, move || update());
        move || drop(timeout)
    });
    seconds
}
