use call_model::Call;
use yew::prelude::*;

use super::parts::{buttons, end_call, gap, other_side, portrait, status, timer};
use crate::components::{Glyph, Screen};
use crate::hooks::Cti;
use crate::texts::{fill, texts};

/// The other side's phone rings.
pub fn dialing(cti: &Cti, call: &Call, seconds: u32) -> Html {
    let texts = texts();
    Screen {
        key: "dialing",
        title: fill(texts.dialing, &other_side(call)).into(),
        title_hidden: false,
        top: portrait(Glyph::Person, true),
        subtitle: status(timer(seconds)),
        children: html! { <>{ gap() }{ buttons(end_call(cti, texts.end_call)) }</> },
    }
    .view()
}
