use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use stylist::yew::styled_component;
use web_sys::HtmlElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::i18n::texts;
use crate::telephony::media::{AudioSettings, LevelMeter, Microphone, loudness, open_microphone};

/// From one look at the level to the next, in milliseconds.
const INTERVAL: u32 = 100;

#[derive(Properties, PartialEq)]
pub struct MicrophoneLevelProps {
    /// Which microphone, and what is done to its sound.
    pub settings: AudioSettings,
    /// Called when the user has let the page use the microphone.
    pub on_permission: Callback<()>,
}

/// How loud the microphone is now. It is open for as long as this is shown.
#[styled_component]
pub fn MicrophoneLevel(props: &MicrophoneLevelProps) -> Html {
    let texts = &texts().audio;
    let element = use_node_ref();
    let is_refused = use_state_eq(|| false);
    // The choice of a speaker does not concern the microphone.
    let settings = AudioSettings { speaker: None, ringer: None, ..props.settings.clone() };
    {
        let (element, is_refused, on_permission) = (element.clone(), is_refused.setter(), props.on_permission.clone());
        use_effect_with(settings, move |settings| {
            let open = OpenMicrophone::default();
            let (settings, opening) = (settings.clone(), open.clone());
            spawn_local(async move {
                let opened = open_microphone(&settings).await;
                is_refused.set(opened.is_err());
                if let Ok(microphone) = opened {
                    opening.show(microphone, element);
                    on_permission.emit(());
                }
            });
            move || open.close()
        });
    }
    // The bar is changed without rendering, ten times a second.
    let class = css!(
        r#"
        height: 8px; border-radius: 4px; background: var(--line); overflow: hidden;

        &::before {
            content: ""; display: block; width: var(--level, 0%); height: 100%; border-radius: inherit;
            background: var(--ok); transition: width .1s linear;
        }
        @media (forced-colors: active) {
            border: 1px solid CanvasText;
            &::before { forced-color-adjust: none; background: Highlight; }
        }
        "#
    );
    html! {
        if *is_refused {
            <p class="hint" role="alert">{ texts.no_level }</p>
        } else {
            <div
                ref={element}
                {class}
                role="meter"
                aria-label={texts.level}
                aria-valuenow="0"
                aria-valuemin="0"
                aria-valuemax="100"
                data-test-id="microphone-level"
            />
        }
    }
}

/// A microphone that is measured, or is still being opened.
#[derive(Clone, Default)]
struct OpenMicrophone(Rc<Cell<Measured>>);

#[derive(Default)]
enum Measured {
    #[default]
    Opening,
    Open {
        _microphone: Microphone,
        /// Shows the level. Absent where the browser does not measure.
        _meter: Option<Interval>,
    },
    Closed,
}

impl OpenMicrophone {
    fn show(&self, microphone: Microphone, element: NodeRef) {
        if let Measured::Closed = self.0.replace(Measured::Opening) {
            return self.close();
        }
        let meter = microphone.track().and_then(|track| LevelMeter::new(&track).ok());
        let meter = meter.map(|meter| {
            Interval::new(INTERVAL, move || {
                if let (Some(level), Some(element)) = (meter.level(), element.cast::<HtmlElement>()) {
                    show_level(&element, level);
                }
            })
        });
        self.0.set(Measured::Open { _microphone: microphone, _meter: meter });
    }

    fn close(&self) {
        self.0.set(Measured::Closed);
    }
}

fn show_level(element: &HtmlElement, level: f32) {
    let percent = (loudness(level) * 100.0).round().to_string();
    // An element takes every attribute of a valid name.
    let _ = element.set_attribute("aria-valuenow", &percent);
    // Not by the attribute `style`, which the page's policy blocks.
    let _ = element.style().set_property("--level", &[&percent, "%"].concat());
}
