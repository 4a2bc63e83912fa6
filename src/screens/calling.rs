mod in_call_keypad;
mod transfer;

use call_model::{Phase, State};
use yew::prelude::*;

use self::in_call_keypad::in_call_keypad;
use self::transfer::transfer;
use super::parts::{buttons, end_call, notes, other_side, portrait, records, status, timer};
use super::view::{Panel, View};
use crate::components::{Button, ButtonVariant, Glyph, Screen};
use crate::hooks::Cti;
use crate::texts::{fill, texts};

/// They talk.
pub fn calling(cti: &Cti, state: &State, view: &View, seconds: u32) -> Html {
    let texts = texts();
    let panel = view.shown().panel;
    let Some(call) = &state.call else { return Html::default() };
    let Phase::Talking { muted, held, .. } = call.phase else { return Html::default() };

    let recording = call.recording_since.is_some();
    let tile = |id, glyph| Button { variant: ButtonVariant::Tile, id: Some(id), glyph: Some(glyph), ..Button::PLAIN };
    let toggle = |id, text: &'static str, glyph, on: bool, switch: fn(&Cti, bool)| {
        let (cti, tile) = (cti.clone(), Button { aria_pressed: Some(on), ..tile(id, glyph) });
        tile.view(text.into(), Some(Callback::from(move |_| switch(&cti, !on))))
    };
    let opens = |id, text: &'static str, glyph, is_open: bool, opened: Panel| {
        let tile =
            Button { aria_expanded: Some(is_open), aria_controls: is_open.then_some("call-panel"), ..tile(id, glyph) };
        let view = view.clone();
        let after = if is_open { Panel::None } else { opened };
        tile.view(text.into(), Some(Callback::from(move |_| view.set_panel(after))))
    };
    let shown_panel = match panel {
        Panel::None => None,
        Panel::Keypad => Some(in_call_keypad(cti, &call.digits)),
        Panel::Transfer => Some(transfer(cti, view)),
    };
    let notes = notes(cti, call, shown_panel.is_some(), false);
    let can = state.capabilities;
    let mic = if muted { Glyph::MicOff } else { Glyph::Mic };
    Screen {
        key: "calling",
        title: fill(texts.call_with, &other_side(call)).into(),
        title_hidden: false,
        top: portrait(Glyph::Person, false),
        subtitle: status(html! {
            <>
                { timer(seconds) }
                if recording { <span class="state recording">{ texts.recording }</span> }
                if held { <span class="state">{ texts.on_hold }</span> }
            </>
        }),
        children: html! {
            <>
                <div class="controls" role="group" aria-label={texts.call_controls}>
                    { can.record.then(|| toggle("record", texts.record, Glyph::Record, recording, Cti::record)) }
                    { can.mute.then(|| toggle("mute", texts.mute, mic, muted, Cti::mute)) }
                    { can.hold.then(|| toggle("hold", texts.hold, Glyph::Pause, held, Cti::hold)) }
                    { can.digits.then(|| opens("keypad", texts.keypad, Glyph::Keypad, panel == Panel::Keypad, Panel::Keypad)) }
                    { can.transfer.then(|| opens("transfer", texts.transfer, Glyph::Transfer, panel == Panel::Transfer, Panel::Transfer)) }
                </div>
                { buttons(end_call(cti, texts.end_call)) }
                { records(cti, call) }
                if let Some(panel) = shown_panel {
                    <div id="call-panel">{ panel }</div>
                }
                { notes }
            </>
        },
    }
    .view()
}
