mod in_call_keypad;
mod transfer;

use call_model::{Call, Phase};
use yew::prelude::*;

use self::in_call_keypad::in_call_keypad;
use self::transfer::transfer;
use super::keypad::START;
use super::parts::{Timer, buttons, end_call, other_side, portrait, status};
use crate::components::{Button, ButtonVariant, Focus, Glyph, Screen, TextArea, move_focus_into};
use crate::hooks::{Cti, use_cti, use_state_of};
use crate::texts::{fill, texts};

/// What lies over the notes. The button that ends the call stays free in any case.
#[derive(Clone, PartialEq)]
enum Panel {
    None,
    Keypad,
    /// With the number to transfer to.
    Transfer(String),
}

/// They talk.
#[component]
pub fn Calling() -> Html {
    let texts = texts();
    let cti = use_cti();
    let can = use_state_of(|state| state.capabilities);
    let call = use_state_of(|state| state.call.as_ref().and_then(shown));
    let panel = use_state_eq(|| Panel::None);
    use_effect_with(matches!(*panel, Panel::Transfer(_)), |opened| {
        if *opened {
            move_focus_into(Focus::Panel);
        }
    });
    let Some(Shown { title, since, muted, held, recording, digits, notes }) = call else { return Html::default() };

    let class = "controls";
    let toggle = |id: &'static str, text: &'static str, glyph: Glyph, on: bool, set: fn(&Cti, bool)| {
        let cti = cti.clone();
        Button {
            variant: ButtonVariant::Tile,
            id: Some(id),
            glyph: Some(glyph),
            text: text.into(),
            aria_pressed: Some(on),
            onclick: Callback::from(move |_| set(&cti, !on)),
            ..Button::default()
        }
        .view()
    };
    let opens = |id: &'static str, text: &'static str, glyph: Glyph, is_open: bool, opened: Panel| {
        let panel = panel.setter();
        let after = if is_open { Panel::None } else { opened };
        Button {
            variant: ButtonVariant::Tile,
            id: Some(id),
            glyph: Some(glyph),
            text: text.into(),
            aria_expanded: Some(is_open),
            aria_controls: is_open.then_some("call-panel"),
            onclick: Callback::from(move |_| panel.set(after.clone())),
            ..Button::default()
        }
        .view()
    };
    let transfers = matches!(*panel, Panel::Transfer(_));
    let shown_panel = match &*panel {
        Panel::None => None,
        Panel::Keypad => Some(in_call_keypad(&cti, &digits)),
        Panel::Transfer(number) => Some(transfer(&cti, &panel, number)),
    };
    let on_notes = {
        let cti = cti.clone();
        Callback::from(move |notes| cti.set_notes(notes))
    };
    let notes = TextArea {
        id: "callingnotes",
        label: texts.notes,
        placeholder: texts.notes_hint,
        hidden: shown_panel.is_some(),
        value: notes.into(),
        oninput: on_notes,
        focus: false,
    };
    Screen {
        title: fill(texts.call_with, &title).into(),
        top: portrait(false),
        subtitle: status(html! {
            <>
                <Timer {since} />
                if recording { <span class="state recording">{ texts.recording }</span> }
                if held { <span class="state">{ texts.on_hold }</span> }
            </>
        }),
        children: html! {
            <>
                <div {class} role="group" aria-label={texts.call_controls}>
                    if can.record { { toggle("record", texts.record, Glyph::Record, recording, Cti::record) } }
                    if can.mute {
                        { toggle("mute", texts.mute, if muted { Glyph::MicOff } else { Glyph::Mic }, muted, Cti::mute) }
                    }
                    if can.hold { { toggle("hold", texts.hold, Glyph::Pause, held, Cti::hold) } }
                    if can.digits {
                        { opens("keypad", texts.keypad, Glyph::Keypad, *panel == Panel::Keypad, Panel::Keypad) }
                    }
                    if can.transfer {
                        { opens("transfer", texts.transfer, Glyph::Transfer, transfers, Panel::Transfer(START.to_owned())) }
                    }
                </div>
                { buttons(end_call(&cti, texts.end_call)) }
                if let Some(panel) = shown_panel {
                    <div id="call-panel">{ panel }</div>
                }
                { notes.view() }
            </>
        },
        ..Screen::default()
    }
    .view()
}

#[derive(PartialEq)]
struct Shown {
    title: String,
    since: f64,
    muted: bool,
    held: bool,
    recording: bool,
    digits: String,
    notes: String,
}

fn shown(call: &Call) -> Option<Shown> {
    let Phase::Talking { since, muted, held } = call.phase else { return None };
    Some(Shown {
        title: other_side(call),
        since,
        muted,
        held,
        recording: call.recording_since.is_some(),
        digits: call.digits.clone(),
        notes: call.notes.clone(),
    })
}
