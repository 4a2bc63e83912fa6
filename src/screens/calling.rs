mod in_call_keypad;
mod transfer;

use call_model::{Call, Phase};
use stylist::yew::styled_component;
use yew::prelude::*;

use self::in_call_keypad::InCallKeypad;
use self::transfer::Transfer;
use super::parts::{Buttons, EndCall, Portrait, Status, Timer, other_side};
use crate::components::{Button, ButtonVariant, Glyph, Screen, TextArea};
use crate::hooks::{Cti, focus, use_cti, use_state_of};
use crate::texts::{fill, texts};

/// What lies over the notes. The button that ends the call stays free in any case.
#[derive(Clone, Copy, PartialEq)]
enum Panel {
    Keypad,
    Transfer,
}

/// They talk.
#[styled_component]
pub fn Calling() -> Html {
    let texts = texts();
    let cti = use_cti();
    let can = use_state_of(|state| state.capabilities);
    let call = use_state_of(|state| state.call.as_ref().and_then(shown));
    let notes = use_state_of(|state| state.call.as_ref().map(|call| call.notes.clone())).unwrap_or_default();
    let panel = use_state_eq(|| None::<Panel>);
    let opener = use_node_ref();
    let Some(Shown { title, since, muted, held, recording }) = call else { return Html::default() };

    let controls = css!(
        r#"
        display: flex; flex: none; flex-wrap: wrap; justify-content: center; gap: clamp(6px, 2vw, 8px);

        > button { flex: 1 1 48px; max-width: 76px; height: var(--tile); }
        "#
    );
    let toggle = |id: &'static str, text: &'static str, glyph: Glyph, on: bool, set: fn(&Cti, bool)| {
        let cti = cti.clone();
        html! {
            <Button variant={ButtonVariant::Tile} {id} {glyph} aria_pressed={on} onclick={move |_| set(&cti, !on)}>{ text }</Button>
        }
    };
    let opens = |id: &'static str, text: &'static str, glyph: Glyph, which: Panel| {
        let panel = panel.clone();
        let is_open = *panel == Some(which);
        html! {
            <Button
                variant={ButtonVariant::Tile}
                {id}
                {glyph}
                aria_expanded={is_open}
                aria_controls={is_open.then_some("call-panel")}
                node_ref={if which == Panel::Transfer { opener.clone() } else { NodeRef::default() }}
                onclick={move |_| panel.set((!is_open).then_some(which))}
            >
                { text }
            </Button>
        }
    };
    let close_panel = {
        let panel = panel.clone();
        // What had the focus goes away with the panel: the button that opened it takes it back.
        let opener = opener.clone();
        Callback::from(move |()| {
            focus(&opener);
            panel.set(None);
        })
    };
    let on_notes = {
        let cti = cti.clone();
        move |notes| cti.set_notes(notes)
    };
    html! {
        <Screen
            title={fill(texts.call_with, &title)}
            top={html! { <Portrait /> }}
            subtitle={html! {
                <Status>
                    <Timer {since} />
                    if recording { <span class="state recording">{ texts.recording }</span> }
                    if held { <span class="state">{ texts.on_hold }</span> }
                </Status>
            }}
        >
            <div class={controls} role="group" aria-label={texts.call_controls}>
                if can.record { { toggle("record", texts.record, Glyph::Record, recording, |cti, on| cti.record(on)) } }
                if can.mute {
                    { toggle("mute", texts.mute, if muted { Glyph::MicOff } else { Glyph::Mic }, muted, |cti, on| cti.mute(on)) }
                }
                if can.hold { { toggle("hold", texts.hold, Glyph::Pause, held, |cti, on| cti.hold(on)) } }
                if can.digits { { opens("keypad", texts.keypad, Glyph::Keypad, Panel::Keypad) } }
                if can.transfer { { opens("transfer", texts.transfer, Glyph::Transfer, Panel::Transfer) } }
            </div>
            <Buttons><EndCall label={texts.end_call} /></Buttons>
            if let Some(which) = *panel {
                <div id="call-panel">
                    if which == Panel::Keypad { <InCallKeypad /> } else { <Transfer on_done={close_panel} /> }
                </div>
            }
            <TextArea
                id="callingnotes"
                label={texts.notes}
                placeholder={texts.notes_hint}
                hidden={panel.is_some()}
                value={notes}
                oninput={on_notes}
            />
        </Screen>
    }
}

#[derive(PartialEq)]
struct Shown {
    title: String,
    since: f64,
    muted: bool,
    held: bool,
    recording: bool,
}

fn shown(call: &Call) -> Option<Shown> {
    let Phase::Talking { since, muted, held } = call.phase else { return None };
    Some(Shown { title: other_side(call), since, muted, held, recording: call.recording_since.is_some() })
}
