//! The progress and result of the run, and the current prompt.

use super::ScenarioRunner;
use crate::{
    i18n::{fill, fill_all, texts},
    scenario::{Outcome, Place, Prompt},
};
use yew::prelude::*;

/// The latest run. Empty before the first one.
pub fn progress(runner: &ScenarioRunner) -> Html {
    let run = runner.run(|run| {
        let name = run.scenario().name.clone();
        (name, run.at(), run.scenario().steps.len(), run.outcome().cloned())
    });
    let Some((name, at, steps, outcome)) = run else { return Html::default() };
    let texts = &texts().scenarios;
    let stop = {
        let runner = runner.clone();
        move |_| runner.stop()
    };
    let (state, tone, words) = match &outcome {
        None => {
            let words = fill_all(texts.result_running, &[&name, &(at + 1).to_string(), &steps.to_string()]);
            ("running", "accent", words)
        }
        Some(Outcome::Passed) => ("passed", "ok", fill(texts.result_passed, &name)),
        Some(Outcome::Failed(_)) => ("failed", "bad", fill(texts.result_failed, &name)),
    };
    let failure = match &outcome {
        Some(Outcome::Failed(failure)) => Some(failure),
        _ => None,
    };
    // Test drivers report it in English.
    let data_reason = failure.map(ToString::to_string);
    html! {
        <section class="card progress" data-tone={tone}>
            <div role="status" data-test-id="scenario-result" data-name={name} data-outcome={state} data-reason={data_reason}>
                <p>{ words }</p>
                if let Some(failure) = failure {
                    <p class="error">{ texts.failure(failure) }</p>
                }
            </div>
            if outcome.is_none() {
                <progress value={at.to_string()} max={steps.to_string()} aria-hidden="true" />
                if let Some(prompt) = runner.prompt() {
                    { self::prompt(runner, &prompt) }
                }
                <button type="button" class="button" data-test-id="scenario-stop" onclick={stop}>{ texts.stop }</button>
            }
        </section>
    }
}

/// The action to perform in the widget. Test drivers read it from the data attributes.
fn prompt(runner: &ScenarioRunner, prompt: &Prompt) -> Html {
    let texts = &texts().scenarios;
    let (done, cannot) = (runner.clone(), runner.clone());
    let words = instruction(prompt);
    let not_done = fill(texts.not_done, &words);
    let place = match prompt.place {
        Place::Page => "page",
        Place::Window => "window",
    };
    html! {
        <div
            class="prompt"
            role="alert"
            data-test-id="scenario-prompt"
            data-step={prompt.step.to_string()}
            data-action={prompt.action.clone()}
            data-value={prompt.value.clone()}
            data-place={place}
        >
            <h3>{ texts.your_turn }</h3>
            <p>
                if prompt.place == Place::Window {
                    { texts.in_window }{ " " }
                }
                { words }
            </p>
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-test-id="scenario-done"
                    onclick={move |_| done.done()}
                >
                    { texts.done }
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="link"
                    data-test-id="scenario-cannot"
                    onclick={move |_| cannot.not_done(not_done.clone())}
                >
                    { texts.cannot_do }
                </button>
            </div>
        </div>
    }
}

fn instruction(prompt: &Prompt) -> String {
    let lang = texts().lang;
    let texts = &texts().scenarios;
    if let Some(words) = &prompt.words {
        return words.in_language(lang).to_owned();
    }
    let template = match prompt.action.as_str() {
        "log-in" => texts.log_in,
        "log-out" => texts.log_out,
        "dial-manually" => texts.dial_manually,
        "call" => texts.call,
        "end-call" => texts.end_call,
        "type-notes" => texts.type_notes,
        "save" => texts.save,
        "finalize" => texts.finalize,
        "answer" => texts.answer,
        "reject" => texts.reject,
        "transfer" => texts.transfer,
        "become-available" => texts.become_available,
        "receive-call" => texts.receive_call,
        other => return fill(texts.other_action, other),
    };
    fill(template, prompt.value.as_deref().unwrap_or_default())
}
