use yew::prelude::*;

use super::parts::{Timer, buttons, end_call, gap, other_side, portrait, status};
use crate::components::Screen;
use crate::hooks::{use_cti, use_state_of};
use crate::texts::{fill, texts};

/// The other side's phone rings.
#[component]
pub fn Dialing() -> Html {
    let texts = texts();
    let cti = use_cti();
    let Some((name, since)) = use_state_of(|state| state.call.as_ref().map(|call| (other_side(call), call.started_at)))
    else {
        return Html::default();
    };
    Screen {
        title: fill(texts.dialing, &name).into(),
        top: portrait(true),
        subtitle: status(html! { <Timer {since} /> }),
        children: html! { <>{ gap() }{ buttons(end_call(&cti, texts.end_call)) }</> },
        ..Screen::default()
    }
    .view()
}
