use yew::prelude::*;

/// What an [`icon`] shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    Phone,
    HangUp,
    Record,
    Mic,
    MicOff,
    Keypad,
    Backspace,
    Caret,
    Check,
    Pause,
    Transfer,
    External,
    Close,
    Person,
}

impl Glyph {
    /// Drawn on a grid of 24 by 24 with a line of 2.
    fn path(self) -> &'static str {
        match self {
            Self::Phone | Self::HangUp => {
                "M5 3h4l2 5-2.5 1.7a12 12 0 0 0 5.8 5.8L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"
            }
            Self::Record => "M12 3a9 9 0 0 0 0 18 9 9 0 0 0 0-18zm0 6.5a2.5 2.5 0 0 0 0 5 2.5 2.5 0 0 0 0-5z",
            Self::Mic => "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zm-6 8a6 6 0 0 0 12 0m-6 6v4",
            Self::MicOff => "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zm-6 8a6 6 0 0 0 12 0m-6 6v4M4 4l16 16",
            Self::Keypad => "M5 5h0m7 0h0m7 0h0M5 12h0m7 0h0m7 0h0M5 19h0m7 0h0m7 0h0",
            Self::Backspace => "M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7zm3 4.5 5 5m0-5-5 5",
            Self::Caret => "m6 9 6 6 6-6",
            Self::Check => "m5 12 5 5L20 7",
            Self::Pause => "M8 5v14m8-14v14",
            Self::Transfer => "M4 12h15m-6-6 6 6-6 6",
            Self::External => "M14 4h6v6m0-6-9 9m7 1v6H4V6h6",
            Self::Close => "m6 6 12 12m0-12L6 18",
            Self::Person => "M12 4a4 4 0 0 0 0 8 4 4 0 0 0 0-8zM4 20a8 8 0 0 1 16 0",
        }
    }
}

/// A picture in the colour of the text beside it, `size` CSS pixels wide and high. It says nothing to a screen reader: the control
/// that holds it has the name.
pub fn icon(glyph: Glyph, size: &'static str) -> Html {
    let solid = matches!(glyph, Glyph::Phone | Glyph::HangUp);
    let line = match glyph {
        Glyph::Keypad => "4",
        _ if solid => "1",
        _ => "2",
    };
    html! {
        <svg
            viewBox="0 0 24 24"
            width={size}
            height={size}
            aria-hidden="true"
            fill={if solid { "currentColor" } else { "none" }}
            stroke="currentColor"
            stroke-width={line}
            stroke-linecap="round"
            stroke-linejoin="round"
            transform={(glyph == Glyph::HangUp).then_some("rotate(135)")}
        >
            <path d={glyph.path()} />
        </svg>
    }
}
