use super::findings::words;
use crate::{
    check::Finding,
    i18n::{fill, texts},
    page::files,
    transcript::{Direction, Entry, pretty},
};
use calling_extensions::codec::Value;
use gloo::utils::document;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use yew::prelude::*;

/// A message. Messages never change, so they are compared by address.
#[derive(Clone)]
pub struct SharedEntry(pub Rc<Entry>);

impl PartialEq for SharedEntry {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub number: u64,
    pub entry: SharedEntry,
    /// The frame's name, if there are several frames.
    pub frame: Option<AttrValue>,
    /// The time since the request that this answers, in milliseconds.
    pub took: Option<f64>,
    pub findings: Vec<Finding>,
    pub is_open: bool,
    pub on_open: Callback<u64>,
}

/// A message: one line, and the payload if it is open.
#[component]
pub fn Row(props: &Props) -> Html {
    let text = &texts().inspector;
    let SharedEntry(entry) = &props.entry;
    let number = props.number;
    let (direction, arrow, way) = match entry.direction {
        Direction::ToWidget => ("to-widget", "→", text.to_widget),
        Direction::FromWidget => ("from-widget", "←", text.from_widget),
    };
    let kind = if entry.kind().is_empty() { text.no_type } else { entry.kind() };
    let onclick = props.on_open.reform(move |_| number);
    html! {
        <li
            data-test-id="message-row"
            data-type={entry.kind().to_owned()}
            data-direction={direction}
            data-number={number.to_string()}
            data-ignored={entry.ignored.is_some().to_string()}
        >
            <button type="button" class="line" id={id(number)} aria-expanded={props.is_open.to_string()} {onclick}>
                <span class="time">{ clock(entry.at) }</span>
                <span class="direction" aria-hidden="true">{ arrow }</span>
                <span class="visually-hidden">{ way }</span>
                <span class="type">{ kind }</span>
                if let Some(frame) = &props.frame {
                    <span class="badge">{ frame }</span>
                }
                if let Some(took) = props.took {
                    <span class="latency" title={fill(text.latency, &format!("{took:.0}"))}>{ format!("{took:.0} ms") }</span>
                }
            </button>
            if let Some(why) = &entry.ignored {
                <p class="ignored">{ fill(text.ignored, text.why_ignored(why)) }</p>
            }
            if !props.findings.is_empty() {
                <ul class="row-findings">
                    { for props.findings.iter().map(|finding| html! { <li data-test-id="row-finding" data-rule={finding.rule.id()}>{ words(finding) }</li> }) }
                </ul>
            }
            if props.is_open {
                <Payload entry={props.entry.clone()} />
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct PayloadProps {
    entry: SharedEntry,
}

/// The whole message and a button to copy it.
#[component]
fn Payload(props: &PayloadProps) -> Html {
    let text = &texts().inspector;
    let copied = use_state_eq(|| None::<bool>);
    let message = &props.entry.0.message;
    if *message == Value::Null {
        return html! { <p class="ignored">{ text.not_read }</p> };
    }
    let written = pretty(message);
    let copy = {
        let (written, copied) = (written.clone(), copied.setter());
        move |_| {
            let copied = copied.clone();
            files::copy(&written, move |done| copied.set(Some(done)));
        }
    };
    let result = copied.map(|done| if done { text.copied } else { text.not_copied });
    html! {
        <div class="payload">
            <pre tabindex="0" data-test-id="payload" aria-label={props.entry.0.kind().to_owned()} role="group">{ written }</pre>
            <div class="buttons">
                <button type="button" class="button" data-kind="link" data-test-id="copy-message" onclick={copy}>{ text.copy }</button>
                <span role="status">{ result }</span>
            </div>
        </div>
    }
}

/// Scrolls to a message and focuses it.
pub fn focus(number: u64) {
    let line = document().get_element_by_id(&id(number)).and_then(|line| line.dyn_into::<HtmlElement>().ok());
    if let Some(line) = line {
        line.scroll_into_view();
        let _ = line.focus();
    }
}

fn id(number: u64) -> String {
    format!("message-{number}")
}

/// The local time with milliseconds.
fn clock(at: f64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at));
    let (hours, minutes, seconds) = (date.get_hours(), date.get_minutes(), date.get_seconds());
    format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}", date.get_milliseconds())
}
