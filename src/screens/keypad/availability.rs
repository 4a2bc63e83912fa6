use std::rc::Rc;

use call_model::State;
use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::components::{Button, Close, Dropdown, DropdownItem, Glyph};
use crate::hooks::Cti;
use crate::screens::number_field::{NumberField, START};
use crate::texts::texts;

/// Whether the user takes calls and hears them ring, and the means to try one. `testing` says whether the form for that is open,
/// `caller` is the number in it.
pub fn availability(cti: &Cti, state: &Rc<State>, testing: &UseStateHandle<bool>, caller: &NumberField) -> Html {
    let texts = texts();
    let available = state.available;
    let label = html! { <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</> };
    let footer = if **testing { incoming_form(caller, cti) } else { Html::default() };
    let (cti, state, testing, caller) = (cti.clone(), state.clone(), testing.clone(), caller.clone());
    let items = Callback::from(move |_: Close| {
        let choice = |value: bool, text: &'static str, test_id: &'static str| {
            let (cti, testing) = (cti.clone(), testing.setter());
            let item = DropdownItem {
                role: "menuitemradio",
                checked: Some(available == value),
                test_id,
                ..DropdownItem::PLAIN
            };
            let onclick = Callback::from(move |_| {
                if !value {
                    testing.set(false);
                }
                cti.set_available(value);
            });
            item.view(html! { <>{ dot(value) }{ text }</> }, onclick)
        };
        let silent = state.silent;
        let ringing = DropdownItem {
            role: "menuitemcheckbox",
            checked: Some(!silent),
            test_id: "ringing",
            ..DropdownItem::PLAIN
        };
        let on_ringing = {
            let cti = cti.clone();
            Callback::from(move |_| cti.set_ringing(silent))
        };
        let is_open = *testing;
        let test = DropdownItem {
            expanded: Some(is_open),
            disabled: !available,
            test_id: "toggle-incoming-call-option",
            ..DropdownItem::PLAIN
        };
        let on_test = {
            let (testing, caller) = (testing.setter(), caller.clone());
            Callback::from(move |_| {
                caller.set_text(START);
                testing.set(!is_open);
            })
        };
        html! {
            <>
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                <hr />
                { ringing.view(texts.ringing.into(), on_ringing) }
                if state.capabilities.test_incoming {
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
fn incoming_form(caller: &NumberField, cti: &Cti) -> Html {
    let texts = texts();
    let onsubmit = {
        let (cti, caller) = (cti.clone(), caller.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            cti.test_incoming(&caller.text());
        }
    };
    let call = Button {
        glyph: Some(Glyph::Phone),
        submits: true,
        disabled: !caller.is_dialable(),
        test_id: Some("incoming-call"),
        ..Button::PLAIN
    };
    html! {
        <form class="number" {onsubmit}>
            <p aria-hidden="true">{ texts.incoming_number }</p>
            { caller.view(texts.incoming_number, "incoming-number-input", "incoming-error") }
            { call.view(texts.call_me.into(), None) }
        </form>
    }
}
