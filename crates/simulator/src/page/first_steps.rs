//! The first steps.

use super::kit::{Icon, icon_button};
use crate::{browser::storage, hubspot::State, i18n::texts};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub state: std::rc::Rc<State>,
}

/// Three steps that tick themselves off, until they are closed for good.
#[component]
pub fn FirstSteps(props: &Props) -> Html {
    let words = &texts().shell;
    let closed = use_state_eq(|| storage::load::<bool>(storage::HINT).unwrap_or_default());
    if *closed {
        return Html::default();
    }
    let state = &props.state;
    let steps = [
        (words.hint_dial, !state.frames.is_empty()),
        (words.hint_log_in, !state.calls.is_empty()),
        (words.hint_watch, state.calls.iter().any(|call| call.is_done())),
    ];
    let close = {
        let closed = closed.setter();
        Callback::from(move |_| {
            storage::save(storage::HINT, &true);
            closed.set(true);
        })
    };
    let row =
        |(text, done): (&'static str, bool)| html! { <li data-done={done.then_some("")}><span>{ text }</span></li> };
    html! {
        <section class="hint" aria-label={words.hint} data-test-id="hint">
            <ol>{ for steps.map(row) }</ol>
            { icon_button(Icon::Close, words.close_hint, "hint-close", close) }
        </section>
    }
}
