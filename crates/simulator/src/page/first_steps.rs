//! The first steps for new users.

use super::kit::icon_button;
use crate::{browser::storage, hubspot::State, i18n::texts};
use web_kit::glyph;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub state: std::rc::Rc<State>,
}

/// Three steps that are marked as done as the user completes them. Once closed they do not appear again.
#[component]
pub fn FirstSteps(props: &Props) -> Html {
    let words = &texts().shell;
    let closed = use_state_eq(|| storage::load::<bool>(storage::FIRST_STEPS).unwrap_or_default());
    if *closed {
        return Html::default();
    }
    let state = &props.state;
    let steps = [
        (words.step_dial, !state.frames.is_empty()),
        (words.step_log_in, !state.calls.is_empty()),
        (words.step_watch, state.calls.iter().any(|call| call.is_done())),
    ];
    let close = {
        let closed = closed.setter();
        Callback::from(move |_| {
            storage::save(storage::FIRST_STEPS, &true);
            closed.set(true);
        })
    };
    let row =
        |(text, done): (&'static str, bool)| html! { <li data-done={done.then_some("")}><span>{ text }</span></li> };
    html! {
        <section class="first-steps" aria-label={words.first_steps} data-test-id="hint">
            <ol>{ for steps.map(row) }</ol>
            { icon_button(glyph::CLOSE, words.close_first_steps, "hint-close", close) }
        </section>
    }
}
