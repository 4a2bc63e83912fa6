//! Where a widget's frame goes, and what is said of it while it does not answer.

use crate::{
    apps::App,
    rim::{FramePhase, FrameStatus, Handle, Opening},
    texts::{fill, texts},
};
use calling_extensions::message::{IframeLocation, Size};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// After how many milliseconds the user is told that the widget is late. The host goes on asking for 30 s.
const LATE: u32 = 5_000;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Handle,
    /// The frame, once it is there.
    pub status: Option<FrameStatus>,
    /// What is in it: its address, and how big the frame begins.
    pub app: App,
    pub location: IframeLocation,
    /// What SYNC says of the calling window.
    #[prop_or_default]
    pub uses_calling_window: Option<bool>,
}

/// The element that the frame is in: it is opened when this is drawn for the first time, and closed when this goes.
#[component]
pub fn Hole(props: &Props) -> Html {
    let container = use_node_ref();
    {
        let (container, desk) = (container.clone(), props.desk.clone());
        let size = Size::new(props.app.width, props.app.height);
        let opening = (props.app.url.clone(), props.location, props.uses_calling_window);
        use_effect_with(opening, move |(url, location, uses_calling_window)| {
            let opened = container.cast().map(|container| {
                desk.open_frame(Opening {
                    container,
                    url: url.clone(),
                    title: texts().shell.widget,
                    size,
                    location: *location,
                    uses_calling_window: *uses_calling_window,
                })
            });
            move || {
                if let Some(frame) = opened {
                    desk.close_frame(&frame);
                }
            }
        });
    }
    html! {
        <>
            if let Some(status) = props.status.clone() {
                <Word desk={props.desk.clone()} {status} />
            }
            <div class="hole" ref={container}></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WordProps {
    desk: Handle,
    status: FrameStatus,
}

/// What there is to say of a widget that does not answer.
#[component]
fn Word(props: &WordProps) -> Html {
    let words = &texts().shell;
    let FrameStatus { id, phase, url, .. } = &props.status;
    let late = use_state_eq(bool::default);
    {
        let late = late.setter();
        use_effect_with((id.clone(), *phase), move |(_, phase)| {
            late.set(false);
            let waiting = (*phase == FramePhase::Waiting).then(|| Timeout::new(LATE, move || late.set(true)));
            move || drop(waiting)
        });
    }
    let reload = {
        let (desk, id) = (props.desk.clone(), id.clone());
        move |_| desk.reload_frame(&id)
    };
    let (tone, text) = match phase {
        FramePhase::Ready => return Html::default(),
        FramePhase::Waiting if !*late => return html! { <p class="waiting" role="status">{ words.waiting }</p> },
        FramePhase::Waiting => ("warn", words.late),
        FramePhase::Silent => ("bad", words.silent),
        FramePhase::Refused(_) => ("bad", words.refused),
        FramePhase::Flooded => ("bad", words.flooded),
    };
    html! {
        <div class="frame-state" role="status" data-tone={tone} data-test-id="frame-state">
            <p>{ fill(text, url) }</p>
            if !matches!(phase, FramePhase::Refused(_)) {
                <div class="buttons">
                    <a class="button" href={url.clone()} target="_blank" rel="noreferrer">{ words.open_in_tab }</a>
                    <button type="button" class="button" data-test-id="frame-reload" onclick={reload}>{ words.try_again }</button>
                </div>
            }
        </div>
    }
}
