use call_model::{Call, phone_number};
use calling_extensions::message::OpenIn;
use yew::prelude::*;

use super::parts::{buttons, caller_names, end_call, on_click, other_side, portrait, status};
use crate::components::{Button, ButtonVariant, Glyph, Screen};
use crate::hooks::Cti;
use crate::texts::texts;

/// Somebody calls.
pub fn incoming(cti: &Cti, call: &Call) -> Html {
    let texts = texts();
    let (title, number, names) = (other_side(call), phone_number::display(&call.number), caller_names(call));
    let only = names.len() == 1;
    let open = Button { variant: ButtonVariant::Link, glyph: Some(Glyph::External), ..Button::PLAIN };
    let record = |(place, name): (usize, String)| {
        let cti = cti.clone();
        let onclick = Callback::from(move |_| cti.open_record(place, OpenIn::NewTab));
        let text = if only { texts.open_record.into() } else { name.into() };
        html! { <li>{ open.view(text, Some(onclick)) }</li> }
    };
    let answer = Button { glyph: Some(Glyph::Phone), test_id: Some("answer-call"), ..Button::PLAIN };
    let answer = answer.view(texts.answer.into(), on_click(cti, Cti::answer));
    let subtitle = if title == number { Html::default() } else { status(number.into()) };
    Screen {
        key: "incoming",
        title: title.into(),
        title_hidden: false,
        top: html! { <>{ portrait(true) }{ status(texts.incoming.into()) }</> },
        subtitle,
        children: html! {
            <>
                <div class="incoming">
                    <p class="hint">{ texts.transfer_notice }</p>
                    if !names.is_empty() {
                        <ul>{ for names.into_iter().map(record) }</ul>
                    }
                </div>
                { buttons(html! { <>{ end_call(cti, texts.decline) }{ answer }</> }) }
            </>
        },
    }
    .view()
}
