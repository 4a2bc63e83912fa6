//! A widget that is not ours in the simulator: a page on HubSpot's npm package. As it is it passes the scenarios; with a fault
//! planted in it, the protocol check finds the fault and nothing else.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{DEFAULT_TIMEOUT, TestHarness, Value, run, until};
use simulator_e2e::{Opening, Outcome, Selectors, Simulator};
use std::collections::BTreeSet;
use std::time::Duration;

const SELECTORS: &str = include_str!("../pages/npm-widget.toml");
const LIMIT: Duration = Duration::from_secs(60);

#[track_caller]
fn check_scenario(name: &str) {
    run(async |harness| {
        let simulator = open(harness, "", Some(name), &[]).await;
        let selectors = Selectors::read(SELECTORS).unwrap();
        assert_eq!(simulator.finish(&selectors, LIMIT).await, Outcome::Passed);
    });
}

#[test]
fn it_saves_a_call() {
    check_scenario("saved");
}

#[test]
fn it_hears_that_the_line_is_busy() {
    check_scenario("busy");
}

#[test]
fn it_hangs_up_when_hubspot_ends_the_call() {
    check_scenario("end-call");
}

#[test]
fn it_takes_a_call() {
    check_scenario("inbound-answered");
}

#[test]
fn it_goes_on_without_an_engagement() {
    check_scenario("creation-failed");
}

/// The same steps for all: what they expect beside the findings is what every widget says.
const CALL: &str = r#"
[[step]]
dial = "+1 617 555 0111"
of = "0-1/51"

[[step]]
in-widget = "call"

[[step]]
hubspot-sends = "DIAL_NUMBER"

[[step]]
in-widget = "end-call"

[[step]]
in-widget = "save"
"#;

/// Plants a fault and makes a call: what the check has found then.
#[track_caller]
fn check_fault(fault: &str, expected: &[&str]) {
    run(async |harness| {
        let text = format!("description.en = \"A call\"\n{CALL}");
        let own = [("a-call".to_owned(), text)];
        let simulator = open(harness, fault, Some("a-call"), &own).await;
        let selectors = Selectors::read(SELECTORS).unwrap();
        // The steps do not wait for the widget's messages, so the run fails at its end; what counts is the check.
        let outcome = simulator.finish(&selectors, LIMIT).await;
        assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
        simulator.page().click("tab-messages").await;
        let expected: BTreeSet<String> = expected.iter().map(|rule| (*rule).to_owned()).collect();
        until(&format!("the findings {expected:?}"), DEFAULT_TIMEOUT, async || {
            let found = findings(&simulator).await?;
            if found == expected { Ok(()) } else { Err(format!("found: {found:?}")) }
        })
        .await;
    });
}

async fn findings(simulator: &Simulator<'_>) -> Result<BTreeSet<String>, String> {
    let script = "return [...document.querySelectorAll('[data-rule]')].map(finding => finding.dataset.rule);";
    let rules = simulator.page().try_run(script, vec![]).await?;
    Ok(rules.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

async fn open<'a>(
    harness: &'a TestHarness,
    fault: &str,
    scenario: Option<&str>,
    own_scenarios: &[(String, String)],
) -> Simulator<'a> {
    let widget = format!("{}/pages/npm-widget.html?fault={fault}", harness.guest_origin());
    Simulator::open(harness, &Opening { widget: Some(&widget), scenario, own_scenarios }).await
}

/// The good one is clean, told by the scenarios above; here one test for each fault, so that they run beside each other.
macro_rules! faults {
    ($($test:ident = $fault:literal finds [$($rule:literal),+];)*) => {
        $(#[test] fn $test() { check_fault($fault, &[$($rule),+]); })*
    };
}

faults! {
    a_call_completed_twice = "completed-twice" finds ["completed-twice"];
    a_call_ended_twice = "ended-twice" finds ["ended-twice"];
    a_call_that_is_never_completed = "never-completed" finds ["never-completed"];
    a_missing_timestamp = "timestamp-missing" finds ["timestamp-missing"];
    a_mistyped_field = "mistyped-field" finds ["mistyped-field"];
    an_internal_status = "internal-status" finds ["internal-status"];
    an_unknown_type = "unknown-type" finds ["unknown-type"];
    a_message_id_twice = "message-id-twice" finds ["message-id-twice"];
    a_deprecated_message = "deprecated-type" finds ["deprecated-type"];
    a_size_of_nothing = "size-not-positive" finds ["size-not-positive"];
    a_property_that_is_no_text = "property-not-text" finds ["property-not-text"];
    a_retired_recording = "recording-url-retired" finds ["recording-url-retired"];
    the_end_of_a_call_that_never_started = "not-started" finds ["not-started"];
}

#[test]
fn without_a_fault_the_check_finds_nothing() {
    run(async |harness| {
        let simulator = open(harness, "", Some("saved"), &[]).await;
        let selectors = Selectors::read(SELECTORS).unwrap();
        assert_eq!(simulator.finish(&selectors, LIMIT).await, Outcome::Passed);
        simulator.page().click("tab-messages").await;
        simulator.page().see("message-row").await;
        assert_eq!(findings(&simulator).await, Ok(BTreeSet::new()));
    });
}
