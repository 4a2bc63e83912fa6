use call_model::phone_number;
use stylist::yew::styled_component;
use yew::prelude::*;

use crate::account::OwnNumber;
use crate::components::{Dropdown, DropdownItem};
use crate::hooks::{use_cti, use_state_of};
use crate::texts::texts;

#[derive(Properties, PartialEq)]
pub struct FromNumberProps {
    pub own_numbers: &'static [OwnNumber],
}

/// Which of the user's numbers calls.
#[styled_component]
pub fn FromNumber(props: &FromNumberProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let chosen = use_state_of(|state| state.from_number.clone());
    let class = css!(
        r#"
        position: relative; display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center; margin-top: auto; font-size: 14px;

        .name { font-weight: 600; }
        [role="menuitemradio"] { flex-wrap: wrap; gap: 2px 10px; padding: 4px 12px; }
        "#
    );
    let item = |own: &'static OwnNumber| {
        let cti = cti.clone();
        html! {
            <DropdownItem
                checked={own.number == chosen}
                test_id={own.id}
                on_select={move |()| cti.choose_from_number(own.number)}
            >
                <span class="name">{ texts.own_number(own.id) }</span>
                <span>{ phone_number::display(own.number) }</span>
            </DropdownItem>
        }
    };
    html! {
        <div {class}>
            <span id="from-number-label">{ texts.from_number }</span>
            <Dropdown
                id="from-number"
                test_id="from-number"
                upwards=true
                centered=true
                menu_label={texts.own_numbers}
                aria_describedby="from-number-label"
                label={html! { phone_number::display(&chosen) }}
            >
                { for props.own_numbers.iter().map(item) }
            </Dropdown>
        </div>
    }
}
