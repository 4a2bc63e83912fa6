use yew::prelude::*;

use super::{Button, ButtonVariant, Glyph};

/// A message that stays until it is closed. It takes its own room and covers nothing.
pub struct Alert {
    /// Something went wrong: it is read at once. Otherwise it is good to know, and read when the screen reader has time.
    pub is_error: bool,
    /// The name of the button that closes it.
    pub close_label: &'static str,
    pub on_close: Callback<MouseEvent>,
    pub children: Html,
}

impl Alert {
    /// Draws it.
    pub fn view(self) -> Html {
        let close = Button {
            variant: ButtonVariant::Icon,
            glyph: Some(Glyph::Close),
            aria_label: Some(self.close_label),
            ..Button::PLAIN
        };
        html! {
            <div class="alert" role={if self.is_error { "alert" } else { "status" }}>
                <p>{ self.children }</p>
                { close.view(AttrValue::default(), Some(self.on_close)) }
            </div>
        }
    }
}
