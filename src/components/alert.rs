use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Button, ButtonVariant, Glyph};

/// How urgent an [`Alert`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AlertKind {
    /// Good to know: read when the screen reader has time.
    #[default]
    Info,
    /// Something went wrong: read at once.
    Error,
}

#[derive(Properties, PartialEq)]
pub struct AlertProps {
    #[prop_or_default]
    pub kind: AlertKind,
    pub children: Html,
    /// The name of the button that closes it.
    pub close_label: AttrValue,
    pub on_close: Callback<()>,
}

/// A message that stays until it is closed. It takes its own room and covers nothing.
#[styled_component]
pub fn Alert(props: &AlertProps) -> Html {
    let class = css!(
        r#"
        display: flex; align-items: center; gap: 4px; flex: none; padding: 6px 6px 6px 16px; font-size: 13px; color: var(--soft);
        background: var(--surface); border-top: 1px solid var(--line);

        &.error { color: var(--text); border-left: 4px solid var(--danger); }
        p { flex: 1; min-width: 0; }
        "#
    );
    let (role, kind) = match props.kind {
        AlertKind::Info => ("status", None),
        AlertKind::Error => ("alert", Some("error")),
    };
    html! {
        <div class={classes!(class, kind)} {role}>
            <p>{ props.children.clone() }</p>
            <Button
                variant={ButtonVariant::Icon}
                glyph={Glyph::Close}
                aria_label={&props.close_label}
                onclick={props.on_close.reform(|_| ())}
            />
        </div>
    }
}
