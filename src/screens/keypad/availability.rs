use std::rc::Rc;

use call_model::{State, phone_number};
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::START;
use crate::components::{Button, Close, Dropdown, DropdownItem, Glyph, TextField};
use crate::hooks::Cti;
use crate::texts::texts;

/// Whether the user takes calls, and the means to try one. `testing` is the number in the form for that; absent while it is closed.
pub fn availability(cti: &Cti, state: &Rc<State>, testing: &UseStateHandle<Option<String>>) -> Html {
    let texts = texts();
    let available = state.available;
    let label = html! { <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</> };
    let footer = testing.as_ref().map(|number| incoming_form(number, testing, cti)).unwrap_or_default();
    let (cti, state, testing) = (cti.clone(), state.clone(), testing.clone());
    let items = Callback::from(move |_: Close| {
        let choice = |value: bool, text: &'static str, test_id: &'static str| {
            let (cti, testing) = (cti.clone(), testing.setter());
            let item = DropdownItem { checked: Some(available == value), expanded: None, disabled: false, test_id };
            let onclick = Callback::from(move |_| {
                if !value {
                    testing.set(None);
                }
                cti.set_available(value);
            });
            item.view(html! { <>{ dot(value) }{ text }</> }, onclick)
        };
        let is_open = testing.is_some();
        let test = DropdownItem {
            checked: None,
            expanded: Some(is_open),
            disabled: !available,
            test_id: "toggle-incoming-call-option",
        };
        let on_test = {
            let testing = testing.setter();
            Callback::from(move |_| testing.set((!is_open).then(|| START.to_owned())))
        };
        html! {
            <>
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                if state.capabilities.test_incoming {
                    <hr />
                    { test.view(texts.trigger_incoming.into(), on_test) }
                }
            </>
        }
    });
    html! {
        <div class="availability">
            <Dropdown
                id="availability"
                test_id="toggle-availability"
                menu_label={texts.availability}
                {footer}
                {label}
                {items}
            />
        </div>
    }
}

fn dot(on: bool) -> Html {
    html! { <span class="dot" data-on={on.then_some("")} aria-hidden="true" /> }
}

/// Who calls in a call that is made up.
fn incoming_form(number: &str, testing: &UseStateHandle<Option<String>>, cti: &Cti) -> Html {
    let texts = texts();
    let oninput = {
        let (testing, old) = (testing.setter(), number.to_owned());
        // What is on no keypad does not get in; setting the old text again takes it out of the field.
        Callback::from(move |text: String| testing.set(Some(phone_number::tidy(&text).unwrap_or_else(|| old.clone()))))
    };
    let onsubmit = {
        let (cti, number) = (cti.clone(), number.to_owned());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.test_incoming(&number);
        }
    };
    let field = TextField {
        id: "incoming-number",
        r#type: "tel",
        label: texts.incoming_number,
        autocomplete: "off",
        test_id: Some("incoming-number-input"),
        focus: false,
    };
    let call = Button {
        glyph: Some(Glyph::Phone),
        submits: true,
        disabled: phone_number::dialable(number).is_err(),
        test_id: Some("incoming-call"),
        ..Button::PLAIN
    };
    html! {
        <form class="incoming-form" {onsubmit}>
            { field.view(Some(number.to_owned().into()), Some(oninput)) }
            { call.view(texts.call_me.into(), None) }
        </form>
    }
}
