use stylist::yew::styled_component;
use yew::prelude::*;

use crate::components::DialPad;
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

/// Sends digits during a call and shows those that were sent.
#[styled_component]
pub fn InCallKeypad() -> Html {
    let texts = texts();
    let cti = use_cti();
    let digits = use_cti_selector(|state| state.call.as_ref().map(|call| call.digits.clone())).unwrap_or_default();
    // The newest digits stay in view: the line runs from right to left, each digit in its own direction.
    let class = css!(
        r#"
        display: flex; flex-direction: column; gap: clamp(4px, 1.2vh, 10px);

        output {
            display: block; height: 28px; overflow: hidden; direction: rtl; text-align: center; white-space: nowrap;
            font-size: 18px; font-weight: 500; letter-spacing: .08em; font-variant-numeric: tabular-nums;
        }
        .empty {
            direction: ltr; font-size: 13px; line-height: 28px; font-weight: 400; letter-spacing: 0; color: var(--soft);
        }
        bdi { unicode-bidi: isolate-override; direction: ltr; }
        "#
    );
    let on_key = use_callback(cti, |key: char, cti| cti.send_digit(key));
    html! {
        <div {class}>
            <output class={digits.is_empty().then_some("empty")} aria-label={texts.digits_sent} aria-live="off">
                if digits.is_empty() { { texts.digits_sent } } else { <bdi>{ digits }</bdi> }
            </output>
            <DialPad label={texts.keys} {on_key} compact=true />
        </div>
    }
}
