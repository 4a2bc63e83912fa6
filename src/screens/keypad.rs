mod availability;
mod from_number;

use call_model::State;
use yew::prelude::*;

use self::availability::availability;
use self::from_number::from_number;
use super::Choices;
use super::parts::{calling_window, on_click};
use super::view::View;
use crate::components::{Button, ButtonVariant, Glyph, Screen, keypad as keys};
use crate::hooks::Cti;
use crate::texts::texts;

/// No call: a number is chosen and called, by Enter too.
pub fn keypad(cti: &Cti, state: &State, view: &View, choices: Choices) -> Html {
    let texts = texts();
    let field = &view.dial;
    let on_key = {
        let field = field.clone();
        Callback::from(move |key| field.press(key))
    };
    let onsubmit = {
        let cti = cti.clone();
        field.on_submit(Callback::from(move |number: String| cti.dial(&number)))
    };
    let log_out = Button { variant: ButtonVariant::Link, test_id: Some("log-out"), ..Button::PLAIN };
    let call = Button {
        glyph: Some(Glyph::Phone),
        submits: true,
        disabled: !field.is_dialable(),
        test_id: Some("outgoing-call"),
        ..Button::PLAIN
    };
    Screen {
        key: "keypad",
        title: texts.keypad_title.into(),
        title_hidden: true,
        top: Html::default(),
        subtitle: Html::default(),
        children: html! {
            <>
                <div class="bar">
                    { availability(cti, state, view) }
                    { calling_window(state) }
                    { log_out.view(texts.log_out.into(), on_click(cti, Cti::log_out)) }
                </div>
                <form class="dial" {onsubmit}>
                    { field.view(texts.phone_number, "dial-number-input", "dial-error") }
                    { keys(texts.keys, &on_key) }
                    { call.view(texts.call.into(), None) }
                </form>
                { from_number(cti, state, view, choices.own_numbers) }
            </>
        },
    }
    .view()
}
