use yew::prelude::*;
use yew_hooks::prelude::use_effect_once;

use crate::components::glyph;
use crate::hooks::use_cti;
use crate::i18n::texts;
use crate::screens::number_field::{NumberForm, use_number_field};

#[derive(Properties, PartialEq)]
pub struct TransferProps {
    /// Called when the user has sent the number.
    pub on_done: Callback<()>,
}

/// Transfers the call to another number.
#[component]
pub fn Transfer(props: &TransferProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let number = use_number_field();
    {
        let number = number.clone();
        use_effect_once(move || {
            number.set(None);
            number.focus();
            || ()
        });
    }
    let on_submit = {
        let on_done = props.on_done.clone();
        move |number: String| {
            cti.transfer(&number);
            on_done.emit(());
        }
    };
    html! {
        <NumberForm
            handle={number}
            label={texts.transfer_to}
            field_test_id="transfer-number-input"
            glyph={glyph::TRANSFER}
            button_test_id="transfer-call"
            {on_submit}
        >
            { texts.transfer_call }
        </NumberForm>
    }
}
