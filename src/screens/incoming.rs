use call_model::phone_number;
use stylist::yew::styled_component;
use yew::prelude::*;

use super::parts::{EndCall, Records, other_side, person};
use crate::components::{Button, ButtonRow, ScreenLayout, glyph};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::{fill, texts};

/// An incoming call rings.
#[styled_component]
pub fn Incoming() -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_cti_selector(|state| {
        state.call.as_ref().map(|call| (other_side(call), phone_number::display(&call.number)))
    });
    let seconds = use_cti_selector(|state| (state.ring_time / 1000.0).round() as u32);
    let class = css!(
        r#"
        display: flex; flex: 1; flex-direction: column; align-items: center; gap: 4px; min-height: 0;

        & > .hint { max-width: 260px; color: var(--soft); text-align: center; text-wrap: balance; }
        "#
    );
    let Some((other_side, number)) = call else { return Html::default() };
    html! {
        <ScreenLayout
            title={other_side.html()}
            portrait={person(true)}
            above={html! { <div class="status">{ texts.incoming }</div> }}
            status={html! { if !other_side.is_number { <bdi class="phone-number">{ number }</bdi> } }}
        >
            <div {class}>
                <p class="hint">{ fill(texts.transfer_notice, &seconds.to_string()) }</p>
                <Records />
            </div>
            <ButtonRow>
                <EndCall>{ texts.decline }</EndCall>
                <Button
                    glyph={glyph::PHONE}
                    test_id="answer-call"
                    onclick={Callback::from(move |_| cti.answer())}
                >
                    { texts.answer }
                </Button>
            </ButtonRow>
        </ScreenLayout>
    }
}
