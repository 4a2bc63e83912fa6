use call_model::State;
use yew::prelude::*;

use crate::components::{Button, Dropdown, DropdownItem, Glyph};
use crate::hooks::Cti;
use crate::screens::number_field::NumberField;
use crate::screens::view::View;
use crate::texts::texts;

const ID: &str = "availability";

/// Whether the user takes calls and hears them ring, and the means to try one.
pub fn availability(cti: &Cti, state: &State, view: &View) -> Html {
    let texts = texts();
    let available = state.available;
    let shown = view.shown();
    let choice = |value: bool, text: &'static str, test_id: &'static str| {
        let (cti, view) = (cti.clone(), view.clone());
        let item =
            DropdownItem { role: "menuitemradio", checked: Some(available == value), test_id, ..DropdownItem::PLAIN };
        let onclick = Callback::from(move |_| {
            if !value {
                view.set_testing(false);
            }
            cti.set_available(value);
        });
        item.view(html! { <>{ dot(value) }{ text }</> }, onclick)
    };
    let test = || {
        let is_open = shown.testing;
        let item = DropdownItem {
            expanded: Some(is_open),
            disabled: !available,
            test_id: "toggle-incoming-call-option",
            ..DropdownItem::PLAIN
        };
        let view = view.clone();
        let onclick = Callback::from(move |_| view.set_testing(!is_open));
        item.view(texts.trigger_incoming.into(), onclick)
    };
    let ringing = || {
        let (silent, cti) = (state.silent, cti.clone());
        let item = DropdownItem {
            role: "menuitemcheckbox",
            checked: Some(!silent),
            test_id: "ringing",
            ..DropdownItem::PLAIN
        };
        item.view(texts.ringing.into(), Callback::from(move |_| cti.set_ringing(silent)))
    };
    let items = (shown.menu == Some(ID)).then(|| {
        html! {
            <>
                { choice(true, texts.available, "user-available") }
                { choice(false, texts.unavailable, "user-unavailable") }
                <hr />
                { ringing() }
                { state.capabilities.test_incoming.then(test) }
            </>
        }
    });
    let dropdown = Dropdown {
        id: ID,
        label: html! { <>{ dot(available) }{ if available { texts.available } else { texts.unavailable } }</> },
        menu_label: texts.availability,
        items,
        footer: if shown.testing { incoming_form(&view.caller, cti) } else { Html::default() },
        upwards: false,
        aria_describedby: None,
        test_id: "toggle-availability",
        on_toggle: view.toggle_menu(ID),
    };
    html! { <div class="availability">{ dropdown.view() }</div> }
}

fn dot(on: bool) -> Html {
    html! { <span class="dot" data-on={on.then_some("")} aria-hidden="true" /> }
}

/// Who calls in a call that is made up.
fn incoming_form(caller: &NumberField, cti: &Cti) -> Html {
    let (texts, cti) = (texts(), cti.clone());
    let names = [texts.incoming_number, "incoming-number-input", "incoming-error"];
    let call = Button { glyph: Some(Glyph::Phone), test_id: Some("incoming-call"), ..Button::PLAIN };
    caller.form(names, call, texts.call_me, Callback::from(move |number: String| cti.test_incoming(&number)))
}
