use call_model::phone_number;
use stylist::yew::styled_component;
use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::components::{Button, Glyph, TextField};
use crate::hooks::{use_auto_focus, use_cti};
use crate::screens::keypad::START;
use crate::texts::texts;

#[derive(Properties, PartialEq)]
pub struct TransferProps {
    /// The call has been given away, as far as it can be seen here.
    pub on_done: Callback<()>,
}

/// Gives the call to another number.
#[styled_component]
pub fn Transfer(props: &TransferProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let number = use_state(|| START.to_owned());
    let field = use_auto_focus();
    let class = css!(r#"display: flex; flex-direction: column; gap: 12px;"#);
    let oninput = {
        let number = number.clone();
        move |text: String| number.set(phone_number::tidy(&text).unwrap_or_else(|| (*number).clone()))
    };
    let dialable = phone_number::dialable(&number).is_ok();
    let onsubmit = {
        let (number, on_done) = (number.clone(), props.on_done.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.transfer(&number);
            on_done.emit(());
        }
    };
    html! {
        <form {class} {onsubmit}>
            <TextField
                id="transfer-number"
                r#type="tel"
                label={texts.transfer_to}
                autocomplete="off"
                test_id="transfer-number-input"
                value={(*number).clone()}
                node_ref={field}
                {oninput}
            />
            <Button r#type="submit" glyph={Glyph::Transfer} test_id="transfer-call" disabled={!dialable}>{ texts.transfer_call }</Button>
        </form>
    }
}
