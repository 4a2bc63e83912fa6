use super::{Icon, icon};
use yew::prelude::*;

/// A button with only an icon. `label` is its accessible name and tooltip.
pub fn icon_button(picture: Icon, label: &'static str, test_id: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button
            type="button"
            class="button act"
            data-kind="icon"
            data-test-id={test_id}
            aria-label={label}
            title={label}
            {onclick}
        >
            { icon(picture) }
        </button>
    }
}
