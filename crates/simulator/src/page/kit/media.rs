use gloo::{events::EventListener, utils::window};
use yew::prelude::*;

/// Whether the page is narrower than this width in pixels.
#[hook]
pub fn use_narrower_than(pixels: f64) -> bool {
    let narrow = use_state_eq(|| is_narrower(pixels));
    {
        let narrow = narrow.setter();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&window(), "resize", move |_| narrow.set(is_narrower(pixels)));
            move || drop(listener)
        });
    }
    *narrow
}

fn is_narrower(pixels: f64) -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < pixels)
}
