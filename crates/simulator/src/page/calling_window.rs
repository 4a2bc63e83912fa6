//! The calling window: a page that contains only the widget.

use super::{
    alerts::alerts,
    frame_slot::FrameSlot,
    kit::{Icon, icon},
};
use crate::{
    apps::App,
    browser::{FrameStatus, HubSpotHandle},
    i18n::texts,
};
use calling_extensions::message::IframeLocation;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
    pub app: App,
    /// The frame, once it is open.
    pub status: Option<FrameStatus>,
    /// The value in the page's address. If absent, calls take place here.
    pub uses_calling_window: Option<bool>,
}

/// The widget fills the window.
#[component]
pub fn CallingWindow(props: &Props) -> Html {
    let words = &texts().shell;
    let notice = use_state_eq(|| None);
    html! {
        <div class="calling-window">
            <header class="bar">
                <h1 class="brand"><span class="logo">{ icon(Icon::Logo) }</span>{ words.calling_window }</h1>
                <p class="soft">{ words.window_note }</p>
            </header>
            { alerts(&props.hubspot, &props.hubspot.state(), &notice) }
            <main>
                <FrameSlot
                    hubspot={props.hubspot.clone()}
                    status={props.status.clone()}
                    app={props.app.clone()}
                    location={IframeLocation::Window}
                    uses_calling_window={Some(props.uses_calling_window.unwrap_or(true))}
                />
            </main>
        </div>
    }
}
