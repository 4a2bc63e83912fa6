use std::rc::Rc;

use call_model::{State, phone_number};
use yew::prelude::*;

use crate::account::OwnNumber;
use crate::components::{Close, Dropdown, DropdownItem};
use crate::hooks::Cti;
use crate::texts::texts;

/// Which of the user's numbers calls.
pub fn from_number(cti: &Cti, state: &Rc<State>, own_numbers: &'static [OwnNumber]) -> Html {
    let texts = texts();
    let label = Html::from(phone_number::display(&state.from_number));
    let (cti, state) = (cti.clone(), state.clone());
    let items = Callback::from(move |close: Close| {
        let item = |own: &'static OwnNumber| {
            let (cti, close) = (cti.clone(), close.clone());
            let item = DropdownItem {
                role: "menuitemradio",
                checked: Some(own.number == state.from_number),
                test_id: own.id,
                ..DropdownItem::PLAIN
            };
            let onclick = Callback::from(move |_| {
                close.emit(());
                cti.choose_from_number(own.number);
            });
            let children = html! {
                <>
                    <span class="name">{ texts.own_number(own.id) }</span>
                    <span>{ phone_number::display(own.number) }</span>
                </>
            };
            item.view(children, onclick)
        };
        own_numbers.iter().map(item).collect::<Html>()
    });
    html! {
        <div class="from-number">
            <span id="from-number-label">{ texts.from_number }</span>
            <Dropdown
                id="from-number"
                test_id="from-number"
                upwards=true
                menu_label={texts.own_numbers}
                aria_describedby="from-number-label"
                {label}
                {items}
            />
        </div>
    }
}
