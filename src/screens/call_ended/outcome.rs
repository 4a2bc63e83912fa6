use call_model::Disposition;
use stylist::yew::styled_component;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::texts;

/// The choice among the account's outcomes of a call; nothing where it has none.
#[styled_component]
pub fn Outcome() -> Html {
    let texts = texts();
    let cti = use_cti();
    let chosen = use_cti_selector(|state| state.call.as_ref().and_then(|call| call.disposition.clone()));
    let dispositions = use_cti_selector(|state| {
        state.session.as_ref().map(|session| session.account.dispositions.clone()).unwrap_or_default()
    });
    let class = css!(
        r#"
        display: flex; flex: none; flex-wrap: wrap; align-items: center; gap: 6px 12px;

        label { font-size: 13px; font-weight: 600; }
        select {
            flex: 1 1 120px; min-width: 0; height: 44px; padding: 0 10px; border: 1px solid var(--edge); border-radius: 12px;
            background: var(--surface);
        }
        "#
    );
    let onchange = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        cti.set_disposition((!value.is_empty()).then_some(value));
    };
    let option = |Disposition { id, name }: &Disposition| {
        html! { <option value={id.clone()} dir="auto" selected={chosen.as_ref() == Some(id)}>{ name }</option> }
    };
    if dispositions.is_empty() {
        return Html::default();
    }
    html! {
        <div {class}>
            <label for="outcome">{ texts.outcome }</label>
            <select id="outcome" {onchange}>
                <option value="" selected={chosen.is_none()}>{ texts.no_outcome }</option>
                { for dispositions.iter().map(option) }
            </select>
        </div>
    }
}
