use web_sys::SubmitEvent;
use yew::prelude::*;

use super::Panel;
use crate::components::{Button, Focus, Glyph, move_focus_into};
use crate::hooks::Cti;
use crate::screens::number_field::NumberField;
use crate::texts::texts;

/// Gives the call to another number.
pub fn transfer(cti: &Cti, panel: &UseStateHandle<Panel>, number: &NumberField) -> Html {
    let texts = texts();
    let onsubmit = {
        let (cti, panel, number) = (cti.clone(), panel.setter(), number.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.transfer(&number.text());
            // The field goes away with the panel.
            move_focus_into(Focus::Whole);
            panel.set(Panel::None);
        }
    };
    let send = Button {
        glyph: Some(Glyph::Transfer),
        submits: true,
        disabled: !number.is_dialable(),
        test_id: Some("transfer-call"),
        ..Button::PLAIN
    };
    html! {
        <form class="number" {onsubmit}>
            <p aria-hidden="true">{ texts.transfer_to }</p>
            { number.view(texts.transfer_to, "transfer-number-input", "transfer-error") }
            { send.view(texts.transfer_call.into(), None) }
        </form>
    }
}
