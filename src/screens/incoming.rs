use call_model::{Call, phone_number};
use yew::prelude::*;

use super::parts::{buttons, end_call, on_click, other_side, portrait, records, status};
use crate::components::{Button, Glyph, Screen};
use crate::hooks::Cti;
use crate::texts::texts;

/// Somebody calls.
pub fn incoming(cti: &Cti, call: &Call) -> Html {
    let texts = texts();
    let (title, number) = (other_side(call), phone_number::display(&call.number));
    let answer = Button { glyph: Some(Glyph::Phone), test_id: Some("answer-call"), ..Button::PLAIN };
    let answer = answer.view(texts.answer.into(), on_click(cti, Cti::answer));
    let subtitle = if title == number { Html::default() } else { status(number.into()) };
    Screen {
        key: "incoming",
        title: title.into(),
        title_hidden: false,
        top: html! { <>{ portrait(Glyph::Person, true) }{ status(texts.incoming.into()) }</> },
        subtitle,
        children: html! {
            <>
                <div class="incoming">
                    <p class="hint">{ texts.transfer_notice }</p>
                    { records(cti, call) }
                </div>
                { buttons(html! { <>{ end_call(cti, texts.decline) }{ answer }</> }) }
            </>
        },
    }
    .view()
}
