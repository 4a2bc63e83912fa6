use call_model::phone_number;
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::START;
use crate::components::{Button, Close, Dropdown, DropdownItem, Glyph, TextField};
use crate::hooks::{Cti, use_cti, use_state_of};
use crate::texts::texts;

/// Whether the user takes calls, and the means to try one.
#[hook]
pub fn use_availability() -> Html {
    let texts = texts();
    let cti = use_cti();
    let (available, can_test) = use_state_of(|state| (state.available, state.capabilities.test_incoming));
    // The number in the form for a call that is made up; absent while the form is closed.
    let testing = use_state(|| None::<String>);

    let class = "availability";
    let label = html! { <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</> };
    let footer = testing.as_ref().map(|number| incoming_form(number, &testing, &cti));
    let items = Callback::from(move |_: Close| {
        let choice = |value: bool, text: &'static str, test_id: &'static str| {
            let (cti, testing) = (cti.clone(), testing.clone());
            DropdownItem {
                checked: Some(available == value),
                test_id,
                onclick: Callback::from(move |_| {
                    if !value {
                        testing.set(None);
                    }
                    cti.set_available(value);
                }),
                children: html! { <>{ dot(value) }{ text }</> },
                ..DropdownItem::default()
            }
            .view()
        };
        let is_open = testing.is_some();
        let testing = testing.clone();
        let test = DropdownItem {
            expanded: Some(is_open),
            disabled: !available,
            test_id: "toggle-incoming-call-option",
            onclick: Callback::from(move |_| testing.set((!is_open).then(|| START.to_owned()))),
            children: texts.trigger_incoming.into(),
            ..DropdownItem::default()
        };
        html! {
            <>
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                if can_test {
                    <hr />
                    { test.view() }
                }
            </>
        }
    });
    html! {
        <div {class}>
            <Dropdown
                id="availability"
                test_id="toggle-availability"
                menu_label={texts.availability}
                footer={footer.unwrap_or_default()}
                {label}
                {items}
            />
        </div>
    }
}

fn dot(on: bool) -> Html {
    html! { <span class={if on { "dot on" } else { "dot" }} aria-hidden="true" /> }
}

/// Who calls in a call that is made up.
fn incoming_form(number: &str, testing: &UseStateHandle<Option<String>>, cti: &Cti) -> Html {
    let texts = texts();
    let class = "incoming-form";
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
        value: number.to_owned().into(),
        oninput,
        ..TextField::default()
    };
    let call = Button {
        glyph: Some(Glyph::Phone),
        text: texts.call_me.into(),
        submits: true,
        disabled: phone_number::dialable(number).is_err(),
        test_id: Some("incoming-call"),
        ..Button::default()
    };
    html! { <form {class} {onsubmit}>{ field.view() }{ call.view() }</form> }
}
