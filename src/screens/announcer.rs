use call_model::{Call, CallPhase, Screen, State};
use yew::prelude::*;

use super::parts::other_side;
use crate::hooks::use_cti_selector;
use crate::i18n::{fill, reason_text, texts};

/// Tells a screen reader what has happened. It is always mounted: a region that appears with its text is often not read.
#[component]
pub fn Announcer() -> Html {
    let text = use_cti_selector(announcement);
    html! { <div class="visually-hidden" role="status">{ text }</div> }
}

/// Empty where the new screen is announcement enough.
fn announcement(state: &State) -> AttrValue {
    let texts = texts();
    match (state.screen(), &state.call) {
        (Screen::Login, _) if state.logging_in => texts.logging_in.into(),
        (Screen::Incoming, Some(call)) => fill(texts.incoming_from, &other_side(call).name).into(),
        (Screen::Calling, _) => texts.answered.into(),
        (Screen::CallEnded, Some(Call { phase: CallPhase::WrapUp { reason, .. }, .. })) => reason_text(*reason).into(),
        _ => AttrValue::default(),
    }
}
