use stylist::css;
use yew::prelude::*;

use crate::components::keypad;
use crate::hooks::Cti;
use crate::texts::texts;

/// Sends digits during a call and shows what was sent.
pub fn in_call_keypad(cti: &Cti, digits: &str) -> Html {
    let texts = texts();
    // The newest digits stay in view: the line runs from right to left, each digit in its own direction.
    let class = css!(
        r#"
        display: flex; flex-direction: column; gap: clamp(4px, 1.2vh, 10px); --key: clamp(40px, 7.2vh, 48px);

        output {
            display: block; height: 28px; overflow: hidden; direction: rtl; text-align: center; white-space: nowrap; font-size: 18px;
            font-weight: 500; letter-spacing: .08em; font-variant-numeric: tabular-nums;
        }
        output.none { direction: ltr; font-size: 13px; line-height: 28px; font-weight: 400; letter-spacing: 0; color: var(--soft); }
        bdi { unicode-bidi: isolate-override; direction: ltr; }
        "#
    );
    let on_key = {
        let cti = cti.clone();
        Callback::from(move |key| cti.send_digit(key))
    };
    html! {
        <div {class}>
            <output class={digits.is_empty().then_some("none")} aria-label={texts.digits_sent} aria-live="off">
                if digits.is_empty() { { texts.digits_sent } } else { <bdi>{ digits.to_owned() }</bdi> }
            </output>
            { keypad(texts.keys, &on_key) }
        </div>
    }
}
