use call_model::{CallPhase, Quality, State};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::dialog::AudioDialog;
use crate::components::{Button, ButtonVariant};
use crate::hooks::use_cti_selector;
use crate::i18n::{fill, issue_text, quality_text, texts};

/// How good the call sounds, as three bars. They open the audio settings with the details. Nothing where the sound does not go
/// through the browser.
#[styled_component]
pub fn CallQuality() -> Html {
    let texts = &texts().audio;
    let has_audio = use_cti_selector(|state| state.capabilities.microphone);
    // The numbers behind it change every few seconds, the bars seldom.
    let quality = use_cti_selector(|state| state.audio.quality.map(|quality| (quality.bars, quality.issue)));
    let held = use_cti_selector(is_held);
    let is_open = use_state_eq(|| false);
    let class = css!(
        r#"
        display: inline-flex; align-items: center;

        & > button { margin: -10px 0; padding: 0; justify-content: flex-start; font-size: 13px; font-weight: 500; gap: 6px; }
        .bars { display: inline-flex; align-items: flex-end; gap: 2px; height: 14px; }
        .bars > i { width: 4px; border-radius: 1px; background: var(--line); }
        .bars > :nth-child(1) { height: 6px; }
        .bars > :nth-child(2) { height: 10px; }
        .bars > :nth-child(3) { height: 14px; }
        .bars > .on { background: var(--ok); }
        .poor > .on, .poor + span { background-color: var(--danger); }
        .poor + span { background: none; color: var(--danger); }
        @media (forced-colors: active) {
            .bars > i { forced-color-adjust: none; background: GrayText; }
            .bars > .on { background: CanvasText; }
        }
        "#
    );
    if !has_audio {
        return Html::default();
    }
    let bars = quality.map_or(0, |(bars, _)| bars);
    let is_poor = quality.is_some() && bars < 2 && !held;
    let name =
        quality.filter(|(bars, _)| *bars < 3 && !held).map(|(bars, _)| texts.qualities[usize::from(bars.min(2))]);
    let sentence = sentence(quality, held);
    let open = {
        let is_open = is_open.setter();
        Callback::from(move |_: MouseEvent| is_open.set(true))
    };
    let on_close = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    let bar = |bar: u8| html! { <i class={(bars >= bar && !held).then_some("on")} /> };
    html! {
        <span {class}>
            <Button
                variant={ButtonVariant::Link}
                test_id="call-quality"
                title={sentence.clone()}
                aria_label={[&sentence, " ", texts.open].concat()}
                onclick={open}
            >
                <span class={classes!("bars", is_poor.then_some("poor"))} aria-hidden="true">
                    { for (1..=3).map(bar) }
                </span>
                if let Some(name) = name { <span>{ name }</span> }
            </Button>
            if *is_open { <AudioDialog {on_close} /> }
        </span>
    }
}

/// The quality, and what lowers it.
fn sentence(quality: Option<(u8, Option<call_model::QualityIssue>)>, held: bool) -> String {
    let quality = quality.filter(|_| !held);
    let text = quality_text(quality.map(|(bars, _)| bars));
    match quality.and_then(|(_, issue)| issue) {
        Some(issue) => [&text, ". ", issue_text(issue)].concat(),
        None => [&text, "."].concat(),
    }
}

/// On hold nothing is to be heard.
fn is_held(state: &State) -> bool {
    state.call.as_ref().is_some_and(|call| matches!(call.phase, CallPhase::Talking { held: true, .. }))
}

/// The quality of the call in words, and the numbers that it was computed from; nothing without a call.
#[styled_component]
pub fn QualityDetails() -> Html {
    let texts = &texts().audio;
    let is_on = use_cti_selector(|state| state.call.as_ref().is_some_and(|call| !call.is_over()));
    let quality = use_cti_selector(|state| state.audio.quality);
    let held = use_cti_selector(is_held);
    let class = css!(
        r#"
        font-size: 14px;

        dl { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; margin: 6px 0 0; color: var(--soft); }
        dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; }
        "#
    );
    if !is_on {
        return Html::default();
    }
    let rows = |quality: Quality| {
        let rows = [
            (texts.score, fill(texts.score_of, &tenths(quality.mos_tenths.into()))),
            (texts.loss, [&tenths(quality.loss_per_mille), "\u{a0}%"].concat()),
            (texts.jitter, milliseconds(quality.jitter_ms)),
            (texts.round_trip, quality.round_trip_ms.map_or("–".to_owned(), milliseconds)),
        ];
        rows.into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }).collect::<Html>()
    };
    html! {
        <section {class} data-test-id="quality-details">
            <p>{ sentence(quality.map(|quality| (quality.bars, quality.issue)), held) }</p>
            if let Some(quality) = quality.filter(|_| !held) { <dl>{ rows(quality) }</dl> }
        </section>
    }
}

/// A number of tenths, with one digit behind the separator.
fn tenths(tenths: u16) -> String {
    [&(tenths / 10).to_string(), texts().audio.decimal_separator, &(tenths % 10).to_string()].concat()
}

fn milliseconds(milliseconds: u16) -> String {
    [&milliseconds.to_string(), "\u{a0}ms"].concat()
}
