use stylist::yew::styled_component;
use yew::prelude::*;

/// The keys row by row, with the letters that telephones print under them.
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

#[derive(Properties, PartialEq)]
pub struct DialPadProps {
    /// The accessible name of the group of keys.
    pub label: AttrValue,
    /// Gets `0` to `9`, `*` or `#`.
    pub on_key: Callback<char>,
    /// Smaller keys, where other controls need the height.
    #[prop_or_default]
    pub compact: bool,
}

/// The twelve keys of a telephone. A click does not move the focus, so that the caret of a field beside them stays where it is.
#[styled_component]
pub fn DialPad(props: &DialPadProps) -> Html {
    // The letters are drawn, not written: the text and the name of a key are its digit alone.
    let class = css!(
        r#"
        display: grid; grid-template-columns: repeat(3, minmax(0, 88px)); justify-content: center;
        gap: clamp(4px, 1.4vh, 10px) clamp(3px, 3.75vw, 12px);

        & > button {
            display: flex; flex-direction: column; align-items: center; justify-content: center;
            height: clamp(40px, 14.6vh - 31px, 64px); font-size: 22px; font-weight: 500; line-height: 1.1;
            border: 1px solid var(--line); border-radius: 14px; background: var(--surface); box-shadow: var(--shadow);
            transition: background-color .12s;
        }
        &.compact > button { height: clamp(40px, 7.2vh, 48px); }
        & > button::after {
            content: attr(data-letters) / ""; height: 12px; font-size: 9px; letter-spacing: .12em; color: var(--soft);
        }
        @media (max-width: 200px) { & > button::after { content: none; } }
        & > button:hover { background: var(--hover); }
        & > button:active { background: var(--accent-soft); border-color: var(--accent); }
        @media (forced-colors: active) { & > button { border-color: ButtonText; } }
        "#
    );
    let key = |(key, letters): (char, &'static str)| {
        html! { <button type="button" data-letters={letters} onclick={props.on_key.reform(move |_| key)}>{ key }</button> }
    };
    html! {
        <div
            class={classes!(class, props.compact.then_some("compact"))}
            role="group"
            aria-label={&props.label}
            onmousedown={|event: MouseEvent| event.prevent_default()}
        >
            { for KEYS.into_iter().map(key) }
        </div>
    }
}
