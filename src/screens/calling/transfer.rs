use yew::prelude::*;

use crate::components::{Button, Focus, Glyph, move_focus_into};
use crate::hooks::Cti;
use crate::screens::view::{Panel, View};
use crate::texts::texts;

/// Gives the call to another number.
pub fn transfer(cti: &Cti, view: &View) -> Html {
    let texts = texts();
    let submit = {
        let (cti, view) = (cti.clone(), view.clone());
        Callback::from(move |number: String| {
            cti.transfer(&number);
            // The field goes away with the panel.
            move_focus_into(Focus::Whole);
            view.set_panel(Panel::None);
        })
    };
    let names = [texts.transfer_to, "transfer-number-input", "transfer-error"];
    let send = Button { glyph: Some(Glyph::Transfer), test_id: Some("transfer-call"), ..Button::PLAIN };
    view.transfer.form(names, send, texts.transfer_call, submit)
}
