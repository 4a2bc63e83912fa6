use yew::prelude::*;

use crate::components::keypad;
use crate::hooks::Cti;
use crate::texts::texts;

/// Sends digits during a call and shows what was sent.
pub fn in_call_keypad(cti: &Cti, digits: &str) -> Html {
    let texts = texts();
    // The newest digits stay in view: the line runs from right to left, each digit in its own direction.
    let on_key = {
        let cti = cti.clone();
        Callback::from(move |key| cti.send_digit(key))
    };
    html! {
        <div class="in-call-keypad">
            <output data-empty={digits.is_empty().then_some("")} aria-label={texts.digits_sent} aria-live="off">
                if digits.is_empty() { { texts.digits_sent } } else { <bdi>{ digits.to_owned() }</bdi> }
            </output>
            { keypad(texts.keys, &on_key) }
        </div>
    }
}
