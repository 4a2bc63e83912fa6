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

/// A message that stays until it is closed. It takes its own room and covers nothing.
pub struct Alert {
    pub kind: AlertKind,
    pub children: Html,
    /// The name of the button that closes it.
    pub close_label: &'static str,
    pub on_close: Callback<MouseEvent>,
}

impl Alert {
    /// Draws it.
    pub fn view(self) -> Html {
        let class = "alert";
        let (role, kind) = match self.kind {
            AlertKind::Info => ("status", None),
            AlertKind::Error => ("alert", Some("error")),
        };
        let close = Button {
            variant: ButtonVariant::Icon,
            glyph: Some(Glyph::Close),
            aria_label: Some(self.close_label),
            onclick: self.on_close,
            ..Button::default()
        };
        html! {
            <div class={classes!(class, kind)} {role}>
                <p>{ self.children }</p>
                { close.view() }
            </div>
        }
    }
}
