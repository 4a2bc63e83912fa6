//! The widget in a movable frame on top of the page.

use super::{frame_slot::FrameSlot, kit::icon_button};
use crate::{
    apps::App,
    browser::{FrameStatus, HubSpotHandle},
    i18n::texts,
};
use calling_extensions::message::IframeLocation;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_kit::{Icon, glyph};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The distance that an arrow key moves it, in pixels.
const STEP: i32 = 24;
/// The part of it that always stays on the page, in pixels.
const GRIP: i32 = 80;
/// The height of its title bar, in pixels.
const BAR: f64 = 42.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hubspot: HubSpotHandle,
    pub app: App,
    /// The frame, once it is open.
    pub status: Option<FrameStatus>,
    pub minimized: bool,
    pub hidden: bool,
    pub on_minimize: Callback<bool>,
    pub on_close: Callback<()>,
}

/// The frame can be moved with the pointer and the arrow keys, minimized and closed.
#[component]
pub fn Widget(props: &Props) -> Html {
    let words = &texts().shell;
    let root = use_node_ref();
    let header = use_node_ref();
    let position = use_state_eq(|| initial_position(&props.app));
    // The position of the pointer in the frame, while dragging.
    let held = use_state_eq(|| None::<(i32, i32)>);
    let (left, top) = *position;
    let width = props.status.as_ref().map_or(props.app.width, |status| status.size.width);
    let move_to = {
        let position = position.setter();
        move |left: i32, top: i32| position.set(within_page(left, top))
    };
    let onpointerdown = {
        let (held, header) = (held.setter(), header.clone());
        move |event: PointerEvent| {
            let target: Option<Element> = event.target_dyn_into();
            let on_button = target.and_then(|target| target.closest("button.act").ok().flatten()).is_some();
            if let (false, Some(header)) = (on_button, header.cast::<Element>()) {
                // Without the capture the iframe receives the pointer's events, and dragging stops there.
                let _ = header.set_pointer_capture(event.pointer_id());
                held.set(Some((event.client_x() - left, event.client_y() - top)));
            }
        }
    };
    let onpointermove = {
        let (held, move_to) = (*held, move_to.clone());
        move |event: PointerEvent| {
            if let Some((x, y)) = held {
                move_to(event.client_x() - x, event.client_y() - y);
            }
        }
    };
    let onpointerup = {
        let held = held.setter();
        move |_: PointerEvent| held.set(None)
    };
    {
        // The widget asks for its width; whatever it asks for, the buttons in the title bar stay on the page.
        let move_to = move_to.clone();
        use_effect_with(width, move |width| {
            let rightmost = (page_size().0 - width - 2.0).max(0.0) as i32;
            if left > rightmost {
                move_to(rightmost, top);
            }
        });
    }
    let onkeydown = move |event: KeyboardEvent| {
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-STEP, 0),
            "ArrowRight" => (STEP, 0),
            "ArrowUp" => (0, -STEP),
            "ArrowDown" => (0, STEP),
            _ => return,
        };
        event.prevent_default();
        move_to(left + x, top + y);
    };
    let minimized = props.minimized;
    let minimize = props.on_minimize.reform(move |_| !minimized);
    let (picture, label) = if minimized { (glyph::RESTORE, words.restore) } else { (glyph::MINIMIZE, words.minimize) };
    let close = props.on_close.reform(|_| ());
    {
        let (root, hidden) = (root.clone(), props.hidden);
        use_effect_with(hidden, move |hidden| {
            let header = root.cast::<Element>().and_then(|root| root.query_selector("h2").ok().flatten());
            if let (false, Some(header)) = (hidden, header.and_then(|header| header.dyn_into::<HtmlElement>().ok())) {
                // Opening moves the focus to the widget.
                let _ = header.focus();
            }
        });
    }
    html! {
        <section
            ref={root}
            class="widget"
            aria-labelledby="widget-title"
            ~style={format!("left: {left}px; top: {top}px; width: {}px", width + 2.0)}
            data-moving={held.map(|_| "")}
            data-minimized={minimized.then_some("")}
            hidden={props.hidden}
        >
            <header ref={header} {onpointerdown} {onpointermove} onpointercancel={onpointerup.clone()} {onpointerup}>
                <button type="button" class="button" data-kind="icon" aria-label={words.move_widget} {onkeydown}>
                    <Icon glyph={glyph::GRIP} />
                </button>
                <h2 id="widget-title" tabindex="-1">{ &props.app.name }</h2>
                { icon_button(picture, label, "widget-minimize", minimize) }
                { icon_button(glyph::CLOSE, words.close, "widget-close", close) }
            </header>
            <div class="inside" hidden={minimized}>
                <FrameSlot
                    hubspot={props.hubspot.clone()}
                    status={props.status.clone()}
                    app={props.app.clone()}
                    location={IframeLocation::Widget}
                />
            </div>
        </section>
    }
}

/// The initial position: at the bottom right of the records.
fn initial_position(app: &App) -> (i32, i32) {
    let (width, height) = page_size();
    let panels = if width < 1024.0 { 0.0 } else { (width * 0.36).clamp(380.0, 600.0) };
    within_page((width - panels - app.width - 20.0) as i32, (height - app.height - BAR - 12.0) as i32)
}

fn within_page(left: i32, top: i32) -> (i32, i32) {
    let (width, height) = page_size();
    (left.clamp(0, (width as i32 - GRIP).max(0)), top.clamp(0, (height as i32 - GRIP).max(0)))
}

fn page_size() -> (f64, f64) {
    let side = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64()).unwrap_or_default();
    (side(window().inner_width()), side(window().inner_height()))
}
