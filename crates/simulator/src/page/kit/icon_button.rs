use web_kit::{Glyph, Icon};
use yew::prelude::*;

/// A button that is a picture alone; `label` is its name, and what the pointer is told.
pub fn icon_button(glyph: Glyph, label: &'static str, test_id: &'static str, onclick: Callback<MouseEvent>) -> Html {
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
            <Icon {glyph} />
        </button>
    }
}
