use yew::prelude::*;
use yew_hooks::prelude::use_effect_once;

use crate::components::glyph;
#[cfg(not(feature = "sip"))]
use crate::hooks::use_cti;
use crate::i18n::texts;
use crate::screens::number_field::{NumberFieldHandle, NumberForm, use_number_field};

#[derive(Properties, PartialEq)]
pub struct TransferProps {
    /// Called when the user has sent the number.
    pub on_done: Callback<()>,
}

/// The field for the number to transfer to; it has the focus.
#[hook]
pub fn use_transfer_field() -> NumberFieldHandle {
    let number = use_number_field();
    {
        let number = number.clone();
        use_effect_once(move || {
            number.set(None);
            number.focus();
            || ()
        });
    }
    number
}

/// The field and its button, with `text` on it.
pub fn transfer_form(number: NumberFieldHandle, text: &'static str, on_submit: impl Fn(String) + 'static) -> Html {
    html! {
        <NumberForm
            handle={number}
            label={texts().transfer_to}
            field_test_id="transfer-number-input"
            glyph={glyph::TRANSFER}
            button_test_id="transfer-call"
            {on_submit}
        >
            { text }
        </NumberForm>
    }
}

/// Transfers the call to another number.
#[cfg(not(feature = "sip"))]
#[component]
pub fn Transfer(props: &TransferProps) -> Html {
    let cti = use_cti();
    let number = use_transfer_field();
    let on_submit = {
        let on_done = props.on_done.clone();
        move |number: String| {
            cti.transfer(&number);
            on_done.emit(());
        }
    };
    transfer_form(number, texts().transfer_call, on_submit)
}
