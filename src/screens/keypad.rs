mod availability;
mod from_number;

use call_model::phone_number::{self, NotDialable};
use web_sys::SubmitEvent;
use yew::prelude::*;

use self::availability::availability;
use self::from_number::from_number;
use super::ScreenProps;
use super::parts::on_click;
use crate::components::{Button, ButtonVariant, DialField, Glyph, Screen, keypad, use_dial_field};
use crate::hooks::Cti;
use crate::texts::texts;

/// What the field begins with, and returns to after each call.
pub const START: &str = "+1";

/// No call: a number is chosen and called, by Enter too.
#[component]
pub fn Keypad(props: &ScreenProps) -> Html {
    let texts = texts();
    let ScreenProps { cti, state, choices } = props;
    // Only what can be done with the number is kept here: while it stays the same, a key press renders nothing.
    let verdict = use_state_eq(|| verdict(START));
    let on_change = {
        let setter = verdict.setter();
        Callback::from(move |text: String| setter.set(self::verdict(&text)))
    };
    let field = use_dial_field(phone_number::tidy, on_change);
    {
        let (field, state) = (field.clone(), state.clone());
        use_effect_with(state.requested.as_ref().map(|request| request.serial), move |_| {
            field.set_text(state.requested.as_ref().map_or(START, |request| &request.number));
        });
    }
    // The number in the form for a call that is made up; absent while the form is closed.
    let testing = use_state(|| None::<String>);

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
    let error = match *verdict {
        Err(NotDialable::TooLong) => Some(texts.too_long),
        _ => None,
    };
    let log_out = Button { variant: ButtonVariant::Link, test_id: Some("log-out"), ..Button::PLAIN };
    let dial_field = DialField {
        handle: &field,
        label: texts.phone_number,
        backspace_label: texts.backspace,
        test_id: "dial-number-input",
        error_id: error.map(|_| "dial-error"),
    };
    let call = Button {
        glyph: Some(Glyph::Phone),
        submits: true,
        disabled: verdict.is_err(),
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
                    { availability(cti, state, &testing) }
                    { log_out.view(texts.log_out.into(), on_click(cti, Cti::log_out)) }
                </div>
                <form class="dial" {onsubmit}>
                    { dial_field.view() }
                    if let Some(error) = error {
                        <p class="error" id="dial-error">{ error }</p>
                    }
                    { keypad(texts.keys, &on_key) }
                    { call.view(texts.call.into(), None) }
                </form>
                { from_number(cti, state, choices.own_numbers) }
            </>
        },
    }
    .view()
}

fn verdict(text: &str) -> Result<(), NotDialable> {
    phone_number::dialable(text).map(|_| ())
}
