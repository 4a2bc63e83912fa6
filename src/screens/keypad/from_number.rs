use call_model::phone_number;
use yew::prelude::*;

use crate::account::OwnNumber;
use crate::components::{Close, Dropdown, DropdownItem};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

/// Which of the user's numbers calls.
#[hook]
pub fn use_from_number(own_numbers: &'static [OwnNumber]) -> Html {
    let texts = texts();
    let cti = use_cti();
    let chosen = use_state_of(|state| state.from_number.clone());
    let class = "from-number";
    let label = html! { phone_number::display(&chosen) };
    let items = Callback::from(move |close: Close| {
        let item = |own: &'static OwnNumber| {
            let (cti, close) = (cti.clone(), close.clone());
            DropdownItem {
                checked: Some(own.number == chosen),
                test_id: own.id,
                onclick: Callback::from(move |_| {
                    close.emit(());
                    cti.choose_from_number(own.number);
                }),
                children: html! {
                    <>
                        <span class="name">{ texts.own_number(own.id) }</span>
                        <span>{ phone_number::display(own.number) }</span>
                    </>
                },
                ..DropdownItem::default()
            }
            .view()
        };
        own_numbers.iter().map(item).collect::<Html>()
    });
    html! {
        <div {class}>
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
