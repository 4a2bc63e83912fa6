use yew::prelude::*;

use super::parts::{buttons, portrait};
use crate::components::{Button, ButtonVariant, Screen};
use crate::hooks::use_cti;
use crate::texts::texts;

/// The phone cannot hear the user: better to say so than to make silent calls.
#[component]
pub fn NoMicrophone() -> Html {
    let texts = texts();
    let cti = use_cti();
    let log_out = {
        let cti = cti.clone();
        Callback::from(move |_| cti.log_out())
    };
    let ask_again = Callback::from(move |_| cti.ask_again());
    let log_out = Button {
        variant: ButtonVariant::Secondary,
        text: texts.log_out.into(),
        onclick: log_out,
        test_id: Some("log-out"),
        ..Button::default()
    };
    let ask_again =
        Button { text: texts.ask_again.into(), onclick: ask_again, test_id: Some("ask-again"), ..Button::default() };
    Screen {
        title: texts.no_microphone_title.into(),
        top: portrait(false),
        children: html! { <><p>{ texts.no_microphone }</p>{ buttons(html! { <>{ log_out.view() }{ ask_again.view() }</> }) }</> },
        ..Screen::default()
    }
    .view()
}
