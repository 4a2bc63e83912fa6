use yew::prelude::*;

use super::parts::{buttons, on_click, portrait};
use crate::components::{Button, ButtonVariant, Glyph, Screen};
use crate::hooks::Cti;
use crate::texts::texts;

/// The phone cannot hear the user: better to say so than to make silent calls.
pub fn no_microphone(cti: &Cti) -> Html {
    let texts = texts();
    let log_out = Button { variant: ButtonVariant::Secondary, test_id: Some("log-out"), ..Button::PLAIN };
    let ask_again = Button { test_id: Some("ask-again"), ..Button::PLAIN };
    let controls = html! {
        <>
            { log_out.view(texts.log_out.into(), on_click(cti, Cti::log_out)) }
            { ask_again.view(texts.ask_again.into(), on_click(cti, Cti::ask_again)) }
        </>
    };
    Screen {
        key: "no-microphone",
        title: texts.no_microphone_title.into(),
        title_hidden: false,
        top: portrait(Glyph::MicOff, false),
        subtitle: Html::default(),
        children: html! { <><p>{ texts.no_microphone }</p>{ buttons(controls) }</> },
    }
    .view()
}
