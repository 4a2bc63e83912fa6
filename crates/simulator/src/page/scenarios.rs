//! The panel with the scenarios and their results.

mod progress;
mod runner;
mod user_scenarios;

pub use runner::{PageControls, ScenarioRunner};

use self::{progress::progress, user_scenarios::files};
use super::Panel;
use crate::{
    i18n::{fill, texts},
    scenario::{self, Outcome, Scenario},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub panel: Panel,
    pub runner: ScenarioRunner,
}

/// The list of scenarios.
#[component]
pub fn Scenarios(props: &Props) -> Html {
    let texts = &texts().scenarios;
    let runner = &props.runner;
    let update = use_force_update();
    {
        let runner = runner.clone();
        use_effect_with((), move |()| {
            runner.connect(move || update.force_update());
            // The component is unmounted and cannot be updated.
            move || runner.connect(|| {})
        });
    }
    let shipped = use_memo((), |()| scenario::shipped().flatten().collect::<Vec<_>>());
    html! {
        <div class="scenarios">
            { progress(runner) }
            <p class="soft">{ if runner.can_run() { texts.intro } else { texts.main_page_only } }</p>
            <h2>{ texts.shipped }</h2>
            <ul>{ for shipped.iter().map(|scenario| row(runner, scenario, None)) }</ul>
            { files(&props.panel, runner) }
        </div>
    }
}

/// A scenario with its last result and a button to run it; `more` contains further actions.
fn row(runner: &ScenarioRunner, scenario: &Scenario, more: Option<Html>) -> Html {
    let texts = &texts().scenarios;
    let runs = runner.is_running() && runner.run(|run| run.scenario().name == scenario.name).unwrap_or_default();
    let (state, tone, text) = match runner.result(&scenario.name) {
        _ if runs => ("running", Some("accent"), texts.running),
        Some(Outcome::Passed) => ("passed", Some("ok"), texts.passed),
        Some(Outcome::Failed(_)) => ("failed", Some("bad"), texts.failed),
        None => ("not-run", None, texts.not_run),
    };
    let onclick = {
        let (runner, scenario) = (runner.clone(), scenario.clone());
        move |_| runner.start(scenario.clone())
    };
    html! {
        <li data-test-id="scenario-row" data-name={scenario.name.clone()} data-state={state}>
            <div class="what">
                <h3>{ &scenario.name }</h3>
                <p>{ scenario.description.in_language(crate::i18n::texts().lang) }</p>
            </div>
            <span class="badge" data-tone={tone}>{ text }</span>
            { more.unwrap_or_default() }
            <button
                type="button"
                class="button"
                data-test-id="scenario-run"
                aria-label={fill(texts.run_named, &scenario.name)}
                disabled={runner.is_running() || !runner.can_run()}
                {onclick}
            >
                { texts.run }
            </button>
        </li>
    }
}
