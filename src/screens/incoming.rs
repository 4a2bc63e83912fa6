use call_model::phone_number;
use calling_extensions::message::OpenIn;
use stylist::yew::styled_component;
use yew::prelude::*;

use super::parts::{Buttons, EndCall, Portrait, Status, caller_names, other_side};
use crate::components::{Button, ButtonVariant, Glyph, Screen};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

/// Somebody calls.
#[styled_component]
pub fn Incoming() -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_state_of(|state| {
        state.call.as_ref().map(|call| (other_side(call), phone_number::display(&call.number), caller_names(call)))
    });
    let Some((title, number, names)) = call else { return Html::default() };
    let class = css!(
        r#"
        display: flex; flex: 1; flex-direction: column; align-items: center; gap: 4px; min-height: 0;

        .hint { max-width: 260px; color: var(--soft); text-align: center; text-wrap: balance; }
        ul { width: 100%; max-width: 344px; margin: 8px 0 0; padding: 0; overflow: auto; list-style: none; }
        li button { width: 100%; }
        "#
    );
    let record = |(place, name): &(usize, String)| {
        let (cti, place) = (cti.clone(), *place);
        html! {
            <li key={place}>
                <Button
                    variant={ButtonVariant::Link}
                    glyph={Glyph::External}
                    onclick={move |_| cti.open_record(place, OpenIn::NewTab)}
                >
                    { if names.len() == 1 { texts.open_record.to_owned() } else { name.clone() } }
                </Button>
            </li>
        }
    };
    let on_answer = {
        let cti = cti.clone();
        move |_| cti.answer()
    };
    html! {
        <Screen
            title={title.clone()}
            top={html! { <><Portrait rings=true /><Status>{ texts.incoming }</Status></> }}
            subtitle={html! {
                if title != number { <Status>{ number }</Status> }
            }}
        >
            <div {class}>
                <p class="hint">{ texts.transfer_notice }</p>
                if !names.is_empty() {
                    <ul>{ for names.iter().map(record) }</ul>
                }
            </div>
            <Buttons>
                <EndCall label={texts.decline} />
                <Button glyph={Glyph::Phone} test_id="answer-call" onclick={on_answer}>{ texts.answer }</Button>
            </Buttons>
        </Screen>
    }
}
