mod availability;
mod from_number;

use web_sys::SubmitEvent;
use yew::prelude::*;

use self::availability::availability;
use self::from_number::from_number;
use super::ScreenProps;
use super::number_field::{START, use_number_field};
use super::parts::{calling_window, on_click};
use crate::components::{Button, ButtonVariant, Glyph, Screen, keypad};
use crate::hooks::Cti;
use crate::texts::texts;

/// No call: a number is chosen and called, by Enter too.
#[component]
pub fn Keypad(props: &ScreenProps) -> Html {
    let texts = texts();
    let ScreenProps { cti, state, choices } = props;
    let field = use_number_field();
    {
        let (field, state) = (field.clone(), state.clone());
        use_effect_with(state.requested.as_ref().map(|request| request.serial), move |_| {
            field.set_text(state.requested.as_ref().map_or(START, |request| &request.number));
        });
    }
    // The form for a call that is made up: whether it is open, and the number in it.
    let testing = use_state_eq(bool::default);
    let caller = use_number_field();

    let on_key = {
        let field = field.clone();
        Callback::from(move |key| field.press(key))
    };
    let onsubmit = {
        let (cti, field) = (cti.clone(), field.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.dial(&field.text());
        }
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
                    { availability(cti, state, &testing, &caller) }
                    { calling_window(state) }
                    { log_out.view(texts.log_out.into(), on_click(cti, Cti::log_out)) }
                </div>
                <form class="dial" {onsubmit}>
                    { field.view(texts.phone_number, "dial-number-input", "dial-error") }
                    { keypad(texts.keys, &on_key) }
                    { call.view(texts.call.into(), None) }
                </form>
                { from_number(cti, state, choices.own_numbers) }
            </>
        },
    }
    .view()
}
