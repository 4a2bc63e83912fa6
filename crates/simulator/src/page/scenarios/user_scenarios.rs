//! The user's scenarios: opened files and recordings.

use super::{ScenarioRunner, row, runner::UserScenario};
use crate::{
    i18n::{fill, texts},
    page::Panel,
    scenario::{self, LocalizedText},
    transcript::Entry,
};
use gloo::utils::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::prelude::*;

/// The name of a recording.
const RECORDING: &str = "recording";

/// The list of the user's scenarios, and buttons to add more.
pub fn files(panel: &Panel, runner: &ScenarioRunner) -> Html {
    let texts = &texts().scenarios;
    let rows = runner.user_scenarios().into_iter().map(|(own, read)| {
        let remove = remove(runner, &own.name);
        match read {
            Ok(scenario) => row(runner, &scenario, Some(remove)),
            Err(why) => html! {
                <li data-test-id="scenario-row" data-name={own.name.clone()} data-state="broken">
                    <div class="what">
                        <h3>{ &own.name }</h3>
                        <p class="error" role="alert">{ why.to_string() }</p>
                    </div>
                    { remove }
                </li>
            },
        }
    });
    let rows: Vec<Html> = rows.collect();
    let open = {
        let runner = runner.clone();
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                read(&file, &runner);
            }
            // Allows selecting the same file again after it was corrected.
            input.set_value("");
        }
    };
    let transcript = panel.messages.transcript.clone();
    let is_empty = transcript.is_empty();
    let save = {
        let runner = runner.clone();
        move |_| {
            let entries: Vec<Entry> = transcript.iter().map(|(_, entry)| Entry::clone(entry)).collect();
            let words = LocalizedText { en: texts.recorded.to_owned(), fr: None };
            let text = scenario::write(&scenario::from_recording(RECORDING, words, &entries));
            download(&format!("{RECORDING}.toml"), &text);
            runner.add_user_scenario(UserScenario { name: RECORDING.to_owned(), text });
        }
    };
    html! {
        <>
            if !rows.is_empty() {
                <h2>{ texts.user_scenarios }</h2>
                <ul>{ for rows }</ul>
            }
            <div class="buttons">
                <label class="button file">
                    { texts.open_file }
                    <input type="file" accept=".toml" class="visually-hidden" data-test-id="scenario-open" onchange={open} />
                </label>
                <button type="button" class="button" data-test-id="scenario-record" disabled={is_empty} onclick={save}>
                    { texts.save_recording }
                </button>
            </div>
        </>
    }
}

fn remove(runner: &ScenarioRunner, name: &str) -> Html {
    let (runner, name) = (runner.clone(), name.to_owned());
    let label = fill(texts().scenarios.remove, &name);
    let onclick = move |_| runner.remove_user_scenario(&name);
    html! {
        <button type="button" class="button" data-kind="link" data-test-id="scenario-remove" {onclick}>{ label }</button>
    }
}

fn read(file: &File, runner: &ScenarioRunner) {
    let (name, runner) = (file.name(), runner.clone());
    let name = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
    let arrived = Closure::once(move |text: JsValue| {
        runner.add_user_scenario(UserScenario { name, text: text.as_string().unwrap_or_default() });
    });
    let _ = file.text().then(&arrived);
    arrived.forget();
}

/// Downloads a text as a file. If that is not allowed, the scenario is still in the list.
fn download(name: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type("application/toml");
    let parts = js_sys::Array::of1(&JsValue::from(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a")
        && let Ok(link) = link.dyn_into::<HtmlAnchorElement>()
    {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has started the download by then.
    let revoke = Closure::once_into_js(move || Url::revoke_object_url(&url));
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 10_000);
}
