use yew::prelude::*;

/// The keys as they stand, row by row, with the letters that telephones print under them.
const KEYS: [(char, &str); 12] = [
    ('1', ""),
    ('2', "ABC"),
    ('3', "DEF"),
    ('4', "GHI"),
    ('5', "JKL"),
    ('6', "MNO"),
    ('7', "PQRS"),
    ('8', "TUV"),
    ('9', "WXYZ"),
    ('*', ""),
    ('0', "+"),
    ('#', ""),
];

/// The twelve keys of a telephone in a group with this name; `on_key` gets `0` to `9`, `*` or `#`. A click does not move the focus,
/// so that a caret beside the keys stays where it is.
pub fn keypad(label: &'static str, on_key: &Callback<char>) -> Html {
    // The letters are drawn, not written: the text and the name of a key are its digit alone.
    let key = |(key, letters): (char, &'static str)| {
        html! { <button type="button" data-letters={letters} onclick={on_key.reform(move |_| key)}>{ key }</button> }
    };
    html! {
        <div class="keypad" role="group" aria-label={label} onmousedown={|event: MouseEvent| event.prevent_default()}>
            { for KEYS.into_iter().map(key) }
        </div>
    }
}
