use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Something that is on or off, with what it does.
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

/// A number of milliseconds, with what it does.
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
