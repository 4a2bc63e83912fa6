mod availability;
mod from_number;

use call_model::phone_number::{self, NotDialable};
use web_sys::SubmitEvent;
use yew::prelude::*;

use self::availability::use_availability;
use self::from_number::use_from_number;
use super::Choices;
use crate::components::{Button, ButtonVariant, DialField, Glyph, Screen, keypad, use_dial_field};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

/// What the field begins with, and returns to after each call.
pub const START: &str = "+1";

#[derive(Properties, PartialEq)]
pub struct KeypadProps {
    pub choices: Choices,
}

/// No call: a number is chosen and called, by Enter too.
#[component]
pub fn Keypad(props: &KeypadProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    // Only what can be done with the number is kept here: while it stays the same, a key press renders nothing.
    let verdict = use_state_eq(|| verdict(START));
    let on_change = {
        let setter = verdict.setter();
        Callback::from(move |text: String| setter.set(self::verdict(&text)))
    };
    let field = use_dial_field(phone_number::tidy, on_change);

    let requested =
        use_state_of(|state| state.requested.as_ref().map(|request| (request.serial, request.number.clone())));
    {
        let field = field.clone();
        use_effect_with(requested, move |requested| {
            field.set_text(requested.as_ref().map_or(START, |(_, number)| number));
        });
    }
    let availability = use_availability();
    let from_number = use_from_number(props.choices.own_numbers);

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
    let log_out = Button {
        variant: ButtonVariant::Link,
        text: texts.log_out.into(),
        test_id: Some("log-out"),
        onclick: Callback::from(move |_| cti.log_out()),
        ..Button::default()
    };
    let dial_field = DialField {
        handle: &field,
        label: texts.phone_number,
        backspace_label: texts.backspace,
        test_id: "dial-number-input",
        error_id: error.map(|_| "dial-error"),
    };
    let call = Button {
        glyph: Some(Glyph::Phone),
        text: texts.call.into(),
        submits: true,
        disabled: verdict.is_err(),
        test_id: Some("outgoing-call"),
        ..Button::default()
    };
    let bar = "bar";
    let form = "dial";
    Screen {
        title: texts.keypad_title.into(),
        title_hidden: true,
        children: html! {
            <>
                <div class={bar}>
                    { availability }
                    { log_out.view() }
                </div>
                <form class={form} {onsubmit}>
                    { dial_field.view() }
                    if let Some(error) = error {
                        <p class="error" id="dial-error">{ error }</p>
                    }
                    { keypad(texts.keys, &on_key) }
                    { call.view() }
                </form>
                { from_number }
            </>
        },
        ..Screen::default()
    }
    .view()
}

fn verdict(text: &str) -> Result<(), NotDialable> {
    phone_number::dialable(text).map(|_| ())
}
