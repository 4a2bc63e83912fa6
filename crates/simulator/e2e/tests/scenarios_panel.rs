//! The scenarios as a person has them: run, stopped, opened from a file, recorded.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{DEFAULT_TIMEOUT, Frame, TestHarness, json, run, until, violations};
use simulator_e2e::{OUR_WIDGET, Opening, Outcome, Selectors, Simulator};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn a_person_is_asked_for_one_thing_after_the_other() {
    run(async |harness| {
        let simulator = open(harness, "hung-up-while-dialing").await;
        let (page, widget) = (simulator.page(), simulator.widget());
        page.see_text("scenario-prompt", "Log in.").await;
        widget.click("log-in").await;
        page.see_text("scenario-prompt", "Call the number.").await;
        page.see_attribute("scenario-prompt", "data-action", Some("call")).await;
        widget.click("outgoing-call").await;
        page.see_text("scenario-prompt", "End the call.").await;
        widget.click("end-call").await;
        page.see_text("scenario-prompt", "Save the call.").await;
        widget.click("complete-call").await;
        page.see_text("scenario-result", "passed").await;
        page.see_attribute(&row("hung-up-while-dialing"), "data-state", Some("passed")).await;
        page.see_attribute(&row("saved"), "data-state", Some("not-run")).await;
    });
}

#[test]
fn what_cannot_be_done_fails_and_what_is_stopped_has_no_result() {
    run(async |harness| {
        let simulator = open(harness, "saved").await;
        let page = simulator.page();
        page.see("scenario-prompt").await;
        page.click("scenario-cannot").await;
        page.see_text("scenario-result", "failed").await;
        page.see_text("scenario-result", "could not be done in the widget: Log in.").await;
        page.see_attribute(&row("saved"), "data-state", Some("failed")).await;

        page.click(&run_button("busy")).await;
        page.see_attribute(&row("busy"), "data-state", Some("running")).await;
        page.click("scenario-stop").await;
        page.see_attribute(&row("busy"), "data-state", Some("not-run")).await;
        gone(&page, "scenario-result").await;
    });
}

/// A file with a mistake in it says where; mended it runs, and survives a reload of the page.
#[test]
fn a_file_of_ones_own() {
    run(async |harness| {
        let simulator = open(harness, "").await;
        let page = simulator.page();
        page.click("tab-scenarios").await;
        choose(&page, "description.en = \"Mine\"\n\n[[step]]\nwidget-sends = \"CALL_BEGAN\"\n").await;
        page.see_text(&row("mine"), "scenario mine, line 3: CALL_BEGAN is not a message of a widget").await;
        page.see_attribute(&row("mine"), "data-state", Some("broken")).await;

        choose(&page, "description.en = \"Mine\"\nsetup.logged-in = false\n\n[[step]]\nwidget-sends = \"LOGGED_IN\"\n")
            .await;
        page.see_attribute(&row("mine"), "data-state", Some("not-run")).await;
        harness.driver().refresh().await.expect("the page loads again");
        page.click("tab-scenarios").await;
        page.click(&run_button("mine")).await;
        simulator.widget().click("log-in").await;
        page.see_text("scenario-result", "passed").await;
        page.click("scenario-remove").await;
        gone(&page, &row("mine")).await;
    });
}

#[test]
fn what_was_said_is_recorded_and_expected_again() {
    run(async |harness| {
        let selectors = Selectors::read(OUR_WIDGET).unwrap();
        let simulator = open(harness, "hung-up-while-dialing").await;
        let page = simulator.page();
        assert_eq!(simulator.finish(&selectors, LIMIT).await, Outcome::Passed);
        page.click("scenario-record").await;
        page.see(&row("recording")).await;
        page.click(&run_button("recording")).await;
        page.see_attribute(&row("recording"), "data-state", Some("running")).await;
        assert_eq!(simulator.finish(&selectors, LIMIT).await, Outcome::Passed);
        page.see_attribute(&row("recording"), "data-state", Some("passed")).await;
    });
}

#[test]
fn axe_finds_nothing_while_a_scenario_runs_and_when_it_has_failed() {
    for (theme, language) in [("light", "en-US"), ("dark", "fr-FR")] {
        run(async |harness| {
            harness.prefer("prefers-color-scheme", theme).await;
            harness.prefer_language(language).await;
            let simulator = open(harness, "saved").await;
            let page = simulator.page();
            page.see("scenario-prompt").await;
            page.settle().await;
            assert_eq!(violations(&page).await, Vec::<String>::new(), "{theme}, running");
            page.click("scenario-cannot").await;
            page.see_attribute("scenario-result", "data-outcome", Some("failed")).await;
            page.settle().await;
            assert_eq!(violations(&page).await, Vec::<String>::new(), "{theme}, failed");
        });
    }
}

async fn open<'a>(harness: &'a TestHarness, scenario: &str) -> Simulator<'a> {
    let scenario = Some(scenario).filter(|name| !name.is_empty());
    Simulator::open(harness, &Opening { scenario, ..Opening::default() }).await
}

fn row(name: &str) -> String {
    format!("[data-test-id=scenario-row][data-name={name}]")
}

fn run_button(name: &str) -> String {
    format!("{} [data-test-id=scenario-run]", row(name))
}

async fn gone(page: &Frame<'_>, name: &str) {
    until(&format!("{name} to go"), DEFAULT_TIMEOUT, async || {
        if page.has(name).await { Err("it is there".to_owned()) } else { Ok(()) }
    })
    .await;
}

/// Chooses a file of the name `mine.toml` with this text in it.
async fn choose(page: &Frame<'_>, text: &str) {
    page.see(&row("saved")).await;
    let script = "const chosen = new DataTransfer();
                  chosen.items.add(new File([arguments[0]], 'mine.toml'));
                  const input = document.querySelector('[data-test-id=scenario-open]');
                  input.files = chosen.files;
                  input.dispatchEvent(new Event('change', {bubbles: true}));";
    page.run(script, vec![json!(text)]).await;
}
