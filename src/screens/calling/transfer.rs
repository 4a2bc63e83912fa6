use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::components::{Button, Focus, Glyph, move_focus_into};
use crate::hooks::Cti;
use crate::screens::view::{Panel, View};
use crate::texts::texts;

/// Gives the call to another number.
pub fn transfer(cti: &Cti, view: &View) -> Html {
    let (texts, number) = (texts(), &view.transfer);
    let onsubmit = {
        let (cti, view) = (cti.clone(), view.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.transfer(&view.transfer.text());
            // The field goes away with the panel.
            move_focus_into(Focus::Whole);
            view.set_panel(Panel::None);
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
