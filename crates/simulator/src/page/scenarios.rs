//! The scenarios: listed, run, with their results; what a person is to do; recordings.

mod director;
mod own;
mod progress;
mod reason;

pub use director::{Director, Doing};

use self::{own::files, progress::progress};
use super::Panel;
use crate::{
    scenario::{self, Outcome, Scenario},
    texts::{fill, texts},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub panel: Panel,
    pub director: Director,
}

/// The scenarios that there are.
#[component]
pub fn Scenarios(props: &Props) -> Html {
    let texts = &texts().scenarios;
    let director = &props.director;
    let update = use_force_update();
    {
        let director = director.clone();
        use_effect_with((), move |()| {
            director.connect(move || update.force_update());
            // Nobody is there to be drawn any more.
            move || director.connect(|| {})
        });
    }
    let shipped = use_memo((), |()| scenario::shipped().flatten().collect::<Vec<_>>());
    html! {
        <div class="scenarios">
            { progress(director) }
            <p class="soft">{ if director.is_here() { texts.intro } else { texts.main_page_only } }</p>
            <h2>{ texts.shipped }</h2>
            <ul>{ for shipped.iter().map(|scenario| row(director, scenario, None)) }</ul>
            { files(&props.panel, director) }
        </div>
    }
}

/// A scenario with the means to run it, its last result, and what else can be done with it.
fn row(director: &Director, scenario: &Scenario, more: Option<Html>) -> Html {
    let texts = &texts().scenarios;
    let runs = director.is_running() && director.run(|run| run.scenario().name == scenario.name).unwrap_or_default();
    let (state, tone, text) = match director.result(&scenario.name) {
        _ if runs => ("running", Some("accent"), texts.running),
        Some(Outcome::Passed) => ("passed", Some("ok"), texts.passed),
        Some(Outcome::Failed(_)) => ("failed", Some("bad"), texts.failed),
        None => ("not-run", None, texts.not_run),
    };
    let onclick = {
        let (director, scenario) = (director.clone(), scenario.clone());
        move |_| director.start(scenario.clone())
    };
    html! {
        <li data-test-id="scenario-row" data-name={scenario.name.clone()} data-state={state}>
            <div class="what">
                <h3>{ &scenario.name }</h3>
                <p>{ scenario.description.in_language(crate::texts::texts().lang) }</p>
            </div>
            <span class="badge" data-tone={tone}>{ text }</span>
            { more.unwrap_or_default() }
            <button
                type="button"
                class="button"
                data-test-id="scenario-run"
                aria-label={fill(texts.run_named, &scenario.name)}
                disabled={director.is_running() || !director.is_here()}
                {onclick}
            >
                { texts.run }
            </button>
        </li>
    }
}
