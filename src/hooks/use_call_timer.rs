use super::Cti;
use calling_extensions::message::Ms;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How many whole seconds have gone by since then. Renders again at each turn of a second, so it neither drifts nor
/// depends on when it was first shown.
#[hook]
pub fn use_call_timer(cti: &Cti, since: Ms) -> u32 {
    let update = use_force_update();
    let elapsed = (cti.now() - since).max(0.0) as u64;
    let seconds = (elapsed / 1000) as u32;
    use_effect_with((since, seconds), move |_| {
        let rest = 1000 - (elapsed % 1000) as u32;
        // One more: a timer that fires a moment early would show the same second again.
        let timeout = Timeout::new(rest + 1, move || update.force_update());
        move || drop(timeout)
    });
    seconds
}
