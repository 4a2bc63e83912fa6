use call_model::phone_number;
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::Panel;
use crate::components::{Button, Focus, Glyph, TextField, move_focus_into};
use crate::hooks::Cti;
use crate::texts::texts;

/// Gives the call to another number.
pub fn transfer(cti: &Cti, panel: &UseStateHandle<Panel>, number: &str) -> Html {
    let texts = texts();
    let oninput = {
        let (panel, old) = (panel.setter(), number.to_owned());
        // What is on no keypad does not get in; setting the old text again takes it out of the field.
        Callback::from(move |text: String| {
            panel.set(Panel::Transfer(phone_number::tidy(&text).unwrap_or_else(|| old.clone())));
        })
    };
    let onsubmit = {
        let (cti, panel, number) = (cti.clone(), panel.setter(), number.to_owned());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.transfer(&number);
            // The field goes away with the panel.
            move_focus_into(Focus::Whole);
            panel.set(Panel::None);
        }
    };
    let field = TextField {
        id: "transfer-number",
        r#type: "tel",
        label: texts.transfer_to,
        autocomplete: "off",
        test_id: Some("transfer-number-input"),
        focus: false,
    };
    let send = Button {
        glyph: Some(Glyph::Transfer),
        submits: true,
        disabled: phone_number::dialable(number).is_err(),
        test_id: Some("transfer-call"),
        ..Button::PLAIN
    };
    html! {
        <form class="transfer" {onsubmit}>
            { field.view(Some(number.to_owned().into()), Some(oninput)) }
            { send.view(texts.transfer_call.into(), None) }
        </form>
    }
}
