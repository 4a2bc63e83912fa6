use call_model::phone_number;
use stylist::yew::styled_component;
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::START;
use crate::components::{Button, Dropdown, DropdownItem, Glyph, TextField};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

/// Whether the user takes calls, and the means to try one.
#[styled_component]
pub fn Availability() -> Html {
    let texts = texts();
    let cti = use_cti();
    let (available, can_test) = use_state_of(|state| (state.available, state.capabilities.test_incoming));
    let testing = use_state_eq(|| false);
    let class = css!(
        r#"
        .dot { flex: none; width: 10px; height: 10px; border-radius: 50%; background: var(--danger); }
        .dot.on { background: var(--ok); }
        hr { height: 0; margin: 6px 12px; border: 0; border-top: 1px solid var(--line); }
        @media (forced-colors: active) { .dot { forced-color-adjust: none; } }
        "#
    );
    let dot = |on: bool| html! { <span class={classes!("dot", on.then_some("on"))} aria-hidden="true" /> };
    let choice = |value: bool, text: &'static str, test_id: &'static str| {
        let (cti, testing) = (cti.clone(), testing.clone());
        html! {
            <DropdownItem
                stays=true
                checked={available == value}
                {test_id}
                on_select={move |()| {
                    if !value {
                        testing.set(false);
                    }
                    cti.set_available(value);
                }}
            >
                { dot(value) }
                { text }
            </DropdownItem>
        }
    };
    let on_test = {
        let testing = testing.clone();
        move |()| testing.set(!*testing)
    };
    html! {
        <div {class}>
            <Dropdown
                id="availability"
                test_id="toggle-availability"
                menu_label={texts.availability}
                label={html! {
                    <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</>
                }}
                footer={if *testing { html! { <IncomingForm /> } } else { Html::default() }}
            >
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                if can_test {
                    <hr />
                    <DropdownItem
                        stays=true
                        disabled={!available}
                        expanded={*testing}
                        test_id="toggle-incoming-call-option"
                        on_select={on_test}
                    >
                        { texts.trigger_incoming }
                    </DropdownItem>
                }
            </Dropdown>
        </div>
    }
}

/// Who calls in a call that is made up.
#[styled_component]
fn IncomingForm() -> Html {
    let texts = texts();
    let cti = use_cti();
    let number = use_state(|| START.to_owned());
    let class = css!(
        r#"
        display: flex; flex-direction: column; gap: 10px; padding: 8px 12px 12px;
        "#
    );
    let oninput = {
        let number = number.clone();
        move |text: String| {
            // What is on no keypad does not get in; setting the old text again takes it out of the field.
            number.set(phone_number::tidy(&text).unwrap_or_else(|| (*number).clone()));
        }
    };
    let dialable = phone_number::dialable(&number).is_ok();
    let onsubmit = {
        let number = number.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.test_incoming(&number);
        }
    };
    html! {
        <form {class} {onsubmit}>
            <TextField
                id="incoming-number"
                r#type="tel"
                label={texts.incoming_number}
                autocomplete="off"
                test_id="incoming-number-input"
                value={(*number).clone()}
                {oninput}
            />
            <Button r#type="submit" glyph={Glyph::Phone} test_id="incoming-call" disabled={!dialable}>{ texts.call_me }</Button>
        </form>
    }
}
