use crate::{
    browser::{HubSpotHandle, Progress},
    hubspot::FrameId,
    i18n::{fill, texts},
    transcript::{Transcript, plan},
};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The speeds of a replay.
const SPEEDS: [f64; 4] = [1.0, 2.0, 10.0, 100.0];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
    /// The messages that are shown.
    pub transcript: Rc<Transcript>,
    /// The progress of the running replay.
    pub progress: Option<Progress>,
}

/// Starts a replay of the messages that are shown, or shows its progress.
#[component]
pub fn ReplayBar(props: &Props) -> Html {
    let text = &texts().inspector;
    let speed = use_state_eq(|| 1.0_f64);
    let notice = use_state_eq(|| None::<&'static str>);
    let Props { hubspot, transcript, progress } = props;
    if let Some(progress) = progress {
        return running(hubspot, progress);
    }
    let replay = {
        let (hubspot, transcript, speed, notice) = (hubspot.clone(), Rc::clone(transcript), *speed, notice.setter());
        move |_| {
            let plan = plan(&transcript);
            let problem = match widget(&hubspot) {
                None => Some(text.no_widget),
                Some(_) if plan.steps.is_empty() => Some(text.nothing_to_replay),
                Some(frame) => {
                    hubspot.replay(frame, plan, speed);
                    None
                }
            };
            notice.set(problem);
        }
    };
    let on_speed = {
        let speed = speed.setter();
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            speed.set(chosen.and_then(|chosen| chosen.parse().ok()).unwrap_or(1.0));
        }
    };
    html! {
        <details class="replay">
            <summary>{ text.replay }</summary>
            <p class="soft">{ text.replay_hint }</p>
            <div class="buttons">
                <label class="field">
                    <span>{ text.speed }</span>
                    <select data-test-id="replay-speed" onchange={on_speed}>
                        { for SPEEDS.iter().map(|value| html! {
                            <option value={value.to_string()} selected={*value == *speed}>{ value }{ "×" }</option>
                        }) }
                    </select>
                </label>
                <button type="button" class="button" data-test-id="replay" onclick={replay}>{ text.replay_now }</button>
            </div>
            if let Some(notice) = *notice {
                <p class="error" role="alert">{ notice }</p>
            }
        </details>
    }
}

fn running(hubspot: &HubSpotHandle, progress: &Progress) -> Html {
    let text = &texts().inspector;
    let skip = {
        let hubspot = hubspot.clone();
        move |_| hubspot.skip_in_replay()
    };
    let stop = {
        let hubspot = hubspot.clone();
        move |_| hubspot.stop_replay()
    };
    html! {
        <div class="notice" data-test-id="replaying">
            <p role="status">
                <strong>{ fill(text.replaying, &progress.left.to_string()) }</strong>
                if let Some(kind) = &progress.awaits {
                    { " " }
                    { fill(text.awaiting, kind) }
                }
            </p>
            <div class="buttons">
                <button type="button" class="button" data-test-id="replay-skip" onclick={skip}>{ text.skip }</button>
                <button type="button" class="button" data-test-id="replay-stop" onclick={stop}>{ text.stop }</button>
            </div>
        </div>
    }
}

/// The frame on this page that receives the replay.
fn widget(hubspot: &HubSpotHandle) -> Option<FrameId> {
    hubspot.frames().first().map(|frame| frame.id.clone())
}
