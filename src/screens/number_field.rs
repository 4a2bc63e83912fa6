use call_model::phone_number::{self, NotDialable};
use stylist::yew::styled_component;
use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::components::{Button, ButtonType, DialField, DialFieldHandle, Glyph, use_dial_field};
use crate::config::COUNTRY_PREFIX;
use crate::i18n::texts;

/// A field for a number to be called: its text and what is wrong with it.
#[derive(Clone, PartialEq)]
pub struct NumberFieldHandle {
    field: DialFieldHandle,
    validation: Validation,
}

/// What a component has to render again for: while this stays the same, a key press changes the text of the field alone.
#[derive(Clone, Copy, PartialEq)]
struct Validation {
    /// Why the number cannot be dialled.
    error: Option<NotDialable>,
    /// An edit with a character that is on no keypad was refused.
    refused: bool,
}

/// A field for a number to be called. It takes what [`phone_number::normalize`] accepts, and begins empty.
#[hook]
pub fn use_number_field() -> NumberFieldHandle {
    let validation = use_state_eq(|| Validation { error: Some(NotDialable::TooShort), refused: false });
    let on_change = {
        let validation = validation.setter();
        use_callback((), move |(text, refused): (String, bool), ()| {
            validation.set(Validation { error: phone_number::dialable(&text).err(), refused });
        })
    };
    NumberFieldHandle { field: use_dial_field(phone_number::normalize, on_change), validation: *validation }
}

impl NumberFieldHandle {
    /// Replaces the number; `None` puts the country prefix in.
    pub fn set(&self, number: Option<&str>) {
        self.field.set_text(number.unwrap_or(COUNTRY_PREFIX));
    }

    /// Types a key.
    pub fn press(&self, key: char) {
        self.field.press(key);
    }

    /// Moves the focus into the field.
    pub fn focus(&self) {
        self.field.focus();
    }

    /// Whether the number can be called.
    pub fn is_dialable(&self) -> bool {
        self.validation.error.is_none()
    }

    /// For the form that the field is in: `submit` gets the number, by Enter too.
    pub fn on_submit(&self, submit: Callback<String>) -> Callback<SubmitEvent> {
        let field = self.field.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(field.text());
        })
    }
}

#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    pub handle: NumberFieldHandle,
    /// The accessible name of the field.
    pub label: AttrValue,
    /// `data-test-id` of the field. With `-error` behind it, it is the id of the text below.
    pub test_id: AttrValue,
}

/// The field, and below it what is wrong. A number that is too short is one that is still being typed: that is not wrong.
#[styled_component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let texts = texts();
    let class = css!(r#"margin-top: -4px; font-size: 13px; text-align: center; color: var(--danger);"#);
    let error = match props.handle.validation {
        Validation { refused: true, .. } => Some(texts.not_a_number),
        Validation { error: Some(NotDialable::TooLong), .. } => Some(texts.too_long),
        _ => None,
    };
    let error_id = AttrValue::from([&props.test_id, "-error"].concat());
    html! {
        <>
            <DialField
                handle={props.handle.field.clone()}
                label={&props.label}
                backspace_label={texts.backspace}
                test_id={&props.test_id}
                error_id={error.map(|_| error_id.clone())}
            />
            if let Some(error) = error {
                <p {class} id={error_id} role="alert">{ error }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct NumberFormProps {
    pub handle: NumberFieldHandle,
    /// The label above the field.
    pub label: AttrValue,
    /// `data-test-id` of the field.
    pub field_test_id: AttrValue,
    /// Shown on the button, before its text.
    pub glyph: Glyph,
    /// `data-test-id` of the button.
    pub button_test_id: AttrValue,
    /// The text of the button.
    pub children: Html,
    /// Gets the number.
    pub on_submit: Callback<String>,
}

/// A number with a form of its own: a label above and a button below.
#[styled_component]
pub fn NumberForm(props: &NumberFormProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex-direction: column; gap: 8px;

        & > [aria-hidden] { font-size: 13px; font-weight: 600; }
        "#
    );
    html! {
        <form {class} onsubmit={props.handle.on_submit(props.on_submit.clone())}>
            <p aria-hidden="true">{ &props.label }</p>
            <NumberField handle={props.handle.clone()} label={&props.label} test_id={&props.field_test_id} />
            <Button
                r#type={ButtonType::Submit}
                glyph={props.glyph}
                disabled={!props.handle.is_dialable()}
                test_id={&props.button_test_id}
            >
                { props.children.clone() }
            </Button>
        </form>
    }
}
