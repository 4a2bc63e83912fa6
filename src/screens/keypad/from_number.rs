use call_model::{OwnNumber, phone_number};
use stylist::yew::styled_component;
use yew::prelude::*;

use crate::components::{Menu, MenuItem, MenuItemRole, MenuPlacement};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

/// The choice among the user's numbers; nothing where the account has none.
#[styled_component]
pub fn FromNumber() -> Html {
    let texts = texts();
    let cti = use_cti();
    let chosen = use_cti_selector(|state| state.from_number.clone());
    let numbers = use_cti_selector(|state| {
        state.session.as_ref().map(|session| session.account.numbers.clone()).unwrap_or_default()
    });
    let class = css!(
        r#"
        position: relative; display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center;
        margin-top: auto; font-size: 14px;

        .name {
            display: -webkit-box; min-width: 0; overflow: hidden; font-weight: 600; overflow-wrap: anywhere;
            -webkit-box-orient: vertical; -webkit-line-clamp: 3;
        }
        [role="menuitemradio"] { display: grid; grid-template-columns: minmax(0, 1fr) 18px; gap: 0 16px; padding: 7px 12px; }
        .mark { grid-area: 1 / 2 / 3; align-items: center; }
        @media (max-width: 160px) { [role="menuitemradio"] { display: block; padding: 7px 4px; } }
        "#
    );
    let item = |own: &OwnNumber| {
        let (cti, number) = (cti.clone(), own.number.clone());
        html! {
            <MenuItem
                role={MenuItemRole::Radio}
                checked={own.number == chosen}
                test_id={own.id.clone()}
                onclick={move |_| cti.choose_from_number(&number)}
            >
                <bdi class="name" title={own.name.clone()}>{ &own.name }</bdi>
                <bdi class="phone-number">{ phone_number::display(&own.number) }</bdi>
            </MenuItem>
        }
    };
    if numbers.is_empty() {
        return Html::default();
    }
    html! {
        <div {class}>
            <span id="from-number-label">{ texts.from_number }</span>
            <Menu
                id="from-number"
                test_id="from-number"
                placement={MenuPlacement::Above}
                menu_label={texts.own_numbers}
                aria_describedby="from-number-label"
                label={html! { <bdi class="phone-number">{ phone_number::display(&chosen) }</bdi> }}
            >
                { for numbers.iter().map(item) }
            </Menu>
        </div>
    }
}
