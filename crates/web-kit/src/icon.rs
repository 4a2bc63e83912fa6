use yew::prelude::*;

/// The drawing of an [`Icon`], on a grid of 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The `d` attribute of an SVG path.
    pub path: &'static str,
    /// Filled, not only outlined.
    pub solid: bool,
    /// The width of the outline in units of the grid.
    pub stroke_width: &'static str,
    /// An SVG transformation of the whole drawing.
    pub transform: Option<&'static str>,
}

impl Glyph {
    /// An outline.
    pub const fn outline(path: &'static str) -> Self {
        Self { path, solid: false, stroke_width: "2", transform: None }
    }

    /// Wide round points: subpaths without length.
    pub const fn dots(path: &'static str) -> Self {
        Self { stroke_width: "4", ..Self::outline(path) }
    }

    /// A filled shape.
    pub const fn solid(path: &'static str) -> Self {
        Self { solid: true, stroke_width: "1", ..Self::outline(path) }
    }

    /// The same drawing with an SVG transformation.
    pub const fn transformed(self, transform: &'static str) -> Self {
        Self { transform: Some(transform), ..self }
    }
}

/// The glyphs that exist. A page carries only those that it uses.
pub mod glyph {
    use super::Glyph;

    pub const PHONE: Glyph =
        Glyph::solid("M5 3h4l2 5-2.5 1.7a12 12 0 0 0 5.8 5.8L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z");
    pub const HANG_UP: Glyph = PHONE.transformed("rotate(135)");
    pub const RECORD: Glyph =
        Glyph::outline("M12 3a9 9 0 0 0 0 18 9 9 0 0 0 0-18zm0 6.5a2.5 2.5 0 0 0 0 5 2.5 2.5 0 0 0 0-5z");
    pub const MICROPHONE: Glyph =
        Glyph::outline("M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zm-6 8a6 6 0 0 0 12 0m-6 6v4");
    pub const MICROPHONE_OFF: Glyph =
        Glyph::outline("M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zm-6 8a6 6 0 0 0 12 0m-6 6v4M4 4l16 16");
    pub const SPEAKER: Glyph = Glyph::outline("M4 9v6h4l5 4V5L8 9zm12.5-.5a5 5 0 0 1 0 7m2.5-10a9 9 0 0 1 0 13");
    pub const KEYPAD: Glyph = Glyph::dots("M5 5h0m7 0h0m7 0h0M5 12h0m7 0h0m7 0h0M5 19h0m7 0h0m7 0h0");
    pub const BACKSPACE: Glyph = Glyph::outline("M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7zm3 4.5 5 5m0-5-5 5");
    pub const CARET: Glyph = Glyph::outline("m6 9 6 6 6-6");
    pub const CHECK: Glyph = Glyph::outline("m5 12 5 5L20 7");
    pub const PAUSE: Glyph = Glyph::outline("M8 5v14m8-14v14");
    pub const TRANSFER: Glyph = Glyph::outline("M4 12h15m-6-6 6 6-6 6");
    pub const EXTERNAL: Glyph = Glyph::outline("M14 4h6v6m0-6-9 9m7 1v6H4V6h6");
    pub const CLOSE: Glyph = Glyph::outline("m6 6 12 12m0-12L6 18");
    pub const PERSON: Glyph = Glyph::outline("M12 4a4 4 0 0 0 0 8 4 4 0 0 0 0-8zM4 20a8 8 0 0 1 16 0");
    pub const MINIMIZE: Glyph = Glyph::outline("M5 18h14");
    pub const RESTORE: Glyph = Glyph::outline("M5 5h14v14H5zM5 9h14");
    /// What can be dragged.
    pub const GRIP: Glyph = Glyph::outline("M9 5v.01M9 12v.01M9 19v.01M15 5v.01M15 12v.01M15 19v.01");
    pub const RELOAD: Glyph = Glyph::outline("M20 11a8 8 0 1 0-.6 4M20 4v7h-7");
    pub const EDIT: Glyph = Glyph::outline("M4 20h4L19 9l-4-4L4 16zM13 7l4 4");
    pub const PLUS: Glyph = Glyph::outline("M12 5v14M5 12h14");
    pub const BRIEFCASE: Glyph = Glyph::outline("M3 7h18v12H3zM8 7V4h8v3M3 13h18");
    pub const WARNING: Glyph = Glyph::outline("M12 4l9 16H3zM12 10v4M12 17v.01");
    pub const WINDOW: Glyph = Glyph::outline("M4 5h16v14H4zM4 9h16");
}

#[derive(Properties, PartialEq)]
pub struct IconProps {
    pub glyph: Glyph,
    /// Width and height in CSS pixels.
    #[prop_or(18)]
    pub size: u16,
}

/// A picture in the colour of the surrounding text. Assistive technology skips it: the control that contains it has the name.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let glyph = props.glyph;
    let size = AttrValue::from(props.size.to_string());
    html! {
        <svg
            viewBox="0 0 24 24"
            width={size.clone()}
            height={size}
            aria-hidden="true"
            fill={if glyph.solid { "currentColor" } else { "none" }}
            stroke="currentColor"
            stroke-width={glyph.stroke_width}
            stroke-linecap="round"
            stroke-linejoin="round"
            transform={glyph.transform}
        >
            <path d={glyph.path} />
        </svg>
    }
}
