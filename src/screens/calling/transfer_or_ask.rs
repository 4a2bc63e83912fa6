use call_model::Consult;
use stylist::yew::styled_component;
use yew::prelude::*;

use super::transfer::{TransferProps, transfer_form, use_transfer_field};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

/// Transfers the call to another number; where the phone system can do it, the user may ask there first.
#[styled_component]
pub fn TransferOrAsk(props: &TransferProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let can_ask = use_cti_selector(|state| state.can_consult);
    let asks = use_state_eq(|| false);
    let number = use_transfer_field();
    let asks_first = can_ask && *asks;
    let on_submit = {
        let on_done = props.on_done.clone();
        move |number: String| {
            if asks_first {
                cti.consult(Consult::Begin(number));
            } else {
                cti.transfer(&number);
            }
            on_done.emit(());
        }
    };
    let onchange = {
        let asks = asks.clone();
        Callback::from(move |_: Event| asks.set(!*asks))
    };
    html! {
        <>
            { transfer_form(number, if asks_first { texts.call } else { texts.transfer_call }, on_submit) }
            if can_ask {
                <label class={css!("
                    display: flex;
                    align-items: center;
                    gap: 10px;
                    margin-top: 14px;
                    input { width: 20px; height: 20px; margin: 0; accent-color: var(--fill); }
                ")}>
                    <input type="checkbox" data-test-id="ask-first" checked={*asks} {onchange} />
                    { texts.ask_first }
                </label>
            }
        </>
    }
}
