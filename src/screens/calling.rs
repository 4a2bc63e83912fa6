#[cfg(feature = "sip")]
mod consultation;
mod in_call_keypad;
#[cfg(feature = "audio")]
mod timer_and_quality;
mod transfer;
#[cfg(feature = "sip")]
mod transfer_or_ask;

use call_model::{Call, CallPhase};
use calling_extensions::message::Ms;
use stylist::yew::styled_component;
use yew::prelude::*;

#[cfg(feature = "sip")]
use self::consultation::RecordsAndConsultation as Records;
use self::in_call_keypad::InCallKeypad;
#[cfg(feature = "audio")]
use self::timer_and_quality::TimerAndQuality as Timer;
#[cfg(not(feature = "sip"))]
use self::transfer::Transfer;
#[cfg(feature = "sip")]
use self::transfer_or_ask::TransferOrAsk as Transfer;
#[cfg(not(feature = "sip"))]
use super::parts::Records;
#[cfg(not(feature = "audio"))]
use super::parts::Timer;
use super::parts::{EndCall, Notes, OtherSide, other_side, person};
use crate::components::{Button, ButtonRow, ButtonVariant, Glyph, ScreenLayout, focus, glyph};
use crate::hooks::{Cti, use_cti, use_cti_selector};
use crate::i18n::{fill_html, texts};

/// What is shown in the place of the notes.
#[derive(Clone, Copy, PartialEq)]
enum Panel {
    Keypad,
    Transfer,
}

/// A call is on.
#[styled_component]
pub fn Calling() -> Html {
    let texts = texts();
    let cti = use_cti();
    let can = use_cti_selector(|state| state.capabilities);
    let call = use_cti_selector(|state| state.call.as_ref().and_then(Talking::of));
    let panel = use_state_eq(|| None::<Panel>);
    let transfer_button = use_node_ref();
    let class = css!(
        r#"
        display: flex; flex: none; flex-wrap: wrap; justify-content: center; gap: clamp(6px, 2vw, 8px);

        & > button { flex: 1 1 48px; max-width: 76px; height: var(--tile); }
        "#
    );
    let recording_class = css!(
        r#"
        &::before {
            content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--danger); forced-color-adjust: none;
        }
        "#
    );
    let Some(Talking { other_side, since, muted, held, recording }) = call else { return Html::default() };

    let toggle = |id: &'static str, text: &'static str, glyph: Glyph, on: bool, switch: fn(&Cti, bool)| {
        let cti = cti.clone();
        html! {
            <Button
                variant={ButtonVariant::Tile}
                {id}
                {glyph}
                aria_pressed={on}
                onclick={Callback::from(move |_| switch(&cti, !on))}
            >
                { text }
            </Button>
        }
    };
    let opens = |id: &'static str, text: &'static str, glyph: Glyph, opened: Panel, node_ref: NodeRef| {
        let panel = panel.clone();
        let is_open = *panel == Some(opened);
        html! {
            <Button
                variant={ButtonVariant::Tile}
                {id}
                {glyph}
                {node_ref}
                aria_expanded={is_open}
                aria_controls={is_open.then_some("call-panel")}
                onclick={Callback::from(move |_| panel.set((!is_open).then_some(opened)))}
            >
                { text }
            </Button>
        }
    };
    let on_transfer = {
        let (panel, transfer_button) = (panel.setter(), transfer_button.clone());
        Callback::from(move |()| {
            // The field goes away with the panel: its button gets the focus.
            focus(&transfer_button);
            panel.set(None);
        })
    };
    let microphone = if muted { glyph::MICROPHONE_OFF } else { glyph::MICROPHONE };
    html! {
        <ScreenLayout
            title={fill_html(texts.call_with, other_side.html())}
            portrait={person(false)}
            status={html! {
                <>
                    <Timer {since} />
                    if recording { <span class={classes!("state", recording_class)}>{ texts.recording }</span> }
                    if held { <span class="state">{ texts.on_hold }</span> }
                </>
            }}
        >
            <div {class} role="group" aria-label={texts.call_controls}>
                if can.record { { toggle("record", texts.record, glyph::RECORD, recording, Cti::record) } }
                if can.mute { { toggle("mute", texts.mute, microphone, muted, Cti::mute) } }
                if can.hold { { toggle("hold", texts.hold, glyph::PAUSE, held, Cti::hold) } }
                if can.digits {
                    { opens("keypad", texts.keypad, glyph::KEYPAD, Panel::Keypad, NodeRef::default()) }
                }
                if can.transfer {
                    { opens("transfer", texts.transfer, glyph::TRANSFER, Panel::Transfer, transfer_button) }
                }
            </div>
            <ButtonRow><EndCall>{ texts.end_call }</EndCall></ButtonRow>
            <Records />
            if let Some(panel) = *panel {
                <div id="call-panel">
                    { match panel {
                        Panel::Keypad => html! { <InCallKeypad /> },
                        Panel::Transfer => html! { <Transfer on_done={on_transfer} /> },
                    } }
                </div>
            }
            <Notes hidden={panel.is_some()} />
        </ScreenLayout>
    }
}

/// What this screen shows of a call.
#[derive(Clone, PartialEq)]
struct Talking {
    other_side: OtherSide,
    since: Ms,
    muted: bool,
    held: bool,
    recording: bool,
}

impl Talking {
    fn of(call: &Call) -> Option<Self> {
        let CallPhase::Talking { since, muted, held } = call.phase else { return None };
        Some(Talking { other_side: other_side(call), since, muted, held, recording: call.recording_since.is_some() })
    }
}
