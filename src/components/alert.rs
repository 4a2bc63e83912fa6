use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Button, ButtonVariant, glyph};

/// How urgent an [`Alert`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AlertKind {
    /// Information: a screen reader reads it when it is idle.
    #[default]
    Info,
    /// Something went wrong: a screen reader reads it at once.
    Error,
}

#[derive(Properties, PartialEq)]
pub struct AlertProps {
    #[prop_or_default]
    pub kind: AlertKind,
    /// The text.
    pub children: Html,
    /// The accessible name of the button that closes the alert.
    pub close_label: AttrValue,
    /// Called when the alert is closed. Without it there is no button: the alert stays for as long as its cause.
    #[prop_or_default]
    pub on_close: Option<Callback<MouseEvent>>,
}

/// A message that stays until it is closed. It has a place of its own and covers nothing.
#[styled_component]
pub fn Alert(props: &AlertProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex-wrap: wrap; align-items: center; justify-content: end; gap: 4px; flex: none; min-height: 57px; padding: 6px 6px 6px 16px; font-size: 13px;
        color: var(--soft); background: var(--surface); border-top: 1px solid var(--line);

        &[role="alert"] { color: var(--text); border-left: 4px solid var(--danger); }
        & > p { flex: 1 1 120px; min-width: 0; max-height: 40vh; overflow: auto; overflow-wrap: anywhere; }
        @media (max-height: 400px) { & > p { max-height: none; } }
        "#
    );
    let role = match props.kind {
        AlertKind::Info => "status",
        AlertKind::Error => "alert",
    };
    html! {
        <div {class} {role}>
            <p>{ props.children.clone() }</p>
            if let Some(on_close) = &props.on_close {
                <Button
                    variant={ButtonVariant::Icon}
                    glyph={glyph::CLOSE}
                    aria_label={&props.close_label}
                    onclick={on_close}
                />
            }
        </div>
    }
}
