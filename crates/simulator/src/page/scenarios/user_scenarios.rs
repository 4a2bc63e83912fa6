//! The user's scenarios: opened files and recordings.

use super::{ScenarioRunner, row, runner::UserScenario};
use crate::{
    i18n::{fill, texts},
    page::{Panel, files},
    scenario::{self, LocalizedText},
    transcript::Entry,
};
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
            let runner = runner.clone();
            files::read(&event, move |name, text| {
                let name = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
                runner.add_user_scenario(UserScenario { name, text: text.unwrap_or_default() });
            });
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
            // If downloads are not allowed, the scenario is still in the list.
            files::download(&format!("{RECORDING}.toml"), "application/toml", &text);
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
