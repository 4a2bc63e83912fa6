use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A switch with a description.
pub fn switch(
    test_id: &'static str,
    label: &'static str,
    hint: &'static str,
    on: bool,
    on_change: Callback<bool>,
) -> Html {
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_change.emit(input.checked());
        }
    };
    let id = format!("{test_id}-hint");
    html! {
        <div class="switch">
            <label>
                <input type="checkbox" role="switch" checked={on} aria-describedby={id.clone()} data-test-id={test_id} {onchange} />
                <span>{ label }</span>
            </label>
            <p {id}>{ hint }</p>
        </div>
    }
}

/// A field for milliseconds with a description.
pub fn amount(
    test_id: &'static str,
    label: &'static str,
    hint: &'static str,
    ms: u32,
    on_change: Callback<u32>,
) -> Html {
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_change.emit(input.value().trim().parse().unwrap_or_default());
        }
    };
    let id = format!("{test_id}-hint");
    html! {
        <div class="switch">
            <label>
                <input
                    type="number"
                    min="0"
                    max="60000"
                    step="100"
                    value={ms.to_string()}
                    aria-describedby={id.clone()}
                    data-test-id={test_id}
                    {onchange}
                />
                <span>{ label }</span>
            </label>
            <p {id}>{ hint }</p>
        </div>
    }
}
