//! The widget in the navigation bar.

use super::{frame_slot::FrameSlot, kit::icon_button};
use crate::{
    apps::App,
    browser::{FrameStatus, HubSpotHandle},
    i18n::texts,
};
use calling_extensions::message::IframeLocation;
use web_kit::glyph;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
    pub app: App,
    /// The frame, once it is open.
    pub status: Option<FrameStatus>,
    /// Whether calls take place in a separate window.
    pub uses_calling_window: bool,
    pub hidden: bool,
    pub on_hide: Callback<()>,
    pub on_open_window: Callback<()>,
}

/// The widget below the navigation bar. While hidden it stays loaded to receive calls.
#[component]
pub fn Remote(props: &Props) -> Html {
    let words = &texts().shell;
    let width = props.status.as_ref().map_or(props.app.width, |status| status.size.width);
    html! {
        <section class="widget remote" aria-labelledby="widget-title" hidden={props.hidden} ~style={format!("width: {}px", width + 2.0)}>
            <header>
                <h2 id="widget-title" tabindex="-1">{ &props.app.name }</h2>
                if props.uses_calling_window {
                    { icon_button(glyph::WINDOW, words.open_window, "open-calling-window", props.on_open_window.reform(|_| ())) }
                }
                { icon_button(glyph::MINIMIZE, words.hide, "widget-hide", props.on_hide.reform(|_| ())) }
            </header>
            <div class="inside">
                <FrameSlot
                    hubspot={props.hubspot.clone()}
                    status={props.status.clone()}
                    app={props.app.clone()}
                    location={IframeLocation::Remote}
                    uses_calling_window={Some(props.uses_calling_window)}
                />
            </div>
        </section>
    }
}
