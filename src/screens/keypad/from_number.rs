use call_model::{State, phone_number};
use yew::prelude::*;

use crate::account::OwnNumber;
use crate::components::{Dropdown, DropdownItem};
use crate::hooks::Cti;
use crate::screens::view::View;
use crate::texts::texts;

const ID: &str = "from-number";

/// Which of the user's numbers calls.
pub fn from_number(cti: &Cti, state: &State, view: &View, own_numbers: &'static [OwnNumber]) -> Html {
    let texts = texts();
    let item = |own: &'static OwnNumber| {
        let (cti, view) = (cti.clone(), view.clone());
        let item = DropdownItem {
            role: "menuitemradio",
            checked: Some(own.number == state.from_number),
            test_id: own.id,
            ..DropdownItem::PLAIN
        };
        let onclick = Callback::from(move |_| {
            view.leave_menu();
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
    let dropdown = Dropdown {
        id: ID,
        label: phone_number::display(&state.from_number).into(),
        menu_label: texts.own_numbers,
        items: (view.shown().menu == Some(ID)).then(|| own_numbers.iter().map(item).collect()),
        footer: Html::default(),
        upwards: true,
        aria_describedby: Some("from-number-label"),
        test_id: ID,
        on_toggle: view.toggle_menu(ID),
    };
    html! {
        <div class="from-number">
            <span id="from-number-label">{ texts.from_number }</span>
            { dropdown.view() }
        </div>
    }
}
