use call_model::phone_number;
use calling_extensions::message::OpenIn;
use yew::prelude::*;

use super::parts::{buttons, caller_names, end_call, other_side, portrait, status};
use crate::components::{Button, ButtonVariant, Glyph, Screen};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

/// Somebody calls.
#[component]
pub fn Incoming() -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_state_of(|state| {
        state.call.as_ref().map(|call| (other_side(call), phone_number::display(&call.number), caller_names(call)))
    });
    let Some((title, number, names)) = call else { return Html::default() };
    let class = "incoming";
    let only = names.len() == 1;
    let record = |(place, name): (usize, String)| {
        let cti = cti.clone();
        let open = Button {
            variant: ButtonVariant::Link,
            glyph: Some(Glyph::External),
            text: if only { texts.open_record.into() } else { name.into() },
            onclick: Callback::from(move |_| cti.open_record(place, OpenIn::NewTab)),
            ..Button::default()
        };
        html! { <li>{ open.view() }</li> }
    };
    let answer = {
        let cti = cti.clone();
        Button {
            glyph: Some(Glyph::Phone),
            text: texts.answer.into(),
            test_id: Some("answer-call"),
            onclick: Callback::from(move |_| cti.answer()),
            ..Button::default()
        }
    };
    let subtitle = if title == number { Html::default() } else { status(number.into()) };
    Screen {
        title: title.into(),
        top: html! { <>{ portrait(true) }{ status(texts.incoming.into()) }</> },
        subtitle,
        children: html! {
            <>
                <div {class}>
                    <p class="hint">{ texts.transfer_notice }</p>
                    if !names.is_empty() {
                        <ul>{ for names.into_iter().map(record) }</ul>
                    }
                </div>
                { buttons(html! { <>{ end_call(&cti, texts.decline) }{ answer.view() }</> }) }
            </>
        },
        ..Screen::default()
    }
    .view()
}
