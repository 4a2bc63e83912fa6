use super::Cti;
use calling_extensions::message::Ms;
use gloo::timers::callback::Timeout;
use yew::prelude::*;
use yew_hooks::prelude::use_update;

/// How many whole seconds have gone by since then; 0 and no more when nothing is timed. Renders again at each turn of a second,
/// so it neither drifts nor depends on when it was first shown.
#[hook]
pub fn use_call_timer(cti: &Cti, since: Option<Ms>) -> u32 {
    let update = use_update();
    let elapsed = since.map_or(0, |since| (cti.now() - since).max(0.0) as u64);
    let seconds = (elapsed / 1000) as u32;
    use_effect_with((since, seconds), move |(since, _)| {
        let rest = 1000 - (elapsed % 1000) as u32;
        // One more: a timer that fires a moment early would show the same second again.
        let timeout = since.map(|_| Timeout::new(rest + 1, move || update()));
        move || drop(timeout)
    });
    seconds
}
