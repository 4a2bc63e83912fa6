//! The place of a widget's frame, and notices while the widget does not respond.

use crate::{
    apps::App,
    browser::{FrameOptions, FrameStatus, HubSpotHandle, LoadState},
    i18n::{fill, texts},
};
use calling_extensions::message::{IframeLocation, Size};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// After this time without an answer the user is informed, in milliseconds. The host continues to send SYNC for 30 s.
const LATE_AFTER_MS: u32 = 5_000;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
    /// The frame, once it is open.
    pub status: Option<FrameStatus>,
    /// The app in the frame.
    pub app: App,
    pub location: IframeLocation,
    /// The value of `usesCallingWindow` in SYNC.
    #[prop_or_default]
    pub uses_calling_window: Option<bool>,
}

/// The element that contains the frame. Mounting the component opens the frame, unmounting it closes the frame.
#[component]
pub fn FrameSlot(props: &Props) -> Html {
    let container = use_node_ref();
    {
        let (container, hubspot) = (container.clone(), props.hubspot.clone());
        let size = Size::new(props.app.width, props.app.height);
        let inbound = props.app.supports_inbound_calling;
        let options = (props.app.url.clone(), props.location, props.uses_calling_window, inbound);
        use_effect_with(options, move |(url, location, uses_calling_window, supports_inbound_calling)| {
            let opened = container.cast().map(|container| {
                hubspot.open_frame(FrameOptions {
                    container,
                    url: url.clone(),
                    title: texts().shell.widget,
                    size,
                    location: *location,
                    uses_calling_window: *uses_calling_window,
                    supports_inbound_calling: *supports_inbound_calling,
                })
            });
            move || {
                if let Some(frame) = opened {
                    hubspot.close_frame(&frame);
                }
            }
        });
    }
    html! {
        <>
            if let Some(status) = props.status.clone() {
                <FrameNotice hubspot={props.hubspot.clone()} {status} />
            }
            <div class="frame-slot" ref={container}></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FrameNoticeProps {
    hubspot: HubSpotHandle,
    status: FrameStatus,
}

/// The notice for a widget that does not respond.
#[component]
fn FrameNotice(props: &FrameNoticeProps) -> Html {
    let words = &texts().shell;
    let FrameStatus { id, load_state, url, .. } = &props.status;
    let late = use_state_eq(bool::default);
    {
        let late = late.setter();
        use_effect_with((id.clone(), *load_state), move |(_, load_state)| {
            late.set(false);
            let waiting =
                (*load_state == LoadState::Waiting).then(|| Timeout::new(LATE_AFTER_MS, move || late.set(true)));
            move || drop(waiting)
        });
    }
    let reload = {
        let (hubspot, id) = (props.hubspot.clone(), id.clone());
        move |_| hubspot.reload_frame(&id)
    };
    let (tone, text) = match load_state {
        LoadState::Ready => return Html::default(),
        LoadState::Waiting if !*late => return html! { <p class="waiting" role="status">{ words.waiting }</p> },
        LoadState::Waiting => ("warn", words.late),
        LoadState::TimedOut => ("bad", words.timed_out),
        LoadState::Refused(_) => ("bad", words.refused),
        LoadState::Flooded => ("bad", words.flooded),
    };
    html! {
        <div class="frame-state" role="status" data-tone={tone} data-test-id="frame-state">
            <p>{ fill(text, url) }</p>
            if !matches!(load_state, LoadState::Refused(_)) {
                <div class="buttons">
                    <a class="button" href={url.clone()} target="_blank" rel="noreferrer">{ words.open_in_tab }</a>
                    <button type="button" class="button" data-test-id="frame-reload" onclick={reload}>{ words.try_again }</button>
                </div>
            }
        </div>
    }
}
