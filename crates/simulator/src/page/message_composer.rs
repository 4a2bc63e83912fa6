//! A form that sends any of HubSpot's messages manually.

use super::Panel;
use crate::{
    hubspot::{Action, sample},
    i18n::{fill, texts},
};
use calling_extensions::{
    codec::Value,
    message::{HostMessage, Message},
};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The initial message type.
const FIRST: &str = "SET_CALL_STATE";

/// The form: message type and payload as JSON.
#[component]
pub fn MessageComposer(panel: &Panel) -> Html {
    let texts = &texts().message_composer;
    let kind = use_state_eq(|| FIRST);
    let draft = use_state_eq(|| written(&sample(&panel.state, FIRST)));
    let problem = use_state_eq(|| None::<String>);
    let frame = panel.hubspot.frames().into_iter().next().map(|status| status.id);
    let disabled = frame.is_none();
    let onchange = {
        let (kind, draft, problem, state) = (kind.setter(), draft.setter(), problem.setter(), panel.state.clone());
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            if let Some(known) = HostMessage::KINDS.iter().find(|known| **known == chosen) {
                kind.set(known);
                draft.set(written(&sample(&state, known)));
                problem.set(None);
            }
        }
    };
    let oninput = {
        let draft = draft.setter();
        move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                draft.set(area.value());
            }
        }
    };
    let onsubmit = {
        let (hubspot, kind, draft, problem) = (panel.hubspot.clone(), *kind, (*draft).clone(), problem.setter());
        move |event: SubmitEvent| {
            event.prevent_default();
            match (read(&draft), frame.clone()) {
                (Ok(data), Some(frame)) => {
                    problem.set(None);
                    hubspot.dispatch(Action::Send { frame, kind: kind.to_owned(), data });
                }
                (Err(why), _) => problem.set(Some(fill(texts.not_json, &why.to_string()))),
                (Ok(_), None) => {}
            }
        }
    };
    let option = |of: &&'static str| html! { <option value={*of} selected={**of == **kind}>{ *of }</option> };
    html! {
        <section aria-labelledby="message-composer-title">
            <h3 id="message-composer-title">{ texts.title }</h3>
            <p class="soft">{ texts.hint }</p>
            <form class="message-composer" {onsubmit}>
                <div class="field">
                    <label for="message-composer-type">{ texts.kind }</label>
                    <select id="message-composer-type" data-test-id="message-type" {onchange}>{ for HostMessage::KINDS.iter().map(option) }</select>
                </div>
                <div class="field">
                    <label for="message-composer-data">{ texts.data }</label>
                    <textarea
                        id="message-composer-data"
                        rows="6"
                        spellcheck="false"
                        aria-invalid={problem.is_some().to_string()}
                        aria-describedby="message-composer-problem"
                        data-test-id="message-data"
                        value={(*draft).clone()}
                        {oninput}
                    />
                </div>
                <p class="error" id="message-composer-problem" role="alert">{ (*problem).clone() }</p>
                <div class="buttons">
                    <button type="submit" class="button" {disabled} data-test-id="message-send">{ texts.send }</button>
                </div>
            </form>
        </section>
    }
}

fn written(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// An empty text is a message without a payload.
fn read(text: &str) -> serde_json::Result<Option<Value>> {
    if text.trim().is_empty() { Ok(None) } else { serde_json::from_str(text).map(Some) }
}
